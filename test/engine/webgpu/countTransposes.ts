// Run by transposes.test.ts where WebGPU sees the software adapter: prints, by order of maps, how many transpositions
// onnxruntime puts into the graph of an evaluation.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type * as Ort from 'onnxruntime-common';
import { MAP_LAYOUTS } from '../../../src/backends/device';
import { OnnxExecutor } from '../../../src/backends/onnx/executor';
import { loadRuntime } from '../../../src/backends/onnx/runtime';
import { resourcePath } from '../../../src/common/resources';
import { openSafetensorsWeights } from '../../../src/models/formats/safetensorsWeights';
import { createNetwork } from '../../../src/models/network';
import type { FloatImage } from '../../../src/nst/image';
import { termsOf } from '../../../src/nst/terms/term';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-transposes-'));
const written = path.join(folder, 'optimized.onnx');
/** `op_type: "Transpose"` of a node. */
const NODE = Buffer.from('\x22\x09Transpose', 'latin1');

function count(bytes: Buffer): number {
  let found = 0;
  for (let at = bytes.indexOf(NODE); at >= 0; at = bytes.indexOf(NODE, at + 1)) found++;
  return found;
}

async function main(): Promise<void> {
  const { InferenceSession } = await loadRuntime('webgpu', 1);
  const create = Reflect.get(InferenceSession, 'create') as (
    model: Uint8Array,
    options: Ort.InferenceSession.SessionOptions,
  ) => Promise<Ort.InferenceSession>;
  const counts: Record<string, number> = {};
  let layout = '';
  Object.assign(InferenceSession, {
    create: async (model: Uint8Array, options: Ort.InferenceSession.SessionOptions) => {
      const optimized = { ...options, optimizedModelFilePath: written };
      const session = await create.call(InferenceSession, model, optimized);
      if (session.outputNames.includes('gradient')) counts[layout] = count(fs.readFileSync(written));
      return session;
    },
  });
  const network = createNetwork(openSafetensorsWeights(resourcePath('models/lite.safetensors')), 'lite');
  const [width, height] = [32, 32];
  const image: FloatImage = { width, height, data: new Float32Array(3 * width * height).fill(0.5) };
  for (layout of MAP_LAYOUTS) {
    const executor = await OnnxExecutor.create(network, {
      ...{ provider: 'webgpu', threads: 1 },
      layout: layout as (typeof MAP_LAYOUTS)[number],
    });
    const objective = await executor.prepare({
      spec: {
        terms: termsOf({ content: ['conv4_2'], style: ['conv1_1', 'conv3_1', 'conv5_1'] }),
        ...{ pooling: 'avg', padding: 'replicate', tap: 'post', units: 'mean' },
      },
      content: image,
      styles: [{ image, weight: 1 }],
    });
    await objective.dispose();
    await executor.dispose();
  }
  fs.rmSync(folder, { recursive: true });
  // What WebGPU's library does while a process ends is not asked for.
  process.stdout.write(JSON.stringify(counts), () => process.exit());
}

void main();
