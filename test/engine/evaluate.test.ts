import * as fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RefereeReport } from '../../src/protocol/reply';
import { firstEdition } from '../networks/firstEdition';
import { describeShared, sharedPath } from '../shared';
import { Workshop } from './stage/workshop';

interface Reference {
  readonly case: {
    readonly network: string;
    readonly units: string;
    readonly pooling: string;
    readonly tap: string;
    readonly contentLayers: string[];
    readonly styleLayers: string[];
    readonly alpha: number;
    readonly beta: number;
    readonly gamma: number;
  };
  readonly losses: { readonly content: Record<string, number>; readonly style: Record<string, number> };
  readonly tv: number;
  readonly total: number;
}

const file = sharedPath('reference/reference.json');
const cases = fs.existsSync(file)
  ? Object.entries(JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, Reference>)
  : [];
const workshop = new Workshop();
beforeAll(() => workshop.open());
afterAll(() => workshop.close());

const near = (value: unknown, expected: number) =>
  expect(Math.abs((value as number) / expected - 1), `${String(value)} against ${expected}`).toBeLessThan(
    1e-5,
  );

interface Evaluated {
  readonly losses: Reference['losses'] & { readonly tv: number };
  readonly total: number;
  readonly units: string;
}

describeShared('evaluate --json gives the reference losses', () => {
  const lite = cases.filter(([, reference]) => reference.case.network === 'lite');
  it('has cases', () => expect(lite.length).toBeGreaterThan(3));

  it.each(lite)('%s', async (_name, { case: asked, losses, tv, total }) => {
    const { code, stdout } = await workshop.cli(
      'evaluate',
      sharedPath('reference/image.png'),
      ...['--content', sharedPath('reference/content.png')],
      ...['--style', sharedPath('reference/style.png')],
      ...['--model', firstEdition],
      ...['--statistics', 'gram', '--objective', asked.units, '--range', '0'],
      ...['--pooling', asked.pooling, '--padding', 'zero', '--tap', asked.tap],
      ...['--content-layers', asked.contentLayers.join()],
      ...['--style-layers', asked.styleLayers.join()],
      ...['--ratio', `${asked.alpha}/${asked.beta}`, '--tv', String(asked.gamma / asked.alpha), '--json'],
    );
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    const evaluated = JSON.parse(stdout) as Evaluated;
    expect(Object.keys(evaluated)).toEqual(['losses', 'total', 'units']);
    expect(Object.keys(evaluated.losses)).toEqual(['content', 'style', 'tv']);
    expect(Object.keys(evaluated.losses.content)).toEqual(asked.contentLayers);
    expect(Object.keys(evaluated.losses.style)).toEqual(asked.styleLayers);
    expect(evaluated.units).toBe(asked.units);
    for (const [layer, value] of Object.entries(losses.content)) near(evaluated.losses.content[layer], value);
    for (const [layer, value] of Object.entries(losses.style)) near(evaluated.losses.style[layer], value);
    near(evaluated.losses.tv, tv);
    // The command line has α = 1.
    near(evaluated.total * asked.alpha, total);
  });
});

describe('evaluate', () => {
  const evaluate = async (...options: string[]) => {
    const { stdout } = await workshop.cli(
      ...['evaluate', 'style.png', '--content', 'content.png', '--style', 'style.png', '--json'],
      ...options,
    );
    return JSON.parse(stdout) as Evaluated;
  };

  it('finds no style loss between an image and itself, and no size without --size', async () => {
    const { losses } = await evaluate();
    expect(Math.max(...Object.values(losses.style))).toBeLessThan(1e-9);
    expect(losses.content.conv4_2).toBeGreaterThan(0.1);
    expect(await evaluate('--size', '0')).toEqual(await evaluate());
    expect((await evaluate('--size', '48')).losses).not.toEqual(losses);
  });

  it('has a referee judge the file, whatever --size says', async () => {
    const { stdout } = await workshop.cli(
      ...['evaluate', 'style.png', '--content', 'content.png', '--style', 'style.png', '--json'],
      ...['--size', '32', '--referee'],
    );
    const { referee } = JSON.parse(stdout) as { referee: RefereeReport };
    expect(referee).toMatchObject({ network: 'lite', independent: false, chroma: 1 });
    // Of the style itself, as it is.
    expect(referee.distance).toBeLessThan(1e-6);
    expect(referee.contentDistance).toBeGreaterThan(0.01);
  });

  it('prints a table for people, and who judges', async () => {
    const { stdout } = await workshop.cli(
      'evaluate',
      'style.png',
      '--content',
      'content.png',
      '--style',
      'style.png',
      '--referee',
      firstEdition,
    );
    expect(stdout).toMatch(/^Losses in mean units, unweighted:\n {2}content conv4_2 +[\d.]+\n/);
    expect(stdout).toMatch(
      /style {3}conv5_1 +\S+\n {2}tv +\S+\n {2}range +\S+\n {2}total \(weighted\) +\S+\n\n/,
    );
    expect(stdout).toMatch(
      /\nJudged by lite-1.safetensors, which did not paint it:\n {2}style {3}conv1_1 +\S+\n/,
    );
    expect(stdout).toMatch(/content error +\S+\n {2}clipped samples +\S+ %\n {2}chroma \/ style +1\.00\n$/);
  });
});
