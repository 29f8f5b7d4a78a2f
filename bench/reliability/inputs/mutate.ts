import type { Chance } from '../chance';

type Mutation = (bytes: Buffer, chance: Chance, others: readonly Buffer[]) => Buffer;

/** Values at which readers stumble, as 32-bit words. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff];

/** Damage is likelier where formats keep what they say of the rest: in front. */
function place(bytes: Buffer, chance: Chance): number {
  const end = chance.happens(0.6) ? Math.min(bytes.length, 256) : bytes.length;
  return end === 0 ? 0 : chance.below(end);
}

function spliced(bytes: Buffer, at: number, removed: number, inserted: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + removed)]);
}

const mutations: Readonly<Record<string, Mutation>> = {
  flip: (bytes, chance) => {
    const copy = Buffer.from(bytes);
    for (let left = 1 + chance.below(16); left > 0 && copy.length > 0; left--)
      copy[place(copy, chance)]! ^= 1 << chance.below(8);
    return copy;
  },
  overwrite: (bytes, chance) => {
    const at = place(bytes, chance);
    const noise = chance.bytes(1 + chance.below(32));
    return spliced(bytes, at, noise.length, noise);
  },
  edge: (bytes, chance) => {
    const word = Buffer.alloc(4);
    const value = chance.pick(EDGES);
    if (chance.happens(0.5)) word.writeUInt32LE(value);
    else word.writeUInt32BE(value);
    const wide = chance.pick([1, 2, 4]);
    return spliced(bytes, place(bytes, chance), wide, word.subarray(4 - wide));
  },
  truncate: (bytes, chance) => bytes.subarray(0, place(bytes, chance)),
  remove: (bytes, chance) => spliced(bytes, place(bytes, chance), 1 + chance.below(64), Buffer.alloc(0)),
  insert: (bytes, chance) => spliced(bytes, place(bytes, chance), 0, chance.bytes(1 + chance.below(64))),
  repeat: (bytes, chance) => {
    const at = place(bytes, chance);
    return spliced(bytes, at, 0, bytes.subarray(at, at + 1 + chance.below(512)));
  },
  blank: (bytes, chance) => {
    const at = place(bytes, chance);
    const length = Math.min(bytes.length - at, 1 + chance.below(1024));
    return spliced(bytes, at, length, Buffer.alloc(length, chance.pick([0, 0xff])));
  },
  cross: (bytes, chance, others) => {
    const other = chance.pick(others);
    return Buffer.concat([bytes.subarray(0, place(bytes, chance)), other.subarray(place(other, chance))]);
  },
  append: (bytes, chance) => Buffer.concat([bytes, chance.bytes(1 + chance.below(256))]),
};

/** Damages bytes in one to three ways; `others` are files to mix them with. */
export function mutate(bytes: Buffer, chance: Chance, others: readonly Buffer[]): Buffer {
  let damaged = bytes;
  for (let left = 1 + chance.below(3); left > 0; left--)
    damaged = mutations[chance.pick(Object.keys(mutations))]!(damaged, chance, others);
  return damaged;
}
