/** Order of a 3x3 kernel's axes on disk: height, width, in, out (TensorFlow) or out, in, height, width (PyTorch). */
export type KernelOrder = 'HWIO' | 'OIHW';

const taps = 9;

/** Outputs handled together: as many floats as a cache line holds, in place of one from each of many lines. */
const block = 16;

/** Reorders a 3x3 kernel from height, width, in, out to out, in, height, width. */
export function hwioToOihw(kernel: Float32Array, inChannels: number, outChannels: number): Float32Array {
  const result = new Float32Array(kernel.length);
  const stride = inChannels * outChannels;
  for (let first = 0; first < outChannels; first += block) {
    const last = Math.min(first + block, outChannels);
    for (let i = 0; i < inChannels; i++) {
      for (let o = first; o < last; o++) {
        const from = i * outChannels + o;
        const to = (o * inChannels + i) * taps;
        for (let tap = 0; tap < taps; tap++) result[to + tap] = kernel[from + tap * stride]!;
      }
    }
  }
  return result;
}

/** Reorders a 3x3 kernel from out, in, height, width to height, width, in, out. */
export function oihwToHwio(kernel: Float32Array, inChannels: number, outChannels: number): Float32Array {
  const result = new Float32Array(kernel.length);
  for (let tap = 0, to = 0; tap < taps; tap++) {
    for (let i = 0; i < inChannels; i++) {
      for (let o = 0; o < outChannels; o++) result[to++] = kernel[(o * inChannels + i) * taps + tap]!;
    }
  }
  return result;
}
