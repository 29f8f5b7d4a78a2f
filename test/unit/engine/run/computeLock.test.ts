import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Turn } from '../../../../src/engine/run/computeLock';

let storage: string;
beforeEach(() => {
  storage = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-turn-'));
});
afterEach(() => fs.rmSync(storage, { recursive: true }));

const { signal } = new AbortController();

describe('the turn to compute', () => {
  it('is one engine’s at a time, and leaves nothing behind', async () => {
    const [one, other] = [new Turn(storage), new Turn(storage)];
    expect(await one.take(signal)).toBe(true);
    expect(fs.readdirSync(storage)).toEqual(['turn.lock']);
    const leave = new AbortController();
    expect(await other.take(leave.signal, () => leave.abort())).toBe(false);
    expect(fs.readdirSync(storage)).toEqual(['turn.lock']);
    one.pass();
    expect(fs.readdirSync(storage)).toEqual([]);
  });

  it('that cannot be taken keeps nobody else waiting', async () => {
    fs.mkdirSync(path.join(storage, 'turn.lock'));
    await expect(new Turn(storage).take(signal)).rejects.toMatchObject({ code: 'write-failed' });
    expect(fs.readdirSync(storage)).toEqual(['turn.lock']);
  });

  it('is asked for by the next when whoever waits fails to say so', async () => {
    const [one, other] = [new Turn(storage), new Turn(storage)];
    await one.take(signal);
    const failing = other.take(signal, () => {
      throw new Error('nobody listens');
    });
    await expect(failing).rejects.toThrow('nobody listens');
    expect(fs.readdirSync(storage)).toEqual(['turn.lock']);
  });
});
