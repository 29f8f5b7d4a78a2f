import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ComputeLock } from '../../../../src/engine/run/computeLock';

let storage: string;
beforeEach(() => {
  storage = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-turn-'));
});
afterEach(() => fs.rmSync(storage, { recursive: true }));

const { signal } = new AbortController();

describe('the turn to compute', () => {
  it('is one engine’s at a time, and leaves nothing behind', async () => {
    const [one, other] = [new ComputeLock(storage), new ComputeLock(storage)];
    expect(await one.acquire(signal)).toBe(true);
    expect(fs.readdirSync(storage)).toEqual(['turn.lock']);
    const leave = new AbortController();
    expect(await other.acquire(leave.signal, () => leave.abort())).toBe(false);
    expect(fs.readdirSync(storage)).toEqual(['turn.lock']);
    one.release();
    expect(fs.readdirSync(storage)).toEqual([]);
  });

  it('that cannot be taken keeps nobody else waiting', async () => {
    fs.mkdirSync(path.join(storage, 'turn.lock'));
    await expect(new ComputeLock(storage).acquire(signal)).rejects.toMatchObject({ code: 'write-failed' });
    expect(fs.readdirSync(storage)).toEqual(['turn.lock']);
  });

  it('is asked for by the next when whoever waits fails to say so', async () => {
    const [one, other] = [new ComputeLock(storage), new ComputeLock(storage)];
    await one.acquire(signal);
    const failing = other.acquire(signal, () => {
      throw new Error('nobody listens');
    });
    await expect(failing).rejects.toThrow('nobody listens');
    expect(fs.readdirSync(storage)).toEqual(['turn.lock']);
  });
});
