import type { FloatImage, Size } from './image';

/**
 * Pseudo-random numbers from a seed: sfc32 ("small fast counting", C. Doty-Humphrey, PractRand 2010), whose
 * period is at least 2³² for every seed. Not for secrets.
 */
export class Random {
  private constructor(
    private a: number,
    private b: number,
    private c: number,
    private counter: number,
  ) {}

  /** @param seed whole number in [0, 2³²) */
  static seeded(seed: number): Random {
    const random = new Random(0, seed >>> 0, 0, 1);
    // The words start far from random; the author's advice is to discard a dozen.
    for (let i = 0; i < 12; i++) random.word();
    return random;
  }

  /** Uniform in (0, 1), never 0. */
  uniform(): number {
    return (this.word() + 0.5) / 2 ** 32;
  }

  /** Two independent standard normal numbers (Box and Muller 1958). */
  normals(): readonly [number, number] {
    const radius = Math.sqrt(-2 * Math.log(this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  }

  /** Uniform in [0, 2³²). */
  private word(): number {
    const word = (this.a + this.b + this.counter) >>> 0;
    this.counter = (this.counter + 1) >>> 0;
    this.a = (this.b ^ (this.b >>> 9)) >>> 0;
    this.b = (this.c + (this.c << 3)) >>> 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + word) >>> 0;
    return word;
  }
}

/** Mean and standard deviation of the noise that a run starts from. */
const NOISE = { mean: 0.5, deviation: 0.1 };

/** White noise around mid-grey, every value of every channel on its own. */
export function noiseImage({ width, height }: Size, random: Random): FloatImage {
  const data = new Float32Array(3 * width * height);
  for (let i = 0; i < data.length; i += 2) {
    const [first, second] = random.normals();
    data[i] = NOISE.mean + NOISE.deviation * first;
    if (i + 1 < data.length) data[i + 1] = NOISE.mean + NOISE.deviation * second;
  }
  return { width, height, data };
}
