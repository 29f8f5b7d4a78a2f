import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DeviceVector } from '../../../src/backends/tensorflow/deviceVector';
import { DeviceVectors } from '../../../src/backends/tensorflow/deviceVectors';
import { Kernels } from '../../../src/backends/tensorflow/kernels';
import { CHANNELS_FIRST, CHANNELS_LAST } from '../../../src/backends/tensorflow/layout';
import { openSession, type Session } from '../../../src/backends/tensorflow/session';
import { gainsOf } from '../../../src/nst/optimizers/preconditioner';
import { hostVectors } from '../../../src/nst/optimizers/hostVectors';
import type { Size } from '../../../src/nst/image';
import { Random } from '../../../src/nst/random';
import { tensorflowAddon } from './runtime';

const random = Random.seeded(3);
let session: Session;
beforeAll(async () => void (session = await openSession(await tensorflowAddon(), { threads: 2 })), 600_000);

const noise = ({ width, height }: Size): Float32Array =>
  Float32Array.from({ length: 3 * width * height }, () => random.normals()[0]);

/** Largest difference, relative to the largest value. */
function difference(found: Float32Array, expected: Float32Array): number {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return found.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0) / largest;
}

describe.each([
  { name: 'channels last', layout: CHANNELS_LAST },
  { name: 'planar', layout: CHANNELS_FIRST },
])('vectors on the device ($name)', ({ layout }) => {
  const size = { width: 23, height: 17 };
  let kernels: Kernels;
  let space: DeviceVectors;
  beforeAll(() => {
    kernels = new Kernels(session, layout);
    space = new DeviceVectors(kernels);
  });
  afterAll(() => {
    space.close();
    kernels.dispose();
  });

  function uploaded(values: Float32Array, { width, height }: Size = size): DeviceVector {
    const shape = kernels.featureShape(3, height, width);
    const like = { tensor: kernels.upload(new Float32Array(values.length), shape) } as DeviceVector;
    const vector = space.fromHost(values, like);
    space.dispose(like);
    return vector;
  }

  it.each([1, 2, 3, 22])('have the products of the host, %i at once', count => {
    const values = Array.from({ length: count }, () => noise(size));
    const vectors = values.map(each => uploaded(each));
    const found = space.dots(vectors[0]!, vectors);
    const length = hostVectors.dots(values[0]!, [values[0]!])[0]!;
    hostVectors.dots(values[0]!, values).forEach((expected, i) => {
      expect(Math.abs(found[i]! - expected)).toBeLessThan(1e-6 * length);
    });
    vectors.forEach(each => space.dispose(each));
  });

  it.each([
    [[]],
    [[1]],
    [[-0.5]],
    [[1, 2.5]],
    [[1, -1]],
    [[-1, 1]],
    [[0.25, -3]],
    [[1, -1, 0.5]],
    [Array.from({ length: 21 }, (_, i) => Math.sin(i))],
  ])('have the sums of the host with coefficients %j', coefficients => {
    const { tf } = session;
    const before = tf.memory().numTensors;
    const values = coefficients.map(() => noise(size));
    const vectors = values.map(each => uploaded(each));
    const target = vectors[0] ?? uploaded(noise(size));
    const expected = noise(size);
    hostVectors.combine(
      expected,
      coefficients.map((coefficient, i) => [coefficient, values[i]!]),
    );
    space.combine(
      target,
      coefficients.map((coefficient, i) => [coefficient, vectors[i]!]),
    );
    const found = space.toHost(target).slice();
    if (coefficients.length === 0) expect(found).toEqual(expected);
    else expect(difference(found, expected)).toBeLessThan(1e-6);
    new Set([target, ...vectors]).forEach(each => space.dispose(each));
    // A list that says how to compute may have been kept.
    expect(tf.memory().numTensors - before).toBeLessThanOrEqual(3);
  });

  it('take a step of Adam as the host does, which costs two uploads and no read', () => {
    const values = [noise(size), noise(size), noise(size), noise(size).map(Math.abs)] as const;
    const [x, gradient, m, v] = values.map(each => uploaded(each)) as [
      ...[DeviceVector, DeviceVector, DeviceVector, DeviceVector],
    ];
    const upload = vi.spyOn(kernels, 'upload');
    const read = vi.spyOn(kernels, 'read');
    const crossings: number[][] = [];
    for (const step of [1, 2, 3]) {
      const [correction1, correction2] = [1 - 0.9 ** step, 1 - 0.999 ** step];
      const update = { rate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, correction1, correction2 };
      space.adam(x, gradient, m, v, update);
      hostVectors.adam(...values, update);
      crossings.push([upload.mock.calls.length, read.mock.calls.length]);
    }
    vi.restoreAllMocks();
    expect(crossings).toEqual([2, 4, 6].map(uploads => [uploads, 0]));
    [x, m, v].forEach((vector, i) => {
      expect(difference(space.toHost(vector), [values[0], values[2], values[3]][i]!)).toBeLessThan(1e-6);
    });
    [x, gradient, m, v].forEach(each => space.dispose(each));
  });

  it('have the products of several vectors, and wait for them once', () => {
    const values = Array.from({ length: 5 }, () => noise(size));
    const vectors = values.map(each => uploaded(each));
    const groups = [[0, 1, 2, 3], [4, 4], [1], [2, 0, 1]];
    const grouped = <V>(all: readonly V[]) =>
      groups.map(([x, ...ys]) => ({ x: all[x!]!, ys: ys.map(y => all[y]!) }));
    const kept = session.tf.memory().numTensors;
    const read = vi.spyOn(kernels, 'read');
    const found = space.manyDots(grouped(vectors));
    expect(read).toHaveBeenCalledTimes(1);
    vi.restoreAllMocks();
    expect(found.map(each => each.length)).toEqual([3, 1, 0, 2]);
    const length = hostVectors.dots(values[0]!, [values[0]!])[0]!;
    hostVectors.manyDots(grouped(values)).forEach((expected, group) => {
      expected.forEach((value, i) => {
        expect(Math.abs(found[group]![i]! - value)).toBeLessThan(1e-6 * length);
      });
    });
    vectors.forEach(each => space.dispose(each));
    expect(session.tf.memory().numTensors - kept).toBeLessThanOrEqual(0);
  });

  it('read once for many products, and upload once for the sum of many', () => {
    const vectors = Array.from({ length: 12 }, () => uploaded(noise(size)));
    const upload = vi.spyOn(kernels, 'upload');
    const read = vi.spyOn(kernels, 'read');
    space.dots(vectors[0]!, vectors);
    expect([upload.mock.calls.length, read.mock.calls.length]).toEqual([0, 1]);
    space.combine(
      vectors[0]!,
      vectors.map((vector, i) => [i / 7, vector]),
    );
    expect([upload.mock.calls.length, read.mock.calls.length]).toEqual([1, 1]);
    vi.restoreAllMocks();
    vectors.forEach(each => space.dispose(each));
  });

  it.each([
    { width: 61, height: 48 },
    { width: 16, height: 33 },
    { width: 7, height: 90 },
    // Beyond what is a few products of matrices; TensorFlow's CPU build has no planar convolution of single channels.
    ...(layout === CHANNELS_LAST
      ? [
          { width: 131, height: 90 },
          { width: 15, height: 601 },
        ]
      : []),
  ])('precondition as the host does at %o', preconditioned => {
    const data = noise(preconditioned);
    const x = uploaded(data, preconditioned);
    const target = space.zeros(x);
    for (const levels of [1, 3, Infinity]) {
      const gains = gainsOf(preconditioned, 0.8, levels);
      const expected = new Float32Array(data.length);
      hostVectors.preconditioner(preconditioned, gains).apply(expected, data);
      space.preconditioner(preconditioned, gains).apply(target, x);
      const kept = session.tf.memory().numTensors;
      space.preconditioner(preconditioned, gains).apply(target, x);
      expect(session.tf.memory().numTensors).toBe(kept);
      expect(difference(space.toHost(target), expected)).toBeLessThan(1e-6);
    }
    space.dispose(x);
    space.dispose(target);
  });
});
