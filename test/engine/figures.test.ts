import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeImage } from '../../src/images/decode';
import type { LossCurve } from '../../src/engine/figures/lossCurve';
import type { FloatImage } from '../../src/nst/image';
import { writePicture } from './stage/pictures';
import { ended, until, Workshop } from './stage/workshop';

interface Index {
  readonly pictures: readonly {
    readonly id: string;
    readonly file: string;
    readonly relativeLoss?: number;
    readonly psnr?: number;
    readonly losses?: { readonly content: number };
    readonly course: LossCurve;
  }[];
}

describe('the figures of the paper', () => {
  let shop: Workshop;

  beforeEach(async () => {
    shop = await new Workshop().open();
  });
  afterEach(() => shop.close());

  const index = (folder: string): Index =>
    JSON.parse(fs.readFileSync(path.join(shop.at(folder), 'figure.json'), 'utf8')) as Index;
  const picture = async (folder: string, id: string): Promise<FloatImage> => {
    const image = await decodeImage(fs.readFileSync(path.join(shop.at(folder), `${id}.png`)), id);
    return image.at(image);
  };

  it('reconstructs the content well from conv1_1, and worse with depth', async () => {
    const asked = [
      'reconstruct',
      '--content',
      'content.png',
      '--size',
      '64',
      '--steps',
      '60',
      '-o',
      'figure',
    ];
    const { code, stdout } = await shop.cli(...asked, '--json');
    expect(code).toBe(0);
    const told = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { event: string; picture?: string; psnr?: number })
      .filter(({ event }) => event === 'picture');
    expect(told.map(({ picture }) => picture)).toEqual(
      ['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'].map(layer => `content-${layer}`),
    );
    const ratios = told.map(({ psnr }) => psnr ?? NaN);
    const content = await decodeImage(fs.readFileSync(shop.at('content.png')), 'content.png');
    for (const [i, { id, psnr: noted }] of index('figure').pictures.entries()) {
      expect(noted).toBe(ratios[i]);
      // The file has 8 bits, which counts where the picture is nearly perfect.
      const made = await picture('figure', id);
      const measured = psnr(made, await content.at(made));
      if (measured < 45) expect(Math.abs(measured - (ratios[i] ?? NaN)), id).toBeLessThan(0.3);
    }
    // After 60 steps; the default, 200, leaves nothing to be seen (bench/figures.md).
    expect(ratios[0]).toBeGreaterThan(28);
    expect(ratios).toEqual([...ratios].sort((a, b) => b - a));
    expect((await shop.cli(...asked)).stdout).toContain(`content-conv1_1: PSNR ${ratios[0]?.toFixed(1)} dB`);
    const page = fs.readFileSync(path.join(shop.at('figure'), 'index.html'), 'utf8');
    for (const text of [`PSNR ${ratios[4]?.toFixed(1)} dB`, 'conv5_1', 'white noise, seed 0'])
      expect(page).toContain(text);
    // The pictures and the content, a curve for each picture, and what it took.
    expect(page.match(/<img /g)).toHaveLength(6);
    expect(page.match(/<path /g)).toHaveLength(5);
    for (const { course: lossCurve } of index('figure').pictures) {
      expect(lossCurve.evaluations).toBeGreaterThanOrEqual(60);
      expect(lossCurve.at).toHaveLength(60);
      expect(page).toContain(`${lossCurve.evaluations} evaluations`);
    }
    expect(page).not.toMatch(/<script|(?:src|href)="(?!data:)/i);
    expect(page.replaceAll(/"data:[^"]*"/g, '')).not.toContain('NaN');
    expect((await picture('figure', 'sheet')).width).toBeGreaterThan(5 * 64);
  });

  it('reconstructs the style of growing subsets to under 2 % of the starting loss', async () => {
    // At conv5_1 a smaller picture has so few positions that its Gram matrix takes much longer to match.
    await writePicture(shop.at('square.png'), { width: 96, height: 96, kind: 'stripes' });
    await shop.cli('reconstruct', '--style', 'square.png', '--size', '96', '--steps', '100', '-o', 'figure');
    const { pictures } = index('figure');
    expect(pictures).toHaveLength(5);
    for (const { id, relativeLoss } of pictures) expect(relativeLoss, id).toBeLessThan(0.02);
  });

  const grid = [
    'tradeoff',
    'content.png',
    'style.png',
    '--size',
    '48',
    '--steps',
    '12',
    '--draft-steps',
    '4',
  ];

  it(
    'paints the same grid twice, and finishes one that was cut off without painting a cell again',
    { timeout: 300_000 },
    async () => {
      expect((await shop.cli(...grid, '-o', 'whole')).code).toBe(0);
      expect(index('whole').pictures).toHaveLength(20);

      const child = shop.start(process.execPath, [shop.cliEntry, ...grid, '-o', 'cut']);
      const over = ended(child);
      const figure = path.join(shop.at('cut'), 'figure.json');
      await until(
        () => fs.existsSync(figure) && index('cut').pictures.length >= 3,
        'three finished cells',
        200_000,
      );
      child.kill('SIGKILL');
      await over;
      const begun = index('cut').pictures;
      const finished = begun.map(({ file }) => path.join(shop.at('cut'), file));
      const before = finished.map(file => fs.statSync(file).mtimeMs);

      expect((await shop.cli(...grid, '-o', 'cut')).code).toBe(0);
      expect(finished.map(file => fs.statSync(file).mtimeMs)).toEqual(before);
      for (const { file } of index('whole').pictures) {
        const [whole, cut] = ['whole', 'cut'].map(folder =>
          fs.readFileSync(path.join(shop.at(folder), file)),
        );
        expect(whole?.equals(cut ?? Buffer.alloc(0)), file).toBe(true);
      }
      // How the cells came about is known of both halves: only the times differ.
      const lossCurves = (folder: string) =>
        new Map(
          index(folder).pictures.map(({ id, course: { seconds: _, ...lossCurve } }) => [id, lossCurve]),
        );
      expect(lossCurves('cut')).toEqual(lossCurves('whole'));
      for (const { id, course } of begun)
        expect(index('cut').pictures.find(picture => picture.id === id)?.course, id).toEqual(course);
      const page = fs.readFileSync(path.join(shop.at('cut'), 'index.html'), 'utf8');
      // In each of five rows, the content and the style loss of four cells.
      expect(page.match(/<path /g)).toHaveLength(40);
    },
  );

  it('moves from style to content along a row, and says what is wrong', async () => {
    await shop.cli(...grid, '-o', 'whole', '--ratios', '1e-4,1e-1');
    const [styled, plain] = index('whole')
      .pictures.filter(({ id }) => id.startsWith('cell-5-'))
      .sort((a, b) => a.id.localeCompare(b.id))
      .map(({ losses }) => losses?.content ?? NaN);
    expect(plain).toBeLessThan(styled ?? NaN);
    expect((await shop.cli(...grid, '--ratios', '0,1')).code).toBe(3);
    expect((await shop.cli('reconstruct')).code).toBe(2);
    expect((await shop.cli('reconstruct', '--content', 'missing.png')).code).toBe(3);
  });
});

/** Peak signal-to-noise ratio in dB of images in [0, 1]. */
function psnr(a: FloatImage, b: FloatImage): number {
  const squared =
    a.data.reduce((sum, value, i) => sum + (value - (b.data[i] ?? NaN)) ** 2, 0) / a.data.length;
  return -10 * Math.log10(squared);
}
