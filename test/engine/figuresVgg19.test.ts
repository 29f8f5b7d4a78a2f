import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { expect, it } from 'vitest';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import { FigureFolder } from '../../src/engine/figures/figureFolder';
import { figureLayers } from '../../src/engine/figures/figureLayers';
import type { FigureInput } from '../../src/protocol/request';
import { findOrCreateFigure } from '../../src/engine/figures/planFigure';
import { readFigure } from '../../src/engine/figures/storedFigure';
import { paintReconstructions } from '../../src/engine/figures/reconstructFigure';
import { readImage } from '../../src/images/decode';
import { openNetwork } from '../../src/models/openNetwork';
import { contentReconstructions, FIGURE_1_LAYERS } from '../../src/nst/reconstruct';
import { describeShared, sharedPath } from '../shared';
import { writePicture } from './stage/pictures';
import { Workshop } from './stage/workshop';

const mirrored = sharedPath(
  'mirror/DavidCai1993/vgg19-tensorflowjs-model/08d09052bc6258d3abdfa341850122fc4b746db6/model',
);

describeShared('content reconstructions of VGG-19', () => {
  it('are nearly perfect from conv1_1 and worse with depth, for the layers that are there', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-figures-'));
    const network = await openNetwork(mirrored, { deepest: 'conv3_4' });
    const executor = await OnnxExecutor.create(network, { provider: 'cpu', threads: 2 });
    try {
      const layers = figureLayers(network, undefined, FIGURE_1_LAYERS);
      expect(layers).toEqual(['conv1_1', 'conv2_1', 'conv3_1']);
      await writePicture(path.join(folder, 'content.png'), { width: 48, height: 36, kind: 'hills' });
      const pictures = await paintReconstructions(
        executor,
        new FigureFolder(path.join(folder, 'figure'), 'vgg19'),
        {
          reconstructions: contentReconstructions(layers),
          image: await readImage(path.join(folder, 'content.png')),
          side: 48,
          steps: 250,
          reading: { seed: 0, pooling: 'avg', padding: 'zero', tap: 'post' },
        },
        () => undefined,
        () => Promise.resolve(),
      );
      const ratios = pictures.map(({ psnr }) => psnr ?? NaN);
      expect(ratios[0]).toBeGreaterThan(35);
      expect(ratios).toEqual([...ratios].sort((a, b) => b - a));
    } finally {
      await executor.dispose();
      fs.rmSync(folder, { recursive: true });
    }
  });

  it('are all that the panel asks for, and its grid has a row for each of those layers', async () => {
    const storage = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-figures-'));
    try {
      const input = { content: '/photo.jpg', size: 64, model: mirrored } as const;
      const asked = async (wanted: FigureInput) =>
        readFigure(await findOrCreateFigure(storage, wanted)).request;
      expect(await asked({ kind: 'reconstructions', ...input })).toMatchObject({
        layers: ['conv1_1', 'conv2_1', 'conv3_1'],
      });
      const grid = await asked({ kind: 'tradeoff', ...input, styles: ['swatch:mosaic'] });
      if (grid.kind !== 'tradeoff') throw new Error('no grid');
      expect(grid.rows.values).toHaveLength(3);
      expect(grid.base.contentLayers).toEqual({ conv3_4: 1 });
    } finally {
      fs.rmSync(storage, { recursive: true });
    }
  });

  it('are made by the command line from files that end at conv3_4, which names a layer that is not there', async () => {
    const shop = await new Workshop().open();
    try {
      const figure = ['--model', mirrored, '--size', '32', '--steps', '4', '-o', 'figure'];
      const made = await shop.cli('reconstruct', '--content', 'content.png', ...figure);
      expect(made, made.stderr).toMatchObject({ code: 0 });
      expect(made.stdout.match(/content-conv\d_\d/g)).toEqual([
        'content-conv1_1',
        'content-conv2_1',
        'content-conv3_1',
      ]);

      const sentence = (layer: string) =>
        `The network model has no layer ${layer}. It has conv1_1, conv1_2, conv2_1, conv2_2, conv3_1, conv3_2, conv3_3, conv3_4.`;
      const said = (stderr: string) => stderr.replace(/\s+/g, ' ');
      const deep = await shop.cli(
        'reconstruct',
        '--content',
        'content.png',
        ...figure,
        '--layers',
        'conv4_1',
      );
      expect(deep.code).toBe(3);
      expect(said(deep.stderr)).toContain(sentence('conv4_1'));
      const images = ['content.png', 'style.png'];
      const deepGrid = await shop.cli('tradeoff', ...images, ...figure, '--draft-steps', '2');
      expect(deepGrid.code).toBe(3);
      expect(said(deepGrid.stderr)).toContain(sentence('conv4_2'));
      const layers = ['--style-layers', 'conv1_1,conv2_1', '--content-layers', 'conv2_2'];
      const grid = await shop.cli(
        'tradeoff',
        ...images,
        ...figure,
        '--draft-steps',
        '2',
        ...layers,
        '--ratios',
        '1e-3',
      );
      expect(grid, grid.stderr).toMatchObject({ code: 0 });

      const painting = ['stylize', ...images, '--model', mirrored, '--preset', 'article', '--size', '32'];
      const whole = await shop.cli(...painting, '--steps', '4');
      expect(whole.code).toBe(3);
      expect(said(whole.stderr)).toContain('The network model has no layer conv4_1.');
      const painted = await shop.cli(...painting, '--steps', '4', ...layers);
      expect(painted, painted.stderr).toMatchObject({ code: 0 });
    } finally {
      await shop.close();
    }
  });
});
