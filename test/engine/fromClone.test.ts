import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ended, Workshop, type Ended } from './stage/workshop';

const root = path.resolve(__dirname, '../..');
const workshop = new Workshop();
beforeAll(() => workshop.open());
afterAll(() => workshop.close());

/** npm called in a folder. */
function npm(cwd: string, ...args: string[]): Promise<Ended> {
  return ended(workshop.start('npm', args, { cwd, env: { INIT_CWD: undefined } }), 600_000);
}

describe('npm run, from another folder than the root', () => {
  it('takes paths as relative to where it was called', async () => {
    const samples = path.join(root, 'media', 'samples');
    const asked = [
      '--content',
      'still-life.jpg',
      '--style',
      '../swatches/wave.jpg',
      '--size',
      '32',
      '--json',
    ];
    const inside = await npm(samples, 'run', '-s', 'atelier', '--', 'evaluate', 'still-life.jpg', ...asked);
    expect(inside.code, inside.stderr).toBe(0);
    expect(JSON.parse(inside.stdout)).toHaveProperty('units', 'mean');
  });

  it('saves there what has no other place', async () => {
    fs.mkdirSync(workshop.at('deep'));
    fs.copyFileSync(workshop.at('content.png'), workshop.at('deep/photo.png'));
    const asked = ['photo.png', '../style.png', '--size', '32', '--steps', '2', '-o', 'made.png'];
    const outside = await npm(workshop.at('deep'), '--prefix', root, 'run', '-s', 'stylize', '--', ...asked);
    expect(outside.code, outside.stderr).toBe(0);
    expect(fs.existsSync(workshop.at('deep/made.png'))).toBe(true);
  });
});
