import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../src/common/version';
import { readImage } from '../../src/images/decode';
import { encodeImage } from '../../src/images/encode';
import { recipeIn } from '../../src/images/recipe';
import { readJob } from '../../src/jobs/folder';
import { completeRecipe, readRecipeFile } from '../../src/recipe/recipeFile';
import { firstEdition } from '../networks/firstEdition';
import { Workshop } from './stage/workshop';

/**
 * Written by the last version whose recipes had no statistics; the job was stopped at step 20 of 60. Its lite was the first
 * edition, which is put in the place of today's.
 */
const older = path.resolve(__dirname, 'older');

const workshop = new Workshop();
const job = path.join(workshop.storage, 'jobs', '20261130-180811-773-b26a');
beforeAll(async () => {
  await workshop.open();
  for (const name of ['content.png', 'style.png', 'painting.png', 'resumed.png'])
    fs.copyFileSync(path.join(older, name), workshop.at(name));
  fs.cpSync(path.join(older, 'job'), job, { recursive: true });
  const recipe = path.join(job, 'recipe.json');
  const text = fs.readFileSync(recipe, 'utf8').replaceAll('$FOLDER', workshop.pictures);
  fs.writeFileSync(recipe, text.replace('"model": "lite"', `"model": ${JSON.stringify(firstEdition)}`));
});
afterAll(() => workshop.close());

/** Mean difference of two pictures, in steps of an 8-bit file. */
async function difference(one: string, other: string): Promise<number> {
  const [a, b] = await Promise.all(
    [one, other].map(async file => {
      const image = await readImage(file);
      return (await image.at(image)).data;
    }),
  );
  return (255 * a!.reduce((sum, value, i) => sum + Math.abs(value - b![i]!), 0)) / a!.length;
}

describe('what an older version wrote', () => {
  it('is a job that can be read and resumed, to the picture that it would have become', async () => {
    expect(readJob(job)).toMatchObject({
      recipe: { statistics: 'gram', tv: 200 },
      state: { status: 'stopped', step: 20 },
      resumable: true,
    });
    expect(readJob(job).remark).toBeUndefined();
    const { code, stderr } = await workshop.cli('resume', path.basename(job));
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^atelier: [^\n]* as they are now\.\n$/)]);
    const { output = '' } = readJob(job).state;
    expect(await difference(output, workshop.at('resumed.png'))).toBeLessThan(0.5);
    expect(JSON.parse((await recipeIn(output)) ?? '')).toMatchObject({
      atelier: version,
      statistics: 'gram',
    });
  });

  it('is a painting that can be painted again from the recipe inside it', async () => {
    expect(await workshop.cli('run', 'painting.png')).toMatchObject({ code: 0 });
    const inside = JSON.parse((await recipeIn(workshop.at('painting.png'))) ?? '') as object;
    const recipe = workshop.at('inside.atelier.json');
    fs.writeFileSync(recipe, JSON.stringify({ ...inside, model: firstEdition }));
    expect(await workshop.cli('run', recipe)).toMatchObject({ code: 0 });
    const { output = '' } = readJob(workshop.jobs().at(-1) ?? '').state;
    expect(await difference(output, workshop.at('painting.png'))).toBeLessThan(0.5);
    const { atelier, ...again } = JSON.parse((await recipeIn(output)) ?? '') as Record<string, unknown>;
    expect(atelier).toBe(version);
    expect(again).toMatchObject({
      ...{ ...inside, statistics: 'gram' },
      model: expect.stringMatching(/lite-1\.safetensors$/) as string,
    });
  });

  it('is a recipe that means what it meant', () => {
    const file = workshop.at('older.atelier.json');
    fs.copyFileSync(path.join(job, 'recipe.json'), file);
    expect(completeRecipe(readRecipeFile(file))).toMatchObject({
      statistics: 'gram',
      ratio: 1 / 40,
      tv: 200,
    });
  });
});

describe('what a newer version wrote', () => {
  it('is painted but for what is not known, which is named', async () => {
    const file = workshop.at('newer.png');
    const image = await readImage(workshop.at('painting.png'));
    const before = JSON.parse((await recipeIn(workshop.at('painting.png'))) ?? '') as object;
    const newer = { atelier: '99.0.0', statistics: 'gram', never: 1, model: firstEdition };
    const recipe = JSON.stringify({ ...before, ...newer });
    fs.writeFileSync(file, await encodeImage(await image.at(image), { format: 'png', recipe }));
    const { code, stderr } = await workshop.cli('run', 'newer.png');
    expect(code).toBe(0);
    expect(stderr).toContain(
      `newer.png was written by Atelier 99.0.0. This is ${version}, which does not know never, so the painting may differ.`,
    );
    const { output = '' } = readJob(workshop.jobs().at(-1) ?? '').state;
    expect(await difference(output, workshop.at('painting.png'))).toBeLessThan(0.5);
  });
});
