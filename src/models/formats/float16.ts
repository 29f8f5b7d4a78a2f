// The value of a half's exponent and fraction, moved into a float's places, is 2^112 times too small.
const rebias = 2 ** 112;

/** IEEE 754 half-precision bits to floats: exact, with subnormals, infinities and NaN. */
export function halfToFloat(bits: Uint16Array): Float32Array {
  const result = new Float32Array(bits.length);
  const words = new Uint32Array(result.buffer);
  for (let i = 0; i < bits.length; i++) {
    const half = bits[i]!;
    const magnitude = half & 0x7fff;
    words[i] = magnitude << 13;
    if (magnitude >= 0x7c00) words[i]! |= 0x7f800000;
    else result[i]! *= rebias;
    words[i]! |= (half & 0x8000) << 16;
  }
  return result;
}

/** bfloat16 bits to floats: the upper half of a float. */
export function bfloatToFloat(bits: Uint16Array): Float32Array {
  const result = new Float32Array(bits.length);
  const words = new Uint32Array(result.buffer);
  for (let i = 0; i < bits.length; i++) words[i] = bits[i]! << 16;
  return result;
}
