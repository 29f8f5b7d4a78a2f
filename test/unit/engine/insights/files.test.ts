import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Insight } from '../../../../src/protocol/insight';
import { Reconstructions } from '../../../../src/engine/insights/reconstructions';
import { GradientOverlays } from '../../../../src/engine/insights/gradientOverlays';
import type { Pictures } from '../../../../src/engine/run/pictures';
import { presets } from '../../../../src/recipe/presets';
import type { Executor } from '../../../../src/nst/executor';

let home: string;
let job: string;
let mine: string;
beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-insights-'));
  job = path.join(home, 'job');
  mine = path.join(home, 'mine.png');
  fs.writeFileSync(mine, 'mine');
});
afterEach(() => fs.rmSync(home, { recursive: true }));

function writeIndex(folder: string, index: unknown): void {
  fs.mkdirSync(path.join(job, folder), { recursive: true });
  fs.writeFileSync(path.join(job, folder, 'index.json'), JSON.stringify(index));
}

it('an index of overlays that names a file outside of the job has it neither shown nor removed', async () => {
  const term = { of: 'style', layer: 'conv1_1' } as const;
  const gradient = { width: 2, height: 2, data: new Float32Array(12).fill(0.5) };
  writeIndex('pulls', { step: 1, files: { 'style-conv1_1': '../mine.png' } });
  const overlays = new GradientOverlays(job, [term]);
  expect(overlays.fileOf(term)).toBeUndefined();
  for await (const drawn of overlays.draw(2, () => Promise.resolve(gradient))) expect(drawn).toBe(term);
  expect(fs.readFileSync(mine, 'utf8')).toBe('mine');
  // Those of its own are replaced, as ever.
  for await (const _ of overlays.draw(3, () => Promise.resolve(gradient)));
  expect(fs.readdirSync(path.join(job, 'pulls')).sort()).toEqual(['index.json', 'style-conv1_1-3.png']);
});

it('an index of reconstructions that names a file outside of the job is none', () => {
  const id = 'style-conv1_1';
  const known = { kind: 'reconstruction', id, of: 'style', layers: ['conv1_1'], state: 'done', progress: 1 };
  writeIndex('reconstructions', [{ ...known, file: '../mine.png' }]);
  const insights: Insight[] = [];
  const recipe = { ...presets.studio, content: '/a.png', styles: [], styleLayers: { conv1_1: 1 } };
  const [pictures, executor] = [{} as Pictures, {} as Executor<unknown>];
  new Reconstructions(job, recipe, pictures, executor, insight => insights.push(insight)).announce();
  expect(insights[0]).toMatchObject({ id, state: 'waiting' });
});
