/** Tells whether a value that came over `postMessage` has the type it claims. */
export type Guard<T> = (value: unknown) => value is T;

/** A guard for every field of `T`; fields that may be absent take `optional`. */
export type Shape<T> = { readonly [K in keyof T]-?: Guard<T[K]> };

/** Guards for the fields of each member of a union of messages, by its `type`. */
export type MessageShapes<M extends { readonly type: string }> = {
  readonly [T in M['type']]: Shape<Omit<Extract<M, { readonly type: T }>, 'type'>>;
};

export const isString: Guard<string> = (value): value is string => typeof value === 'string';
export const isBoolean: Guard<boolean> = (value): value is boolean => typeof value === 'boolean';
export const isNumber: Guard<number> = (value): value is number => Number.isFinite(value);

/** A finite number of at least zero: weights, counts, seconds. */
export const isAmount: Guard<number> = (value): value is number => isNumber(value) && value >= 0;

export const isBytes: Guard<Uint8Array> = (value): value is Uint8Array => value instanceof Uint8Array;

/** A column of numbers; JSON turns NaN into null, which is let through. */
export const isNumbers: Guard<readonly number[]> = (value): value is readonly number[] =>
  Array.isArray(value) && value.every(item => typeof item === 'number' || item === null);

export function oneOf<const T extends string>(...values: readonly T[]): Guard<T> {
  return (value): value is T => (values as readonly unknown[]).includes(value);
}

export function optional<T>(guard: Guard<T>): Guard<T | undefined> {
  return (value): value is T | undefined => value === undefined || guard(value);
}

export function listOf<T>(guard: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(guard);
}

export function recordOf<T>(guard: Guard<T>): Guard<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> =>
    isObject(value) && Object.values(value).every(guard);
}

/** A BCP 47 tag that numbers can be written by. */
export const isLocale: Guard<string> = (value): value is string => {
  try {
    return isString(value) && Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
};

/** Texts under all the names that these have. */
export function textsLike<T extends object>(english: T): Guard<Readonly<Record<keyof T, string>>> {
  return (value): value is Readonly<Record<keyof T, string>> =>
    isObject(value) && Object.keys(english).every(name => isString(value[name]));
}

/** Width and height in pixels. */
export const isExtent: Guard<readonly [number, number]> = (value): value is readonly [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(isAmount);

export function shaped<T extends object>(shape: Shape<T>): Guard<T> {
  return (value): value is T => isObject(value) && matches(value, shape);
}

/** A guard for a union of messages told apart by `type`. */
export function message<M extends { readonly type: string }>(shapes: MessageShapes<M>): Guard<M> {
  const known = new Map<unknown, Readonly<Record<string, Guard<unknown>>>>(Object.entries(shapes));
  return (value): value is M => {
    if (!isObject(value)) return false;
    const shape = known.get(value.type);
    return shape !== undefined && matches(value, shape);
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function matches(value: object, shape: Readonly<Record<string, Guard<unknown>>>): boolean {
  const fields = value as Readonly<Record<string, unknown>>;
  return Object.entries(shape).every(([name, guard]) => guard(fields[name]));
}
