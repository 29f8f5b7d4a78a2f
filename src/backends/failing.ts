import { AtelierError } from '../errors';
import type { Executor } from '../nst/executor';
import { phrase } from '../phrase';

/** A device broke down; another can go on with the work. */
export class DeviceFailure extends AtelierError {
  constructor(title: string, cause: unknown) {
    const message = cause instanceof Error ? cause.message : String(cause);
    super(
      'device-unavailable',
      phrase`${title} failed: ${message.split('\n').slice(0, 2).join(' ').slice(0, 300)}`,
      {
        next: phrase`Resume with another device. Updating the driver may help.`,
        cause,
      },
    );
    this.name = 'DeviceFailure';
  }
}

/** TensorFlow's and Dawn's words for a card whose memory is used up. */
const OUT_OF_MEMORY =
  /\bOOM\b|RESOURCE_EXHAUSTED|OUT_OF_MEMORY|out of memory|bad_alloc|failed to allocate|allocation failed|cannot allocate/i;

/**
 * An executor whose errors say what they are: a lack of memory, which no other device would cure, is an `Error` with
 * "out of memory" in its words; whatever else comes from the device's libraries is a `DeviceFailure`.
 */
export function telling<V>(executor: Executor<V>, title: string): Executor<V> {
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw explained(error, title);
    }
  };
  return {
    space: executor.space,
    fromImage: image => executor.fromImage(image),
    toImage: (vector, size) => executor.toImage(vector, size),
    prepare: async request => {
      const objective = await told(() => executor.prepare(request));
      return {
        size: objective.size,
        evaluate: (image, strengths) => told(() => objective.evaluate(image, strengths)),
        dispose: () => objective.dispose(),
      };
    },
    grams: (image, layers, spec) => told(() => executor.grams(image, layers, spec)),
    dispose: () => executor.dispose(),
  };
}

function explained(error: unknown, title: string): unknown {
  if (error instanceof AtelierError || error instanceof RangeError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (OUT_OF_MEMORY.test(message)) return new Error(`out of memory on ${title}`, { cause: error });
  return new DeviceFailure(title, error);
}
