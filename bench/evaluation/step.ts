// What a step costs beside its evaluation: optimizer, preconditioner, copies.
// Command: npx tsx bench/evaluation/step.ts [SIZE] [STEPS]   (prints the Markdown table of bench/evaluation.md)
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import { openNetwork } from '../../src/models/openNetwork';
import type { Network } from '../../src/models/network';
import { gated } from '../../src/engine/run/gated';
import { Stylization, type StylizePlan } from '../../src/nst/stylize';
import { syntheticNetwork } from '../syntheticNetwork';
import { picture } from '../picture';
import { termsOf, ungrouped } from '../../src/nst/terms/term';

const STYLE_LAYERS = ['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'] as const;

function planOf(side: number, steps: number): StylizePlan {
  return {
    scales: [{ size: { width: side, height: side }, steps }],
    spec: {
      terms: termsOf({ content: ['conv4_2'], style: STYLE_LAYERS }),
      ...{ pooling: 'avg', padding: 'replicate', tap: 'post', units: 'mean' },
    },
    strengths: ungrouped({
      content: { conv4_2: 1 },
      style: Object.fromEntries(STYLE_LAYERS.map(layer => [layer, 60])),
      tv: 60,
    }),
    ...{ optimizer: { kind: 'lbfgs' }, init: 'content', seed: 0 },
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** Medians over the second half of the steps, when the history of the optimizer is full. */
async function measure(network: Network, threads: number, side: number, steps: number): Promise<number[]> {
  const executor = await OnnxExecutor.create(network, { provider: 'cpu', threads });
  let evaluating = 0;
  const timed = gated(executor, { preparing: () => undefined, pass: () => Promise.resolve() });
  const watched = {
    ...timed,
    prepare: async (request: Parameters<typeof timed.prepare>[0]) => {
      const objective = await timed.prepare(request);
      const evaluate: typeof objective.evaluate = async (image, strengths) => {
        const start = performance.now();
        const evaluation = await objective.evaluate(image, strengths);
        evaluating += performance.now() - start;
        return evaluation;
      };
      return { ...objective, evaluate };
    },
  };
  const run = new Stylization(watched, planOf(side, steps), {
    content: () => Promise.resolve(picture(side, 1)),
    styles: () => Promise.resolve([{ image: picture(side, 2), weight: 1 }]),
    start: () => Promise.resolve(picture(side, 3)),
  });
  const [whole, within]: [number[], number[]] = [[], []];
  let [lastAt, lastEvaluating] = [NaN, NaN];
  for await (const { step } of run.run()) {
    const now = performance.now();
    if (step > steps / 2) {
      whole.push(now - lastAt);
      within.push(evaluating - lastEvaluating);
    }
    [lastAt, lastEvaluating] = [now, evaluating];
  }
  await run.dispose();
  await executor.dispose();
  const rest = whole.map((ms, i) => ms - (within[i] ?? NaN));
  return [median(whole), median(rest), median(rest.map((ms, i) => ms / (whole[i] ?? NaN)))];
}

async function main(): Promise<void> {
  const [side = 512, steps = 30] = process.argv.slice(2).map(Number);
  console.log('| network | size | threads | step, ms | beside the evaluation, ms | share |');
  console.log('| - | - | - | - | - | - |');
  for (const network of [syntheticNetwork(), await openNetwork('lite')]) {
    for (const threads of [1, 2]) {
      const [step = NaN, rest = NaN, share = NaN] = await measure(network, threads, side, steps);
      const figures = [step.toFixed(0), rest.toFixed(1), `${(100 * share).toFixed(1)} %`];
      console.log(`| ${[network.name, `${side}²`, threads, ...figures].join(' | ')} |`);
    }
  }
}

void main();
