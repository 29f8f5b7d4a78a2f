import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { withModelLock } from '../../../src/models/modelLock';
import { inFolder } from './synthetic';

const gone = JSON.stringify({ pid: 2 ** 22 - 1, started: 'ticks 1', token: 'of another' });

describe('the lock of the networks’ folder', () => {
  it('is held by one, and free afterwards whatever becomes of the work', async () => {
    await inFolder(async folder => {
      const file = path.join(folder, 'models', 'net.lock');
      const outcome = withModelLock(file, async () => {
        await expect(withModelLock(file, () => Promise.resolve())).rejects.toMatchObject({
          code: 'write-failed',
        });
        throw new Error('the work failed');
      });
      await expect(outcome).rejects.toThrow('the work failed');
      expect(await withModelLock(file, () => Promise.resolve('again'))).toBe('again');
      expect(fs.readdirSync(path.dirname(file))).toEqual([]);
    });
  });

  it('of a dead process is broken by one at a time', async () => {
    await inFolder(async folder => {
      const file = path.join(folder, 'net.lock');
      for (let round = 0; round < 20; round++) {
        fs.writeFileSync(file, String(2 ** 22 - 1));
        let inside = 0;
        const outcomes = await Promise.allSettled(
          Array.from({ length: 8 }, () =>
            withModelLock(file, async () => {
              inside++;
              expect(inside).toBe(1);
              await new Promise(resolve => setImmediate(resolve));
              inside--;
            }),
          ),
        );
        const refused = outcomes.filter(outcome => outcome.status === 'rejected');
        expect(refused.length).toBeGreaterThan(0);
        for (const { reason } of refused) expect(reason).toMatchObject({ code: 'write-failed' });
      }
    });
  });

  it('is given back, and never that of another', async () => {
    await inFolder(async folder => {
      const file = path.join(folder, 'net.lock');
      await withModelLock(file, () => Promise.resolve(fs.writeFileSync(file, gone)));
      expect(fs.readFileSync(file, 'utf8')).toBe(gone);
    });
  });

  it('of an older version, a number alone, is respected while it is touched', async () => {
    await inFolder(async folder => {
      const file = path.join(folder, 'net.lock');
      fs.writeFileSync(file, String(process.pid));
      await expect(withModelLock(file, () => Promise.resolve())).rejects.toMatchObject({
        code: 'write-failed',
      });
      const long = new Date(Date.now() - 60_000);
      fs.utimesSync(file, long, long);
      expect(await withModelLock(file, () => Promise.resolve('mine'))).toBe('mine');
    });
  });
});
