import { Random } from '../../src/nst/random';

/** Choices of a trial, all from its seed: the same seed chooses the same. */
export class Chance {
  private readonly random: Random;

  /** @param seed whole number in [0, 2³²) */
  constructor(seed: number) {
    this.random = Random.seeded(seed);
  }

  /** Whole number in [0, end). */
  below(end: number): number {
    return Math.floor(this.random.uniform() * end);
  }

  /** Number in (0, 1). */
  part(): number {
    return this.random.uniform();
  }

  /** Whether something of this probability happens. */
  happens(probability: number): boolean {
    return this.random.uniform() < probability;
  }

  pick<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new RangeError('there is nothing to pick from');
    return value;
  }

  bytes(count: number): Buffer {
    return Buffer.from(Array.from({ length: count }, () => this.below(256)));
  }
}
