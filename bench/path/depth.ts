// How steep the preconditioner should be for objectives of every depth, with `lite`. Needs ../shared/images.
// Command: npx tsx bench/path/depth.ts [SIDE] [EVALUATIONS]   (prints the Markdown table of bench/path.md)
import * as path from 'node:path';
import sharp from 'sharp';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import { openNetwork } from '../../src/models/openNetwork';
import { hostVectors } from '../../src/nst/optimizers/hostVectors';
import type { FloatImage } from '../../src/nst/image';
import { Lbfgs } from '../../src/nst/optimizers/lbfgs';
import { gainsOf, HostPreconditioner } from '../../src/nst/optimizers/preconditioner';
import { noiseImage, Random } from '../../src/nst/random';
import type { LayerName } from '../../src/nst/vgg19';
import { termsOf, ungrouped } from '../../src/nst/terms/term';

const STYLE: readonly LayerName[] = ['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'];
const CONTENT: readonly LayerName[] = ['conv1_2', 'conv2_2', 'conv3_2', 'conv4_2', 'conv4_2'];
const EXPONENTS = [0, 0.2, 0.4, 0.6, 0.8];

/** Evaluations until the loss is at most `bound`, or a dash. */
function countTo(losses: readonly number[], bound: number): string {
  const at = losses.findIndex(loss => loss <= bound);
  return at < 0 ? '–' : String(at + 1);
}

async function read(kind: string, name: string, side: number): Promise<FloatImage> {
  const file = path.resolve(__dirname, '../../../shared/images', kind, `${name}.jpg`);
  const bytes = await sharp(file).resize(side, side, { fit: 'cover' }).removeAlpha().raw().toBuffer();
  const area = side * side;
  const data = new Float32Array(3 * area);
  for (let i = 0; i < area; i++) for (let c = 0; c < 3; c++) data[c * area + i] = bytes[3 * i + c]! / 255;
  return { width: side, height: side, data };
}

async function main(): Promise<void> {
  const [side = 96, evaluations = 120] = process.argv.slice(2).map(Number);
  const executor = await OnnxExecutor.create(await openNetwork('lite'), { provider: 'cpu', threads: 1 });
  const [content, style] = [await read('content', 'louvre', side), await read('style', 'starry-night', side)];
  console.log(`| deepest layers | start | to | ${EXPONENTS.join(' | ')} |`);
  console.log(`| - | - | - | ${EXPONENTS.map(() => '-').join(' | ')} |`);
  for (let depth = 1; depth <= STYLE.length; depth++) {
    for (const start of ['content', 'noise'] as const) {
      const styleLayers = STYLE.slice(0, depth);
      const contentLayers = start === 'content' ? [CONTENT[depth - 1]!] : [];
      const objective = await executor.prepare({
        spec: {
          terms: termsOf({ content: contentLayers, style: styleLayers }),
          ...{ pooling: 'avg', padding: 'zero', tap: 'post', units: 'mean' },
        },
        content,
        styles: [{ image: style, weight: 1 }],
      });
      const styleWeight = (start === 'content' ? 200 : 1) / depth;
      const strengths = ungrouped({
        content: Object.fromEntries(contentLayers.map(layer => [layer, 1])),
        style: Object.fromEntries(styleLayers.map(layer => [layer, styleWeight])),
        tv: 0,
      });
      const curves: number[][] = [];
      for (const exponent of EXPONENTS) {
        const losses: number[] = [];
        const image = start === 'content' ? content : noiseImage(content, Random.seeded(3));
        const preconditioner = new HostPreconditioner(content, gainsOf(content, exponent));
        const optimizer = new Lbfgs(hostVectors, image.data.slice(), preconditioner);
        while (losses.length < evaluations) {
          await optimizer.step(async x => {
            const { losses: found, gradient } = await objective.evaluate(x, strengths);
            losses.push(found.total);
            return { value: found.total, gradient };
          });
        }
        curves.push(losses);
      }
      const [bound, meaning] =
        start === 'content'
          ? [1.05 * Math.min(...curves.flat()), 'best + 5 %']
          : [0.02 * curves[0]![0]!, '2 % of the start'];
      const layers = [...contentLayers, styleLayers.at(-1)].join(', ');
      console.log(
        `| ${[layers, start, meaning, ...curves.map(losses => countTo(losses, bound))].join(' | ')} |`,
      );
      await objective.dispose();
    }
  }
  await executor.dispose();
}

void main();
