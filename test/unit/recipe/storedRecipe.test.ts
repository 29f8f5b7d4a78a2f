import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { formatMessage } from '../../../src/common/messages';
import { version } from '../../../src/common/version';
import { createJob, jobFiles, listJobs, readJob } from '../../../src/jobs/folder';
import { presets } from '../../../src/recipe/presets';
import { completeRecipe } from '../../../src/recipe/recipeFile';
import { fromStored, toStored } from '../../../src/recipe/storedRecipe';
import { problem } from './problem';

const recipe = {
  ...presets.studio,
  content: '/a.jpg',
  styles: [{ image: '/b.jpg', weight: 1 }],
};
const { statistics: _statistics, ...older } = recipe;

describe('a recipe that Atelier has written', () => {
  it('names the version, and reads back as it was', () => {
    expect(toStored(recipe)).toEqual({ atelier: version, ...recipe });
    expect(fromStored(JSON.parse(JSON.stringify(toStored(recipe))), 'job')).toEqual({ recipe });
  });

  it('has the value of before for a field that came later, also in a file of its own', () => {
    expect(fromStored({ atelier: '0.0.1', ...older }, 'job')).toEqual({
      recipe: { ...older, statistics: 'gram' },
    });
    const { padding: _padding, ...first } = older;
    expect(fromStored(first, 'job').recipe).toMatchObject({ padding: 'zero', statistics: 'gram' });
    expect(completeRecipe(first)).toMatchObject({ padding: 'zero', statistics: 'gram' });
    const { steps: _steps, ...cut } = older;
    expect(completeRecipe(cut).statistics).toBe('bures');
    expect(completeRecipe({ atelier: '0.0.1', ...cut }).statistics).toBe('gram');
  });

  it('says what it does not know of a newer version, and does the rest', () => {
    const styles = [{ image: '/b.jpg', weight: 1, region: 'sky.png' }];
    const { recipe: read, remark } = fromStored(
      { atelier: '9.0.0', ...recipe, styles, never: 3 },
      'painting.png',
    );
    expect(read).toEqual(recipe);
    expect(remark && formatMessage(remark)).toBe(
      `painting.png was written by Atelier 9.0.0. This is ${version}, which does not know styles[0].region, never, so the painting may differ.`,
    );
    const unsigned = fromStored({ ...recipe, never: 3 }, 'painting.png');
    expect(unsigned.remark && formatMessage(unsigned.remark)).toBe(
      `painting.png: Atelier ${version} does not know never, so the painting may differ.`,
    );
  });

  it('is refused, by its version, where a value is none that is known', () => {
    const read = (fields: object) => problem(() => fromStored({ ...recipe, ...fields }, 'job'));
    const newer = read({ atelier: '9.0.0', optimizer: 'shampoo' });
    expect(newer.message).toBe('job: \'optimizer\' must be one of lbfgs or adam, not "shampoo".');
    expect(newer.next).toBe(`It was written by Atelier 9.0.0; this is ${version}.`);
    expect(read({ atelier: version, steps: 0 }).next).toBeUndefined();
    expect(read({ contentLayers: { conv4_2: 1, conv9_9: 1 } }).code).toBe('layer-unknown');
    for (const nothing of [null, [], 'text', 3])
      expect(problem(() => fromStored(nothing, 'job')).message).toContain('a recipe is an object of fields');
  });
});

describe('jobs of other versions', () => {
  const storage = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-stored-'));
  afterAll(() => fs.rmSync(storage, { recursive: true }));

  it('are all listed', () => {
    const folder = createJob(storage, recipe);
    const file = path.join(folder, jobFiles.recipe);
    expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toEqual(toStored(recipe));
    expect(readJob(folder)).toMatchObject({ recipe });
    expect(readJob(folder).remark).toBeUndefined();

    const before = createJob(storage, recipe);
    fs.writeFileSync(path.join(before, jobFiles.recipe), JSON.stringify(older));
    const after = createJob(storage, recipe);
    fs.writeFileSync(
      path.join(after, jobFiles.recipe),
      JSON.stringify({ ...toStored(recipe), atelier: '9.0.0', never: 3 }),
    );
    const jobs = new Map(listJobs(storage).map(job => [job.folder, job]));
    expect(jobs.get(before)?.recipe.statistics).toBe('gram');
    expect(jobs.get(after)?.recipe).toEqual(recipe);
    expect(jobs.get(after)?.remark).toBeDefined();
  });
});
