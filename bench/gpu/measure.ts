// One measurement of WebGPU on a machine that has nothing else of ours: bundled by pack.ts, called by day.sh.
//   speed SIDE LAYOUT TARGETS MAPS   LAYOUT: NHWC or NCHW; TARGETS: fed or resident; MAPS: whole or bands
//   resume                           40 steps through, and 20 and 20 more after a pause: the same bytes?
//   grow SIDE                        one evaluation, or the words in which it fails
import { createHash } from 'node:crypto';
import type { MapLayout } from '../../src/backends/device';
import { BandedObjective } from '../../src/backends/onnx/bandedObjective';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import { GivenTensors } from '../../src/backends/onnx/givenTensors';
import type { GraphContext } from '../../src/backends/onnx/graphContext';
import { OnnxObjective } from '../../src/backends/onnx/objective';
import { loadRuntime, sessionOptions } from '../../src/backends/onnx/runtime';
import { TargetReader } from '../../src/backends/onnx/targets';
import { createNetwork } from '../../src/models/network';
import { openSafetensorsWeights } from '../../src/models/formats/safetensorsWeights';
import type { Objective } from '../../src/nst/executor';
import type { FloatImage } from '../../src/nst/image';
import type { ObjectiveSpec } from '../../src/nst/objective';
import type { RunState } from '../../src/nst/runState';
import { Stylization, type StylizePlan } from '../../src/nst/stylize';
import { layersRead } from '../../src/nst/terms/layersRead';
import { readTargets } from '../../src/nst/terms/readTargets';
import { termsOf, ungrouped } from '../../src/nst/terms/term';
import { resourcePath } from '../../src/common/resources';
import { picture } from '../picture';
import { syntheticNetwork } from '../syntheticNetwork';

const styleLayers = ['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'] as const;
const spec: ObjectiveSpec = {
  terms: termsOf({ content: ['conv4_2'], style: styleLayers }),
  ...{ pooling: 'avg', padding: 'zero', tap: 'post', units: 'mean' },
};
const strengths = ungrouped({
  content: { conv4_2: 1 },
  style: Object.fromEntries(styleLayers.map(layer => [layer, 60])),
  tv: 60,
});

async function objectiveOf(
  side: number,
  layout: MapLayout,
  resident: boolean,
  inBands: boolean,
): Promise<Objective<Float32Array>> {
  const runtime = await loadRuntime('webgpu', 0);
  const options = sessionOptions('webgpu', 0, layout);
  const network = syntheticNetwork();
  const layers = { content: layersRead(spec.terms, 'features'), style: layersRead(spec.terms, 'moments') };
  const reader = await TargetReader.create(runtime, options, network, layers, spec);
  const [content, style] = [picture(side, 1), picture(side, 2)];
  const { targets } = await readTargets(
    { spec, content, styles: [{ image: style, weight: 1 }] },
    { content: () => reader.content(content), moments: ({ image }) => reader.moments(image) },
  );
  await reader.dispose();
  const given = new GivenTensors(runtime);
  const context: GraphContext = { runtime, options, network, method: 'direct', given, resident };
  const size = { width: side, height: side };
  return (inBands ? BandedObjective : OnnxObjective).create(context, spec, size, targets);
}

/** Milliseconds of evaluations after the first, for at most ten of them or ten seconds. */
async function times(objective: Objective<Float32Array>, side: number) {
  const image = picture(side, 3).data;
  const all: number[] = [];
  const begin = performance.now();
  while (all.length < 2 || (all.length < 11 && performance.now() - begin < 10_000)) {
    const start = performance.now();
    await objective.evaluate(image, strengths);
    all.push(performance.now() - start);
  }
  const [first, ...rest] = all;
  return { firstMs: first, bestMs: Math.min(...rest), evaluations: rest.length };
}

async function speed([side = '256', layout = 'NHWC', targets = 'resident', maps = 'whole']: string[]) {
  const objective = await objectiveOf(
    Number(side),
    layout as MapLayout,
    targets === 'resident',
    maps === 'bands',
  );
  return { side, layout, targets, maps, ...(await times(objective, Number(side))) };
}

async function grow([side = '256']: string[]) {
  try {
    const objective = await objectiveOf(Number(side), 'NHWC', true, false);
    const start = performance.now();
    const { losses } = await objective.evaluate(picture(Number(side), 3).data, strengths);
    return { side, ms: performance.now() - start, total: losses.total };
  } catch (error) {
    return { side, error: error instanceof Error ? error.message : String(error) };
  }
}

async function resume() {
  const size = { width: 128, height: 128 };
  const network = createNetwork(openSafetensorsWeights(resourcePath('models/lite.safetensors')), 'lite');
  const plan: StylizePlan = {
    ...{ scales: [{ size, steps: 40 }], spec, strengths },
    ...{ optimizer: { kind: 'lbfgs' }, init: 'content', seed: 1 },
  };
  const sources = {
    content: () => Promise.resolve(picture(128, 1)),
    styles: () => Promise.resolve([{ image: picture(128, 2), weight: 1 }]),
    start: () => Promise.resolve(picture(128, 1)),
  };
  /** Up to so many steps; the state is copied, as a checkpoint would. */
  const run = async (until: number, saved?: RunState) => {
    const executor = await OnnxExecutor.create(network, { provider: 'webgpu', threads: 0 });
    const stylization = new Stylization(executor, plan, sources, saved);
    let image: FloatImage | undefined;
    for await (const step of stylization.run()) {
      image = step.image();
      if (step.step === until) break;
    }
    const state = structuredClone(stylization.save());
    await stylization.dispose();
    await executor.dispose();
    const hash = createHash('sha256').update(new Uint8Array(image!.data.slice().buffer)).digest('hex');
    return { state, hash };
  };
  const through = await run(40);
  const again = await run(40);
  const resumed = await run(40, (await run(20)).state);
  return {
    through: through.hash,
    again: again.hash,
    resumed: resumed.hash,
    same: through.hash === again.hash && through.hash === resumed.hash,
  };
}

async function main(): Promise<void> {
  const [command, ...args] = process.argv.slice(2);
  const result =
    command === 'speed' ? await speed(args) : command === 'grow' ? await grow(args) : await resume();
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit());
}

void main();
