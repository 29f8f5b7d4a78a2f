import * as fs from 'node:fs';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ended, Workshop } from './stage/workshop';

const workshop = new Workshop();
beforeAll(() => workshop.open());
afterAll(() => workshop.close());

const painting = ['stylize', 'content.png', 'style.png', '--size', '64', '--steps', '3', '--no-pyramid'];

/** Runs the command line with an output of its own. */
function withOutput(stdout: number, ...args: string[]) {
  return ended(
    workshop.start(process.execPath, [workshop.cliEntry, ...args], { stdio: ['ignore', stdout, 'pipe'] }),
  );
}

describe('a painting goes on and says where it is', () => {
  it.each([[[]], [['--json']]])('when its reader has seen enough %j', async options => {
    const child = workshop.start(process.execPath, [
      ...[workshop.cliEntry, ...painting, '-o', 'seen.png', ...options],
    ]);
    const end = ended(child);
    await once(child.stdout!, 'data');
    child.stdout!.destroy();
    const { code, stderr } = await end;
    expect(stderr).toMatch(/^Saved seen\.png \(64 × 48, 3 steps in .*\)\.\n$/);
    expect(code).toBe(0);
    fs.rmSync(workshop.at('seen.png'));
  });

  it.runIf(fs.existsSync('/dev/full'))('when the disk of its output is full', async () => {
    const full = fs.openSync('/dev/full', 'w');
    const { code, stderr } = await withOutput(full, ...painting, '-o', 'full.png');
    fs.closeSync(full);
    const [trouble = '', saved = ''] = stderr.split('\n');
    expect(trouble).toBe('atelier: Standard output cannot be written: the disk is full.');
    expect(saved).toMatch(/^Saved full\.png /);
    expect(code).toBe(0);
    expect(fs.statSync(workshop.at('full.png')).size).toBeGreaterThan(1000);
  });
});

describe('a command that is asked to say something', () => {
  it.runIf(fs.existsSync('/dev/full'))('has failed when nobody can read it', async () => {
    const full = fs.openSync('/dev/full', 'w');
    for (const args of [['--help'], ['models', 'list', '--json']]) {
      const { code, stderr } = await withOutput(full, ...args);
      expect([code, stderr]).toEqual([3, 'atelier: Standard output cannot be written: the disk is full.\n']);
    }
    fs.closeSync(full);
  });

  it('has not when its reader has seen enough', async () => {
    const child = workshop.start(process.execPath, [workshop.cliEntry, 'models', 'list']);
    child.stdout!.destroy();
    expect(await ended(child)).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});
