import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeJsonAtomically } from '../../../src/common/atomicFile';
import { readCheckpoint } from '../../../src/jobs/checkpoint';
import { createJob, readJob, readJobHistory } from '../../../src/jobs/folder';
import { jobFiles } from '../../../src/jobs/jobFiles';
import { presets } from '../../../src/recipe/presets';
import { writeSafetensors } from '../../../src/models/formats/safetensorsWriter';

const storage = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-by-term-'));
afterAll(() => fs.rmSync(storage, { recursive: true }));

const older = { content: { conv4_2: 1 }, style: { conv1_1: 8, conv2_1: 9 }, tv: 60 };
const byTerm = { 'content:conv4_2': 1, 'style:conv1_1': 8, 'style:conv2_1': 9, tv: 60 };

describe('a job folder from before losses were kept by term', () => {
  const folder = createJob(storage, {
    ...presets.studio,
    content: '/c.png',
    styles: [{ image: '/s.png', weight: 1 }],
  });
  const job = JSON.parse(fs.readFileSync(path.join(folder, jobFiles.job), 'utf8')) as { state: object };
  const losses = { ...older, total: null };
  const retunings = [{ step: 1, strengths: older }];
  writeJsonAtomically(path.join(folder, jobFiles.job), {
    ...job,
    state: { ...job.state, status: 'stopped', step: 2, losses, retunings },
  });
  const steps = [1, 2].map(step => ({
    ...{ step, scale: [2, 2], evaluations: step, seconds: step },
    losses: { ...older, total: 3 },
  }));
  fs.writeFileSync(
    path.join(folder, jobFiles.steps),
    steps.map(step => `${JSON.stringify(step)}\n`).join(''),
  );

  it('is read with its losses, its changes and its curves', () => {
    const { state } = readJob(folder);
    expect(state.losses).toEqual({ terms: byTerm, total: NaN });
    expect(state.retunings).toEqual([{ step: 1, strengths: byTerm }]);
    const { terms, total } = readJobHistory(folder);
    expect(total).toEqual([3, 3]);
    expect(Object.keys(terms)).toEqual(Object.keys(byTerm));
    expect(terms['style:conv2_1']).toEqual([9, 9]);
  });

  it('goes on from its checkpoint', async () => {
    const { ratio, contentLayers, styleLayers, tv } = presets.studio;
    const atelier = JSON.stringify({
      ...{ seconds: 2, weighting: { ratio, contentLayers, styleLayers, tv } },
      ...{ scaleIndex: 0, step: 2, evaluations: 3, strengths: older, size: { width: 2, height: 2 } },
      optimizer: { kind: 'lbfgs', numbers: { evaluations: 3 } },
    });
    const position = { name: 'position', shape: [12], values: () => new Float32Array(12) };
    await writeSafetensors(path.join(folder, jobFiles.checkpoint), [position], { atelier });
    expect(readCheckpoint(folder)?.state.strengths).toEqual(byTerm);
  });
});
