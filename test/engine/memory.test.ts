import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createJob } from '../../src/jobs/folder';
import { presets } from '../../src/recipe/presets';
import { Agent } from './stage/agent';
import { writePicture } from './stage/pictures';
import { ended, Workshop, type Ended } from './stage/workshop';

const workshop = new Workshop();
let folder: string;
beforeAll(async () => {
  await workshop.open();
  await writePicture(workshop.at('large.png'), { width: 640, height: 480, kind: 'hills' });
  const source = 'process.constrainedMemory = process.availableMemory = () => 200e6;';
  fs.writeFileSync(path.join(workshop.folder, 'small.cjs'), source);
  folder = createJob(workshop.storage, {
    ...{ ...presets.preview, steps: 1, size: 320, pyramid: false },
    ...{ content: workshop.at('large.png'), styles: [{ image: workshop.at('style.png'), weight: 1 }] },
    output: workshop.at('resumed.png'),
  });
});
afterAll(() => workshop.close());

/** The command line on a machine with 200 MB of memory. */
function atelier(...args: string[]): Promise<Ended> {
  const env = { NODE_OPTIONS: `--require ${path.join(workshop.folder, 'small.cjs')}` };
  return ended(workshop.start(process.execPath, [workshop.cliEntry, ...args, '--device', 'cpu'], { env }));
}

const REFUSED =
  /large\.png: 320 × 240 pixels need about \d+ MB of memory; 200 MB are available\.\n.*a size of \d+ or less.*--force/s;

it.each([
  ['evaluate', ['large.png', '--content', 'large.png', '--style', 'style.png', '--size', '320']],
  ['reconstruct', ['--style', 'large.png', '--size', '320', '--steps', '1', '-o', 'figure']],
  ['tradeoff', ['large.png', 'style.png', '--size', '320', '-o', 'figure']],
])('%s refuses what needs more memory than there is before it computes', async (command, args) => {
  const { code, stderr } = await atelier(command, ...args);
  expect(stderr).toMatch(REFUSED);
  expect(code).toBe(3);
  expect(fs.existsSync(workshop.at('figure'))).toBe(false);
});

it('resume refuses it, and goes on with it when it is told to', async () => {
  const refused = await atelier('resume', folder);
  expect(refused.stderr).toMatch(REFUSED);
  expect(refused.code).toBe(3);
  expect(fs.existsSync(workshop.at('resumed.png'))).toBe(false);
  const forced = await atelier('resume', folder, '--force');
  expect(forced.stderr).toMatch(/320 × 240 pixels need about \d+ MB of memory, more than is free/);
  expect(forced.code, forced.stderr).toBe(0);
  expect(fs.existsSync(workshop.at('resumed.png'))).toBe(true);
});

it('agents are refused it, before there is a run', async () => {
  const agent = await Agent.start(workshop, [], {
    NODE_OPTIONS: `--require ${path.join(workshop.folder, 'small.cjs')}`,
  });
  const before = workshop.jobs();
  const large = workshop.at('large.png');
  const asked = { content: large, style: workshop.at('style.png'), size: 320, pyramid: false, steps: 1 };
  const { steps: _steps, pyramid: _pyramid, ...measured } = asked;
  for (const answer of [
    await agent.call('stylize_image', asked),
    await agent.call('evaluate_image', { ...measured, image: large }),
  ])
    expect([answer.isError, answer.text]).toEqual([
      true,
      expect.stringMatching(
        /large\.png: 320 × 240 pixels need about .* GB of memory; 0\.2 GB are available\./,
      ),
    ]);
  expect(workshop.jobs()).toEqual(before);
  await agent.client.close();
});
