// Figure 1 in numbers: how near the reconstructions of a content and of a style come, layer by layer.
// Command: npx tsx bench/figures/reconstructions.ts [MODEL] [SIZE] [STEPS]
// MODEL: lite (default), an installed network, or a weight file, read as far as it goes. Writes out/figures/MODEL.
import * as path from 'node:path';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import { writeContactSheet } from '../../src/engine/figures/page/contactSheet';
import { FigureFolder, type FigurePicture } from '../../src/engine/figures/figureFolder';
import { figureLayers } from '../../src/engine/figures/figureLayers';
import { paintReconstructions } from '../../src/engine/figures/reconstructFigure';
import { readImage } from '../../src/images/decode';
import { openFigureNetwork } from '../../src/engine/figures/figureNetwork';
import { modelsFolder } from '../../src/models/folder';
import { contentReconstructions, FIGURE_1_LAYERS, styleReconstructions } from '../../src/nst/reconstruct';

const CONTENT = 'media/samples/still-life.jpg';
const STYLE = 'media/swatches/mosaic.jpg';

async function main(): Promise<void> {
  const [model = 'lite', side = '224', steps = '200'] = process.argv.slice(2);
  const network = await openFigureNetwork(model, FIGURE_1_LAYERS, modelsFolder());
  const executor = await OnnxExecutor.create(network, { provider: 'cpu', threads: 2 });
  const folder = path.join('out/figures', `${network.name}-${side}-${steps}`);
  const figure = new FigureFolder(folder, JSON.stringify([network.fingerprint, side, steps]));
  const layers = figureLayers(network, undefined, FIGURE_1_LAYERS);
  console.log('| picture | PSNR (dB) | loss relative to the start (%) |\n| - | - | - |');
  const rows: (readonly FigurePicture[])[] = [];
  for (const [file, reconstructions] of [
    [CONTENT, contentReconstructions(layers)],
    [STYLE, styleReconstructions(layers)],
  ] as const) {
    const row: FigurePicture[] = [];
    const image = await readImage(file);
    for (const one of reconstructions) {
      const [picture] = await paintReconstructions(
        executor,
        figure,
        {
          reconstructions: [one],
          ...{ image, side: Number(side), steps: Number(steps) },
          reading: { seed: 0, pooling: 'avg', padding: 'zero', tap: 'post' },
        },
        () => undefined,
        () => Promise.resolve(),
      );
      if (picture === undefined) throw new Error(`${one.id} was not painted`);
      const { id, psnr, relativeLoss = NaN } = picture;
      console.log(`| ${id} | ${psnr?.toFixed(1) ?? ''} | ${(100 * relativeLoss).toPrecision(2)} |`);
      row.push(picture);
    }
    rows.push(row);
  }
  await writeContactSheet(figure, rows);
  await executor.dispose();
}

void main();
