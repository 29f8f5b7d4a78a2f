import type { Chance } from './chance';

/** What nobody expects in a field. */
const strange: readonly ((chance: Chance) => unknown)[] = [
  () => null,
  () => true,
  () => -1,
  () => 0,
  () => 1e308,
  () => 0.5,
  () => 2 ** 53,
  () => '',
  () => ' ',
  () => '../../../../etc/passwd',
  () => '\u001b[31m\u0007\u0000',
  () => 'a'.repeat(5000),
  () => '\u202e\ud800',
  () => [],
  () => ({}),
  () => [[[[[]]]]],
  () =>
    JSON.parse(
      '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
    ) as unknown,
  chance => Array.from({ length: 3000 }, () => chance.below(9)),
  chance => chance.bytes(12).toString('latin1'),
  chance => String(chance.below(1000)),
  chance => chance.part() * 10 ** (chance.below(40) - 20),
];

/** A JSON value with one to three of its parts replaced, removed, doubled or joined by others. */
export function mutateJson(value: unknown, chance: Chance): unknown {
  let changed = structuredClone(value);
  for (let left = 1 + chance.below(3); left > 0; left--) changed = changeOnce(changed, chance);
  return changed;
}

function changeOnce(value: unknown, chance: Chance): unknown {
  const places = containers(value);
  if (places.length === 0 || chance.happens(0.03)) return chance.pick(strange)(chance);
  const place = chance.pick(places);
  const keys = Object.keys(place);
  const key = keys.length > 0 ? chance.pick(keys) : 'key';
  switch (chance.below(4)) {
    case 0:
      Reflect.deleteProperty(place, key);
      break;
    case 1:
      set(
        place,
        chance.pick(['__proto__', 'constructor', `${key}x`, '', 'toString']),
        chance.pick(strange)(chance),
      );
      break;
    default:
      set(place, key, chance.pick(strange)(chance));
  }
  return value;
}

/** As JSON.parse does it: `__proto__` is a field as any other. */
function set(place: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(place, key, { value, enumerable: true, configurable: true, writable: true });
}

/** The objects and arrays in a value, itself included. */
function containers(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(containers)];
}

/** JSON as text, with what people and programs do to it. */
export function strangeText(value: unknown, chance: Chance): string {
  const text = JSON.stringify(value, undefined, chance.below(3)) ?? 'undefined';
  switch (chance.below(12)) {
    case 0:
      return `\ufeff${text}`;
    case 1:
      return text.replaceAll('}', ',}');
    case 2:
      return `// a comment\n${text}/* and another`;
    case 3:
      return `${'['.repeat(20_000)}${text}`;
    case 4:
      return text.slice(0, chance.below(text.length + 1));
    case 5:
      return `${text}${text}`;
    case 6:
      return text.replaceAll('"', "'");
    case 7:
      return text.replaceAll(':', `:\u0000`);
    default:
      return text;
  }
}
