/** What the messages of all channels are made of. */
import * as z from 'zod/mini';

/** The fields of messages, by their `type`. */
type Messages = Readonly<Record<string, z.core.$ZodLooseShape>>;

/** A value as everybody but its maker sees it. */
type Immutable<T> = T extends Uint8Array
  ? T
  : T extends object
    ? { readonly [K in keyof T]: Immutable<T[K]> }
    : T;

/** What a schema describes. */
export type Of<S extends z.core.$ZodType> = Immutable<z.output<S>>;

/** A message with the fields. */
export type Message<T, F extends z.core.$ZodLooseShape> = Immutable<
  z.output<z.ZodMiniObject<F & { type: z.ZodMiniLiteral<T & string> }>>
>;

/** Any of the messages. */
export type AnyOf<M extends Messages> = { [T in keyof M]: Message<T, M[T]> }[keyof M];

/** Takes a value that came over a channel for the message that it is; undefined for anything else. */
export type Reader<M> = (value: unknown) => M | undefined;

/** What a reader reads. */
export type Read<R> = R extends Reader<infer M> ? M : never;

/**
 * The reader of one direction of a channel. What a message has beyond its fields is left out.
 * @param fields those of each message, by its `type`
 */
// @__NO_SIDE_EFFECTS__
export function messages<const M extends Messages>(fields: M): Reader<AnyOf<M>> {
  const schemas = new Map<unknown, z.ZodMiniType>(
    Object.entries(fields).map(([type, shape]) => [type, z.object({ ...shape, type: z.literal(type) })]),
  );
  return value => {
    const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
    return schemas.get(type)?.safeParse(value).data as AnyOf<M> | undefined;
  };
}

export const text = z.string();
export const flag = z.boolean();

/** A name that is there. */
export const name = z.string().check(z.minLength(1));

/** A finite number of at least zero: weights, seconds, bytes. */
export const amount = z.number().check(z.nonnegative());

/** A whole number of at least zero. */
export const counter = z.int().check(z.nonnegative());

/** Width and height in pixels. */
export const extent = z.tuple([amount, amount]);

/** Numbers by name. */
export const weights = z.record(text, amount);

/** A loss may be no number before a run is given up; JSON makes null of that. */
export const loss = z.pipe(
  z.nullable(z.number()),
  z.transform(value => value ?? NaN),
);

/** The losses of one evaluation, by term. */
export const losses = z.object({ terms: z.record(text, loss), total: loss });
