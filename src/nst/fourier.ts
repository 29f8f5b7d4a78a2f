/** Complex numbers, in place. */
interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * A transform of Fourier of any length, prepared once: by halves (Cooley and Tukey 1965) for powers of two, else as a
 * convolution of such a length (Bluestein 1970). Not scaled.
 */
export function fourierTransform(n: number): (data: Complex) => void {
  return (n & (n - 1)) === 0 ? byHalves(n) : byConvolution(n);
}

function byHalves(n: number): (data: Complex) => void {
  const cosines = Float64Array.from({ length: n / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / n));
  const sines = Float64Array.from({ length: n / 2 }, (_, i) => -Math.sin((2 * Math.PI * i) / n));
  return ({ re, im }) => {
    for (let i = 1, j = 0; i < n; i++) {
      let bit = n >> 1;
      for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
      j ^= bit;
      if (i >= j) continue;
      [re[i], re[j]] = [re[j]!, re[i]!];
      [im[i], im[j]] = [im[j]!, im[i]!];
    }
    for (let half = 1; half < n; half *= 2) {
      const stride = n / (2 * half);
      for (let from = 0; from < n; from += 2 * half) {
        for (let k = 0; k < half; k++) {
          const [c, s] = [cosines[k * stride]!, sines[k * stride]!];
          const [a, b] = [from + k, from + k + half];
          const [x, y] = [re[b]! * c - im[b]! * s, re[b]! * s + im[b]! * c];
          re[b] = re[a]! - x;
          im[b] = im[a]! - y;
          re[a]! += x;
          im[a]! += y;
        }
      }
    }
  };
}

function byConvolution(n: number): (data: Complex) => void {
  const length = 2 ** Math.ceil(Math.log2(2 * n - 1));
  const transform = byHalves(length);
  // exp(−πi k²/n), with k² taken modulo 2n so that the angle stays exact.
  const angle = (k: number): number => (Math.PI * ((k * k) % (2 * n))) / n;
  const chirp = Float64Array.from({ length: n }, (_, k) => Math.cos(angle(k)));
  const turn = Float64Array.from({ length: n }, (_, k) => -Math.sin(angle(k)));
  const kernel = { re: new Float64Array(length), im: new Float64Array(length) };
  for (let k = 0; k < n; k++) {
    kernel.re[k] = kernel.re[(length - k) % length] = chirp[k]!;
    kernel.im[k] = kernel.im[(length - k) % length] = -turn[k]!;
  }
  transform(kernel);
  const work = { re: new Float64Array(length), im: new Float64Array(length) };
  return ({ re, im }) => {
    work.re.fill(0);
    work.im.fill(0);
    for (let k = 0; k < n; k++) {
      work.re[k] = re[k]! * chirp[k]! - im[k]! * turn[k]!;
      work.im[k] = re[k]! * turn[k]! + im[k]! * chirp[k]!;
    }
    transform(work);
    // The inverse transform is that of the conjugate, conjugated.
    for (let k = 0; k < length; k++) {
      const [x, y] = [work.re[k]!, work.im[k]!];
      work.re[k] = x * kernel.re[k]! - y * kernel.im[k]!;
      work.im[k] = -(x * kernel.im[k]! + y * kernel.re[k]!);
    }
    transform(work);
    for (let k = 0; k < n; k++) {
      const [x, y] = [work.re[k]! / length, -work.im[k]! / length];
      re[k] = x * chirp[k]! - y * turn[k]!;
      im[k] = x * turn[k]! + y * chirp[k]!;
    }
  };
}
