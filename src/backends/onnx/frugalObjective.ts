import type { Evaluation, Objective } from '../../nst/executor';
import type { Size } from '../../nst/image';
import type { Strengths } from '../../nst/objective';
import { isOutOfMemory } from '../../common/outOfMemory';

/** Dawn's words for what is larger than a card allows one buffer to be. */
const OVER_LIMIT = /max(imum)? (storage )?buffer (binding )?size|maxStorageBufferBindingSize|maxBufferSize/i;

type Open = () => Promise<Objective<Float32Array>>;

/**
 * The objective as one graph for as long as the device has room for it, and in bands from then on. A card has memory of
 * its own, of which nobody tells how much: it is tried.
 */
export class FrugalObjective implements Objective<Float32Array> {
  private constructor(
    readonly size: Size,
    private current: Objective<Float32Array>,
    /** Undefined once it is in use. */
    private inBands: Open | undefined,
  ) {}

  static async create(size: Size, whole: Open, inBands: Open): Promise<FrugalObjective> {
    try {
      return new FrugalObjective(size, await whole(), inBands);
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      return new FrugalObjective(size, await inBands(), undefined);
    }
  }

  async evaluate(image: Float32Array, strengths: Strengths): Promise<Evaluation<Float32Array>> {
    try {
      return await this.current.evaluate(image, strengths);
    } catch (error) {
      const { inBands } = this;
      if (inBands === undefined || !isTooLarge(error)) throw error;
      this.inBands = undefined;
      await this.current.dispose();
      this.current = await inBands();
      return this.current.evaluate(image, strengths);
    }
  }

  async dispose(): Promise<void> {
    await this.current.dispose();
  }
}

function isTooLarge(error: unknown): boolean {
  const message = error instanceof Error ? error.message : String(error);
  return isOutOfMemory(message) || OVER_LIMIT.test(message);
}
