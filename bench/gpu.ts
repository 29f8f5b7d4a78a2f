// Times loss + gradient on several devices in turn, in one process, and prints a table.
// Arguments: MODEL (synthetic, or a name or file as for --model), SIZE, THREADS, ITERATIONS, DEVICE …
// A device `cuda:fast` may round products.
// TensorFlow is looked for where the tests install it (.atelier), else where ATELIER_STORAGE says.
import * as path from 'node:path';
import type { DeviceName, Precision } from '../src/backends/device';
import { BACKENDS } from '../src/backends/registry';
import { openNetwork } from '../src/models/openNetwork';
import type { Executor } from '../src/nst/executor';
import { createOptimizer } from '../src/nst/optimizers/optimizerChoice';
import { picture } from './picture';
import { syntheticNetwork } from './syntheticNetwork';
import { termsOf, ungrouped } from '../src/nst/terms/term';

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** A device at work: its evaluations, and what a step of L-BFGS takes beside them. */
async function worker(name: string, executor: Executor<unknown>, side: number) {
  const styleLayers = ['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'] as const;
  const objective = await executor.prepare({
    spec: {
      terms: termsOf({ content: ['conv4_2'], style: styleLayers }),
      pooling: 'avg',
      padding: 'zero',
      tap: 'post',
      units: 'mean',
    },
    content: picture(side, 1),
    styles: [{ image: picture(side, 2), weight: 1 }],
  });
  const strengths = ungrouped({
    content: { conv4_2: 1 },
    style: Object.fromEntries(styleLayers.map(layer => [layer, 60])),
    tv: 60,
  });
  const optimizer = createOptimizer(
    executor.space,
    { kind: 'lbfgs' },
    { size: { width: side, height: side }, layers: styleLayers, init: 'image' },
    executor.fromImage(picture(side, 3)),
  );
  const wall: number[] = [];
  const cpu: number[] = [];
  const beside: number[] = [];
  return {
    name,
    async step(counted: boolean): Promise<void> {
      const begin = performance.now();
      let evaluating = 0;
      await optimizer.step(async x => {
        const [start, used] = [performance.now(), process.cpuUsage()];
        const { losses, gradient } = await objective.evaluate(x, strengths);
        evaluating += performance.now() - start;
        if (counted) {
          const { user, system } = process.cpuUsage(used);
          wall.push(performance.now() - start);
          cpu.push((user + system) / 1000);
        }
        return { value: losses.total, gradient };
      });
      if (counted) beside.push(performance.now() - begin - evaluating);
    },
    row: () => ({
      device: name,
      'evaluation ms': median(wall).toFixed(0),
      'best ms': Math.min(...wall).toFixed(0),
      'processor ms': median(cpu).toFixed(0),
      'beside it, ms a step': median(beside).toFixed(1),
    }),
  };
}

async function main(): Promise<void> {
  const [model = 'synthetic', size = '256', threads = '2', iterations = '5', ...names] =
    process.argv.slice(2);
  const storage = process.env.ATELIER_STORAGE ?? path.resolve(__dirname, '../.atelier');
  const network = model === 'synthetic' ? syntheticNetwork() : await openNetwork(model);
  const workers = [];
  for (const name of names.length > 0 ? names : ['cpu', 'tensorflow']) {
    const [device, precision = 'exact'] = name.split(':') as [DeviceName, Precision?];
    const machine = { threads: Number(threads), storage, precision };
    const { executor } = await BACKENDS[device].open(network, machine);
    workers.push(await worker(name, executor, Number(size)));
  }
  // In turn, so that whatever else the machine does falls on all alike.
  for (let i = -1; i < Number(iterations); i++) for (const one of workers) await one.step(i >= 0);
  console.table(workers.map(one => one.row()));
}

void main();
