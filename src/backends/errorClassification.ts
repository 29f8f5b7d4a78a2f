import { AtelierError, type Explanation } from '../common/errors';
import type { Executor } from '../nst/executor';
import type { VectorSpace } from '../nst/optimizers/vectorSpace';
import { msg } from '../common/messages';
import { isOutOfMemory } from '../common/outOfMemory';

/** A device broke down; another can go on with the work. */
export class DeviceFailure extends AtelierError {
  constructor(title: string, cause: unknown) {
    const words = cause instanceof Error ? cause.message : String(cause);
    const { message, next } = NO_ADAPTER.test(words) ? withoutAdapter() : broken(title, words);
    super('device-unavailable', message, { next, cause });
    this.name = 'DeviceFailure';
  }
}

function broken(title: string, words: string): Required<Explanation> {
  return {
    message: msg`${title} failed: ${words.split('\n').slice(0, 2).join(' ').slice(0, 300)}`,
    next: msg`Resume with another device. Updating the driver may help.`,
  };
}

/** Dawn's words where it finds no card, among them those for a system without Vulkan's loader. */
const NO_ADAPTER = /No supported adapters|Failed to get a WebGPU adapter/;

function withoutAdapter(): Required<Explanation> {
  return {
    message: msg`WebGPU finds no usable graphics card.`,
    next:
      process.platform === 'linux'
        ? msg`Install Vulkan’s loader, libvulkan1, and a Vulkan driver for your card (Debian, Ubuntu: sudo apt install libvulkan1 mesa-vulkan-drivers; NVIDIA’s own driver has one), or choose another device.`
        : msg`Update the driver of your card, or choose another device.`,
  };
}

/**
 * An executor whose errors say what they are: a lack of memory, which no other device would cure, is an `Error` with
 * "out of memory" in its words; whatever else comes from the device's libraries is a `DeviceFailure`. A card works on
 * while the host goes ahead: what goes wrong there comes to light wherever the host waits next, products and pictures
 * included.
 */
export function classifyErrors<V>(executor: Executor<V>, title: string): Executor<V> {
  const classified = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw classify(error, title);
    }
  };
  const classifiedSync = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw classify(error, title);
    }
  };
  return {
    space: classifySpaceErrors(executor.space, classifiedSync),
    fromImage: image => classifiedSync(() => executor.fromImage(image)),
    toImage: (vector, size) => classifiedSync(() => executor.toImage(vector, size)),
    prepare: async request => {
      const objective = await classified(() => executor.prepare(request));
      return {
        size: objective.size,
        evaluate: (image, strengths) => classified(() => objective.evaluate(image, strengths)),
        dispose: () => classified(() => objective.dispose()),
      };
    },
    moments: (image, layers, spec) => classified(() => executor.moments(image, layers, spec)),
    dispose: () => executor.dispose(),
  };
}

function classifySpaceErrors<V>(space: VectorSpace<V>, classified: <T>(work: () => T) => T): VectorSpace<V> {
  return {
    zeros: like => classified(() => space.zeros(like)),
    copy: x => classified(() => space.copy(x)),
    size: x => space.size(x),
    dots: (x, ys) => classified(() => space.dots(x, ys)),
    manyDots: groups => classified(() => space.manyDots(groups)),
    combine: (target, terms) => classified(() => space.combine(target, terms)),
    adam: (x, gradient, m, v, update) => classified(() => space.adam(x, gradient, m, v, update)),
    preconditioner: (size, gains) => {
      const preconditioner = classified(() => space.preconditioner(size, gains));
      return { apply: (target, x) => classified(() => preconditioner.apply(target, x)) };
    },
    toHost: x => classified(() => space.toHost(x)),
    fromHost: (values, like) => classified(() => space.fromHost(values, like)),
    dispose: x => classified(() => space.dispose(x)),
  };
}

function classify(error: unknown, title: string): unknown {
  if (error instanceof AtelierError || error instanceof RangeError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (isOutOfMemory(message)) return new Error(`out of memory on ${title}`, { cause: error });
  return new DeviceFailure(title, error);
}
