/** What an AV1 sequence header says of colours; code points of ITU-T H.273. */
export interface SequenceColour {
  readonly primaries: number;
  readonly transfer: number;
  readonly fullRange: boolean;
}

/** Reads the sequence header (AV1, section 5.5) among some OBUs; undefined where it is not there or is cut short. */
export function readSequenceColour(obus: Buffer): SequenceColour | undefined {
  for (let at = 0; at < obus.length;) {
    const head = obus[at++] ?? 0;
    if (head & 4) at++;
    let size = obus.length - at;
    if (head & 2) {
      size = 0;
      for (let shift = 0; shift < 56; shift += 7) {
        const byte = obus[at++] ?? 0;
        size += (byte & 127) * 2 ** shift;
        if (byte < 128) break;
      }
    }
    if (((head >> 3) & 15) === 1) return colourIn(new Bits(obus.subarray(at, at + size)));
    at += size;
  }
  return undefined;
}

class Bits {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  get isOver(): boolean {
    return this.at > 8 * this.bytes.length;
  }

  take(count: number): number {
    let value = 0;
    for (; count > 0; count--, this.at++) {
      value = 2 * value + (((this.bytes[this.at >> 3] ?? 0) >> (7 - (this.at & 7))) & 1);
    }
    return value;
  }

  get flag(): boolean {
    return this.take(1) === 1;
  }

  skipVariable(): void {
    let zeros = 0;
    while (!this.isOver && !this.flag) zeros++;
    this.take(Math.min(zeros, 32));
  }
}

function colourIn(bits: Bits): SequenceColour | undefined {
  const profile = bits.take(3);
  bits.take(1);
  const reduced = bits.flag;
  if (reduced) bits.take(5);
  else skipOperatingPoints(bits);
  const widthBits = bits.take(4) + 1;
  const heightBits = bits.take(4) + 1;
  bits.take(widthBits + heightBits);
  if (!reduced && bits.flag) bits.take(7);
  bits.take(3);
  if (!reduced) skipTools(bits);
  bits.take(3);
  if (bits.flag && profile === 2) bits.take(1);
  const isGrey = profile !== 1 && bits.flag;
  const [primaries, transfer, matrix] = bits.flag ? [bits.take(8), bits.take(8), bits.take(8)] : [2, 2, 2];
  // RGB that is stored as it is has no range of its own.
  const fullRange = (!isGrey && primaries === 1 && transfer === 13 && matrix === 0) || bits.flag;
  return bits.isOver ? undefined : { primaries, transfer, fullRange };
}

function skipOperatingPoints(bits: Bits): void {
  let delayBits = 0;
  let hasModel = false;
  if (bits.flag) {
    bits.take(64);
    if (bits.flag) bits.skipVariable();
    hasModel = bits.flag;
    if (hasModel) {
      delayBits = bits.take(5) + 1;
      bits.take(42);
    }
  }
  const hasDelay = bits.flag;
  for (let points = bits.take(5); points >= 0; points--) {
    bits.take(12);
    if (bits.take(5) > 7) bits.take(1);
    if (hasModel && bits.flag) bits.take(2 * delayBits + 1);
    if (hasDelay && bits.flag) bits.take(4);
  }
}

function skipTools(bits: Bits): void {
  bits.take(4);
  const hasOrder = bits.flag;
  if (hasOrder) bits.take(2);
  const screen = bits.flag ? 2 : bits.take(1);
  if (screen > 0 && !bits.flag) bits.take(1);
  if (hasOrder) bits.take(3);
}
