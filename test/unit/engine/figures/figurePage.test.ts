import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeContactSheet } from '../../../../src/engine/figures/page/contactSheet';
import { FigureFolder, type FigurePicture } from '../../../../src/engine/figures/figureFolder';
import { ENGLISH, readLanguage, type Language } from '../../../../src/engine/figures/page/language';
import { planFigure } from '../../../../src/engine/figures/planFigure';
import { writeReconstructionsPage } from '../../../../src/engine/figures/page/reconstructPage';
import { writeTradeoffPage } from '../../../../src/engine/figures/page/tradeoffPage';
import { labelOf } from '../../../../src/engine/figures/axis';
import type { FloatImage } from '../../../../src/nst/image';
import { msg, verbatim } from '../../../../src/common/messages';

const root = path.resolve(__dirname, '../../../..');
const bundle = path.join(root, 'l10n/bundle.l10n.zh-cn.json');
const chinese = readLanguage({ tag: 'zh-cn', bundle });
const content = path.join(root, 'media/samples/still-life.jpg');
const style = 'swatch:mosaic';
const lossCurve = { seconds: 61, evaluations: 9, at: [1, 9], losses: { relative: [1, 0.01] } };
const dot: FloatImage = { width: 2, height: 2, data: new Float32Array(12).fill(0.5) };

describe('the page of a figure', () => {
  let folder: string;
  let figure: FigureFolder;
  let reconstructed: FigurePicture;
  let cell: FigurePicture;

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-page-'));
    figure = new FigureFolder(folder, 'asked');
    const measures = { psnr: 41.26, relativeLoss: 0.0123, course: lossCurve };
    reconstructed = await figure.add({ id: 'a', column: msg`content ${'conv1_1'}`, ...measures }, dot);
    const grid = planFigure({ kind: 'tradeoff', content, styles: [style], size: 64, model: 'lite' });
    if (grid.kind !== 'tradeoff') throw new Error('no grid');
    const place = { row: labelOf(grid.rows, 1), column: labelOf(grid.columns, 3) };
    cell = await figure.add({ id: 'b', ...place, losses: { content: 0.5, style: 0.25 } }, dot);
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  /** Without what is not text: styles and pictures. */
  const read = (file: string): string =>
    fs
      .readFileSync(file, 'utf8')
      .replace(/<style>.*?<\/style>/s, '')
      .replaceAll(/"data:[^"]*"/g, '""');
  const reconstructions = async (language: Language): Promise<string> => {
    const facts = { content, side: 64, steps: 9, seed: 7, network: 'lite', device: 'CPU' };
    return read(await writeReconstructionsPage(figure, [[reconstructed]], facts, language));
  };
  const grid = async (language: Language): Promise<string> => {
    const request = planFigure({ kind: 'tradeoff', content, styles: [style], size: 64, model: 'lite' });
    if (request.kind !== 'tradeoff') throw new Error('no grid');
    return read(
      await writeTradeoffPage(figure, [[cell]], request, { network: 'lite', device: 'CPU' }, language),
    );
  };

  it('is in English unless told otherwise', async () => {
    const page = await reconstructions(ENGLISH);
    for (const text of [
      '<html lang="en">',
      '<h1>What each layer represents</h1>',
      'Content: still-life.jpg',
      '<strong><b>content conv1_1</b></strong>',
      'PSNR 41.3 dB',
      '1.2 % of the starting loss',
      'white noise, seed 7',
      '1 min 1 s, 9 evaluations',
      'Content: loss relative to the start',
    ])
      expect(page).toContain(text);
    expect(await grid(ENGLISH)).toContain('up to conv2_1 · α/β 0.01');
  });

  it('is in Chinese where the window is, every word of it', async () => {
    const page = await reconstructions(chinese);
    for (const text of [
      '<html lang="zh-cn">',
      '<h1>每一层表示什么</h1>',
      '内容：still-life.jpg',
      '<strong><b>内容 conv1_1</b></strong>',
      'PSNR 41.3 dB',
      '起始损失的 1.2%',
      '白噪声，种子 7',
      '内容：相对于起始的损失',
    ])
      expect(page).toContain(text);
    const table = await grid(chinese);
    for (const text of ['直到 conv2_1 · α/β 0.01', '内容 0.500', '风格 0.250', '热启动', '平均单位'])
      expect(table).toContain(text);
    // Names stay as they are; nothing else is in Latin letters.
    const names =
      /L-BFGS|PSNR|dB|Gram|Gatys|Ecker|Bethge|CPU|lite|ms|conv\d_\d|still-life\.jpg|mosaic\.jpg|1e-\d/g;
    for (const html of [page, table]) {
      const text = html
        .slice(html.indexOf('<body>'))
        .replaceAll(/<[^>]*>/g, ' ')
        .replaceAll(names, '');
      expect(text.match(/[A-Za-z]{2,}/g) ?? []).toEqual([]);
    }
  });

  it('says what the bundle lacks in English, and all of it where there is no bundle', () => {
    expect(readLanguage(undefined)).toBe(ENGLISH);
    expect(readLanguage({ tag: 'zh-cn', bundle: path.join(folder, 'none.json') })).toBe(ENGLISH);
    expect(chinese.format(msg`not ${'in'} any bundle`)).toBe('not in any bundle');
    expect(chinese.format(verbatim('α/β'))).toBe('α/β');
  });

  it('has a contact sheet in the same language', async () => {
    const sheet = async (language: Language) =>
      fs.readFileSync(await writeContactSheet(figure, [[reconstructed]], language));
    const [english, translated] = [await sheet(ENGLISH), await sheet(chinese)];
    expect(english.equals(await sheet(ENGLISH))).toBe(true);
    expect(english.equals(translated)).toBe(false);
  });
});

describe('the plan of a figure', () => {
  const shallow = ['conv1_1', 'conv1_2', 'conv2_1', 'conv2_2', 'conv3_1'] as const;
  const ask = { size: 64, model: 'x', content } as const;

  it('looks only at the layers that the network has', () => {
    expect(planFigure({ kind: 'reconstructions', ...ask }, shallow)).toMatchObject({
      layers: ['conv1_1', 'conv2_1', 'conv3_1'],
    });
    const grid = planFigure({ kind: 'tradeoff', ...ask, styles: [style] }, shallow);
    if (grid.kind !== 'tradeoff') throw new Error('no grid');
    expect(grid.rows.values.map(({ label }) => label)).toEqual([
      'up to conv1_1',
      'up to conv2_1',
      'up to conv3_1',
    ]);
    expect(grid.base.contentLayers).toEqual({ conv3_1: 1 });
  });

  it('is that of the paper for a whole network', () => {
    const grid = planFigure({ kind: 'tradeoff', ...ask, styles: [style] });
    expect(grid).toMatchObject({ base: { contentLayers: { conv4_2: 1 } } });
    if (grid.kind === 'tradeoff') expect(grid.rows.values).toHaveLength(5);
  });
});
