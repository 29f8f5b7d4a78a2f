import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { build as bundle } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../src/jobs/checkpoint';
import { createJob, readJob } from '../../src/jobs/folder';
import { Painter } from './stage/painter';
import { isAlive, until, Workshop } from './stage/workshop';

const workshop = new Workshop();
beforeAll(() => workshop.open());
afterAll(() => workshop.close());

/** A stand-in for the engine, in plain JavaScript. */
function standIn(name: string, source: string): string {
  const file = workshop.at(`${name}.cjs`);
  fs.writeFileSync(file, source);
  return file;
}

/** Bundles a few lines of TypeScript that use the sources. */
async function script(name: string, contents: string): Promise<string> {
  const outfile = workshop.at(`${name}.cjs`);
  await bundle({
    stdin: { contents, resolveDir: path.resolve(__dirname, '../..'), loader: 'ts' },
    bundle: true,
    platform: 'node',
    outfile,
  });
  return outfile;
}

describe('an engine that keeps dying', () => {
  it('is given up after five deaths within a minute, with the reason', async () => {
    const entry = standIn('crash', `setTimeout(() => { throw new Error('the sky fell'); }, 20);`);
    const one = new Painter(workshop, { entry });
    const reports: string[] = [];
    one.client.listen({ status: (status, error) => reports.push(`${status}: ${error?.message ?? ''}`) });
    const job = createJob(workshop.storage, workshop.recipe());
    await expect(one.client.run(job)).resolves.toEqual({ position: 0 });
    await until(() => one.client.status === 'broken', 'the client gives up');
    expect(one.statuses.filter(status => status === 'running')).toHaveLength(5);
    expect(reports.at(-1)).toContain('crashed 5 times within a minute');
    expect(reports.at(-1)).toContain('Error: the sky fell');
    expect(one.heard(job, 'interrupted').at(-1)).toMatchObject({ resuming: false });
    await expect(one.client.request({ type: 'devices' })).rejects.toMatchObject({ code: 'engine-died' });
    expect(one.client.pid).toBeUndefined();
    await one.client.close();
  });

  it('under one job is spared: the job is given up', async () => {
    const entry = standIn(
      'poison',
      `process.on('message', ({ id, type, job }) => {
        process.send({ type: 'reply', id, value: { position: 0 } });
        if (type !== 'run') return;
        process.send({ type: 'event', job, event: { event: 'started', at: '', device: 'cpu', deviceTitle: 'CPU', resumedAtStep: 0, plan: [] } },
          () => { console.error('terminate called after throwing std::bad_alloc'); process.abort(); });
      });`,
    );
    const one = new Painter(workshop, { entry });
    const job = createJob(workshop.storage, workshop.recipe());
    await one.client.run(job);
    const failed = await one.first(job, 'failed');
    expect(failed.error).toMatchObject({ code: 'out-of-memory', message: 'The engine ran out of memory.' });
    expect(one.heard(job, 'interrupted')).toHaveLength(2);
    expect(one.client.status).not.toBe('broken');
    expect(one.client.activeJobs).toEqual([]);
    await one.client.close();
  });

  it('that cannot even be started is explained', async () => {
    const one = new Painter(workshop, { execPath: workshop.at('no-node') });
    await expect(one.client.request({ type: 'devices' })).rejects.toMatchObject({ code: 'engine-died' });
    await one.client.close();
    const other = new Painter(workshop, { entry: workshop.at('none.cjs') });
    await expect(other.client.request({ type: 'devices' })).rejects.toThrow(/Cannot find module/);
    await other.client.close();
  });

  it('runs again when it is asked to', async () => {
    const flag = workshop.at('repaired');
    const entry = standIn(
      'fragile',
      `if (!require('fs').existsSync(${JSON.stringify(flag)})) process.exit(7);
      require(${JSON.stringify(workshop.engineEntry)});`,
    );
    const one = new Painter(workshop, { entry });
    for (let i = 0; i < 5; i++) await one.client.request({ type: 'devices' }).catch(() => undefined);
    expect(one.client.status).toBe('broken');
    fs.writeFileSync(flag, '');
    await one.client.restart();
    expect(await one.client.request({ type: 'models' })).toHaveLength(2);
    await one.client.close();
  });

  it('sends nonsense: it is logged and nothing else', async () => {
    const entry = standIn(
      'babble',
      `process.send('hello'); process.send({ type: 'event', job: '/j', event: { event: 'exploded' } });
      process.on('message', ({ id }) => process.send({ type: 'reply', id, value: [] }));`,
    );
    const one = new Painter(workshop, { entry });
    expect(await one.client.request({ type: 'models' })).toEqual([]);
    await until(() => one.logs.length >= 2, 'both are logged');
    expect(one.logs[0]).toContain('not a message of the engine');
    expect(one.events).toEqual([]);
    await one.client.close(100);
  });
});

describe('an engine whose parent is gone', () => {
  it('keeps a checkpoint and ends', async () => {
    const job = createJob(workshop.storage, workshop.recipe({ steps: 2000 }));
    const parent = await script(
      'parent',
      `import { EngineClient } from './src/engine/process/client';
      const [entry, storage, job] = process.argv.slice(2);
      const client = new EngineClient({ entry, settings: { device: 'cpu', threads: 0, storage, mirror: '' } });
      client.listen({ event: (_, { event }) => event === 'step' && console.log(client.pid) });
      void client.run(job);`,
    );
    const child = workshop.start(process.execPath, [parent, workshop.engineEntry, workshop.storage, job], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [chunk] = (await once(child.stdout!, 'data')) as [Buffer];
    const engine = parseInt(chunk.toString(), 10);
    expect(isAlive(engine)).toBe(true);
    child.kill('SIGKILL');
    await until(() => !isAlive(engine), 'the engine is gone', 20_000);
    const { state, owner, resumable } = readJob(job);
    expect({ owner, resumable, status: state.status }).toEqual({
      owner: undefined,
      resumable: true,
      status: 'interrupted',
    });
    expect(readCheckpoint(job)?.state.step).toBe(state.step);
  });
});

describe('a process killed while it writes checkpoints', () => {
  it('leaves the one before, whole, whatever the moment', async () => {
    const writer = await script(
      'writer',
      `import { writeCheckpoint } from './src/jobs/checkpoint';
      const size = { width: 512, height: 512 };
      async function main() {
        for (let step = 1; ; step++) {
          const vector = new Float32Array(3 * 512 * 512).fill(step);
          const state = { scaleIndex: 0, step, evaluations: step, strengths: { content: {}, style: {}, tv: 0 }, size,
            optimizer: { kind: 'adam' as const, numbers: {} }, vectors: { position: vector, m: vector, v: vector, gradient: vector } };
          await writeCheckpoint(process.argv[2]!, { state, seconds: step, weighting: { ratio: 1, contentLayers: {}, styleLayers: {}, tv: 0 } });
          console.log(step);
        }
      }
      void main();`,
    );
    const folder = fs.mkdtempSync(path.join(workshop.folder, 'written-'));
    let torn = 0;
    for (let round = 0; round < 12; round++) {
      const child = workshop.start(process.execPath, [writer, folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let confirmed = 0;
      child.stdout!.on(
        'data',
        (chunk: Buffer) => (confirmed = Number(chunk.toString().trim().split('\n').at(-1))),
      );
      await until(() => confirmed > 0, 'a checkpoint is written');
      await new Promise(resolve => setTimeout(resolve, round * 7));
      child.kill('SIGKILL');
      await once(child, 'close');
      torn += fs.readdirSync(folder).filter(name => name.endsWith('.part')).length;
      const checkpoint = readCheckpoint(folder);
      expect(checkpoint?.state.step).toBeGreaterThanOrEqual(confirmed);
      const values = Object.values(checkpoint?.state.vectors ?? {});
      expect(values).toHaveLength(4);
      expect(values.every(vector => vector.every(value => value === checkpoint?.state.step))).toBe(true);
    }
    // The kills did come in the middle of a write.
    expect(torn).toBeGreaterThan(0);
  });
});

describe('a long run', () => {
  it.runIf(process.platform === 'linux')('does not grow in memory', async () => {
    const rss = (pid: number) => {
      const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    };
    const one = new Painter(workshop);
    const job = await one.paint({ size: 48, steps: 600 });
    const samples: number[] = [];
    for (const steps of [150, 300, 450, 590]) {
      await one.steps(job, steps);
      samples.push(rss(one.client.pid ?? 0));
    }
    await one.first(job, 'done');
    await one.client.close();
    expect(samples.at(-1)! - samples[0]!, samples.map(Math.round).join(', ')).toBeLessThan(20);
  });
});
