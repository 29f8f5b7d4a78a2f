import type * as childProcess from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recentCrashes } from '../../../../src/backends/watch';
import { EngineClient, type EngineClientOptions } from '../../../../src/engine/process/client';
import type { JobEvent } from '../../../../src/protocol/jobEvent';

/** A system without a free file descriptor, where a test asks for one: a process is never born, and says no more. */
const system = vi.hoisted(() => ({ isFull: false }));
vi.mock('node:child_process', async original => {
  const real = await original<typeof childProcess>();
  const fork = ((...args: Parameters<typeof real.fork>) => {
    if (!system.isFull) return real.fork(...args);
    const child = new real.ChildProcess();
    setImmediate(() => child.emit('error', new Error('spawn EMFILE')));
    return child;
  }) as typeof real.fork;
  return { ...real, fork };
});

/** Replies to everything but the end, tells that a job has begun, and says which requests it has had. */
const OBEDIENT = `
  const values = { models: [], run: { position: 0 }, makeFigure: { position: 0 } };
  process.on('message', ({ id, type, job }) => {
    process.send({ type: 'log', level: 'info', message: 'asked: ' + type });
    if (type === 'shutdown') return;
    process.send({ type: 'reply', id, value: values[type] });
    if (type === 'run') process.send({ type: 'event', job, event: { event: 'started', at: '', device: 'webgpu', deviceTitle: 'WebGPU', resumedAtStep: 0, plan: [] } });
  });`;

let folder: string;
const clients: EngineClient[] = [];
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-client-'));
});
afterEach(async () => {
  system.isFull = false;
  await Promise.all(clients.splice(0).map(client => client.close(0)));
  fs.rmSync(folder, { recursive: true });
});

/** A client of a stand-in for the engine, in plain JavaScript. */
function clientOf(source: string, options: Partial<EngineClientOptions> = {}) {
  const entry = path.join(folder, 'standIn.cjs');
  fs.writeFileSync(entry, source);
  const settings = { device: 'cpu', threads: 0, storage: folder, mirror: '' } as const;
  const client = new EngineClient({ entry, settings, ...options });
  clients.push(client);
  const events: JobEvent[] = [];
  const logs: string[] = [];
  client.listen({ event: (_, event) => events.push(event), log: (_, message) => logs.push(message) });
  return { client, events, logs };
}

const heard = (events: readonly JobEvent[], kind: JobEvent['event'], count = 1) =>
  vi.waitFor(() => expect(events.filter(({ event }) => event === kind)).toHaveLength(count), 10_000);

describe('an engine that cannot be started', () => {
  it.each(['no-node', 'standIn.cjs/node'])('is explained, and closing it ends: %s', async name => {
    const { client } = clientOf('', { execPath: path.join(folder, name) });
    const asked = client.request({ type: 'models' });
    const closed = client.close();
    await expect(asked).rejects.toMatchObject({ code: 'engine-died' });
    await closed;
    expect(client.pid).toBeUndefined();
    const { client: other } = clientOf('', { execPath: path.join(folder, name) });
    await expect(other.request({ type: 'models' })).rejects.toThrow(
      /^The engine could not be started: spawn/,
    );
  });

  it('for want of file descriptors keeps nobody waiting', async () => {
    system.isFull = true;
    const { client } = clientOf(OBEDIENT);
    await expect(client.request({ type: 'models' })).rejects.toThrow(/could not be started: spawn EMFILE/);
    system.isFull = false;
    expect(await client.request({ type: 'models' })).toEqual([]);
  });
});

describe('an engine that is gone', () => {
  it('is missed at once, though what it has started keeps its stderr open', async () => {
    const { client } = clientOf(`
      const { pid } = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: ['ignore', 'ignore', 'inherit'] });
      require('fs').writeFileSync(${JSON.stringify(path.join(folder, 'pid'))}, String(pid));
      process.exit(3);`);
    try {
      await expect(client.request({ type: 'models' })).rejects.toThrow(/exit code 3/);
    } finally {
      process.kill(Number(fs.readFileSync(path.join(folder, 'pid'), 'utf8')), 'SIGKILL');
    }
  });

  it('for good leaves no job that seems to be at work', async () => {
    const { client, events } = clientOf(OBEDIENT);
    await client.run('/job');
    await heard(events, 'started');
    await client.close(0);
    expect(events.at(-1)).toMatchObject({ event: 'interrupted', resuming: false });
    expect(client.activeJobs).toEqual([]);
  });
});

describe('what was asked of a job', () => {
  it('is asked of the next engine, too, and is no failure where it comes too late', async () => {
    const { client, events, logs } = clientOf(`${OBEDIENT}
      process.on('message', ({ type, job }) => type === 'stop' && process.send({ type: 'event', job,
        event: { event: 'frame', file: 'a', step: 1, scale: [1, 1] } }, () => process.kill(process.pid, 'SIGKILL')));`);
    await client.run('/job');
    await heard(events, 'started');
    // The engine agrees, and dies before it has stopped; so does every one after it.
    await client.request({ type: 'stop', job: '/job', keep: true });
    await heard(events, 'frame', 2);
    expect(logs.filter(message => message === 'asked: stop').length).toBeGreaterThan(1);
    expect(events.filter(({ event }) => event === 'failed')).toEqual([]);
  });
});

describe('a restart', () => {
  it('is no death: not of the engine, not of its job', async () => {
    const { client, events } = clientOf(OBEDIENT);
    await client.run('/job');
    for (let restarts = 1; restarts <= 6; restarts++) {
      await heard(events, 'started', restarts);
      await client.restart();
    }
    await heard(events, 'started', 7);
    const interruptions = events.filter(({ event }) => event === 'interrupted');
    expect(interruptions).toHaveLength(6);
    expect(interruptions[0]).toMatchObject({
      resuming: true,
      error: { message: 'The engine was restarted.' },
    });
    expect([client.status, client.activeJobs]).toEqual(['running', ['/job']]);
  });

  it('blames no device, as a crash does', async () => {
    const bundled = await build({
      stdin: {
        contents: `import { watchDevice } from './src/backends/watch';
          watchDevice(${JSON.stringify(folder)}, 'webgpu');${OBEDIENT}`,
        resolveDir: path.resolve(__dirname, '../../../..'),
        loader: 'ts',
      },
      ...{ bundle: true, platform: 'node', write: false },
    });
    const { client } = clientOf(bundled.outputFiles[0]!.text);
    await client.request({ type: 'models' });
    expect(fs.readdirSync(path.join(folder, 'devices-in-use'))).toHaveLength(1);
    await client.restart();
    expect(recentCrashes(folder, 'webgpu')).toBe(0);
    await client.request({ type: 'models' });
    process.kill(client.pid!, 'SIGKILL');
    await vi.waitFor(() => expect(client.status).toBe('idle'), 10_000);
    expect(recentCrashes(folder, 'webgpu')).toBe(1);
    await client.request({ type: 'models' });
    await client.close(0);
    expect(recentCrashes(folder, 'webgpu')).toBe(1);
  });
});

describe('a request', () => {
  it('that is given up before it is made is not made', async () => {
    const { client, logs } = clientOf(OBEDIENT);
    const asked = client.request({ type: 'importModel', file: '/f' }, { signal: AbortSignal.abort() });
    await expect(asked).rejects.toMatchObject({ code: 'interrupted' });
    await client.request({ type: 'models' });
    expect(logs).not.toContain('asked: importModel');
  });

  it('whose first request was refused says so in the log', async () => {
    const { client, logs } = clientOf(`
      process.on('message', ({ id, type }) => process.send(type === 'hello'
        ? { type: 'refusal', id, error: { code: 'usage', message: 'not so' } }
        : { type: 'reply', id, value: [] }));`);
    await client.request({ type: 'models' });
    expect(logs).toContain('the first request: not so');
  });
});
