// One process that times loss + gradient of our graph and prints one JSON line.
// Arguments: MODEL (synthetic, or a name or file as for --model), SIZE, THREADS, ITERATIONS.
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import { openNetwork } from '../../src/models/openNetwork';
import { syntheticNetwork } from '../syntheticNetwork';
import { picture } from '../picture';
import { termsOf, ungrouped } from '../../src/nst/terms/term';

async function main(): Promise<void> {
  const [model = 'synthetic', size = '256', threads = '2', iterations = '5', convolution] =
    process.argv.slice(2);
  const network = model === 'synthetic' ? syntheticNetwork() : await openNetwork(model);
  const executor = await OnnxExecutor.create(network, {
    provider: 'cpu',
    threads: Number(threads),
    convolution: convolution === 'direct' ? 'direct' : 'winograd',
  });
  const side = Number(size);
  const styleLayers = ['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'] as const;
  const created = performance.now();
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
  const createMs = performance.now() - created;
  const strengths = ungrouped({
    content: { conv4_2: 1 },
    style: Object.fromEntries(styleLayers.map(layer => [layer, 60])),
    tv: 60,
  });
  const image = picture(side, 3).data;
  const wall: number[] = [];
  const cpu: number[] = [];
  for (let i = 0; i < Number(iterations) + 2; i++) {
    const start = performance.now();
    const used = process.cpuUsage();
    await objective.evaluate(image, strengths);
    if (i < 2) continue;
    wall.push(performance.now() - start);
    const { user, system } = process.cpuUsage(used);
    cpu.push((user + system) / 1000);
  }
  const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  console.log(
    JSON.stringify({ ms: median(wall), min: Math.min(...wall), cpuMs: median(cpu), createMs, peakMiB }),
  );
}

void main();
