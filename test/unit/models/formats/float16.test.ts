import { describe, expect, it } from 'vitest';
import { bfloatToFloat, halfToFloat } from '../../../../src/models/formats/float16';

/** IEEE 754's definition of a half, in doubles. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -14 * (fraction / 1024));
}

describe('half precision', () => {
  it('agrees with the definition for all 65536 values', () => {
    const all = Uint16Array.from({ length: 65536 }, (_, i) => i);
    const floats = halfToFloat(all);
    const different = Array.from(all).filter(bits => !Object.is(floats[bits], half(bits)));
    expect(different).toEqual([]);
  });

  it('reads bfloat16 as the upper half of a float', () => {
    const bits = Uint16Array.of(0x3f80, 0xc000, 0x0000, 0x8000, 0x7f80, 0x3dcd);
    expect(Array.from(bfloatToFloat(bits))).toEqual([1, -2, 0, -0, Infinity, 0.10009765625]);
  });
});
