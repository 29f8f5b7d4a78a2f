/** A box of an ISO base media file: its type and what is inside. */
export interface Box {
  readonly type: string;
  readonly body: Buffer;
}

/** The boxes in some bytes, one after the other; what is cut short ends them. */
export function* boxesIn(bytes: Buffer): Generator<Box> {
  for (let at = 0; at + 8 <= bytes.length;) {
    const short = bytes.readUInt32BE(at);
    const isLong = short === 1;
    if (isLong && at + 16 > bytes.length) return;
    const size = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? bytes.length - at : short;
    const head = isLong ? 16 : 8;
    if (size < head || at + size > bytes.length) return;
    yield { type: bytes.toString('latin1', at + 4, at + 8), body: bytes.subarray(at + head, at + size) };
    at += size;
  }
}

/** What is inside the first box of a type; undefined where there is none. */
export function boxIn(bytes: Buffer | undefined, type: string): Buffer | undefined {
  if (bytes === undefined) return undefined;
  for (const box of boxesIn(bytes)) if (box.type === type) return box.body;
  return undefined;
}

/** Reads big-endian integers one after the other. */
export class Reader {
  constructor(
    private readonly bytes: Buffer,
    private at = 0,
  ) {}

  /** An unsigned integer of so many bytes; 0 of none. */
  take(count: number): number {
    if (count === 0) return 0;
    if (count === 8) {
      const value = Number(this.bytes.readBigUInt64BE(this.at));
      this.at += 8;
      return value;
    }
    const value = this.bytes.readUIntBE(this.at, count);
    this.at += count;
    return value;
  }
}
