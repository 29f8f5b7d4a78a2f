import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fetchWheel, type FetchOptions } from '../../../../src/backends/tensorflow/install/fetchWheel';
import { runtimePlace, type RuntimePlace } from '../../../../src/backends/tensorflow/install/place';
import type { Wheel } from '../../../../src/backends/tensorflow/install/wheels';
import { AtelierError } from '../../../../src/common/errors';
import { serve, type Asked, type BadServer, type Misbehaviour } from '../../models/download/badServer';
import { inFolder } from '../../models/synthetic';

const NAME = 'made_up-1.0-py3-none-any.whl';
const FILE = `/files/${NAME}`;
const bytes = Buffer.alloc(400_000, 'wheel');
const wheel: Wheel = {
  name: 'made-up',
  version: '1.0',
  platform: 'any',
  bytes: bytes.length,
  unpackedBytes: 0,
  sha256: createHash('sha256').update(bytes).digest('hex'),
};
const patience = { stallMs: 2_000, attempts: 3, backoffMs: 5 };

interface Scene {
  readonly server: BadServer;
  readonly place: RuntimePlace;
  /** What pip was asked for, a line a call. */
  readonly pipped: () => string[];
  readonly fetch: (options?: FetchOptions) => Promise<string>;
}

interface Index {
  readonly page?: string;
  readonly misbehave?: (asked: Asked) => Misbehaviour | undefined;
  /** Lines of `pip config list` beside the index. */
  readonly settings?: readonly string[];
}

/** A package index with the wheel, and a pip that is set to use it and fetches the file without any ado. */
async function scene({ page, misbehave, settings = [] }: Index, play: (scene: Scene) => Promise<void>) {
  await inFolder(async folder => {
    const root = path.join(folder, 'host');
    fs.mkdirSync(path.join(root, 'files'), { recursive: true });
    fs.writeFileSync(path.join(root, FILE), bytes);
    const link = `<a href="../../..${FILE}#sha256=${wheel.sha256}" data-requires-python="&gt;=3.9">${NAME}</a>`;
    const other = `<a href="../../..${FILE}.old#sha256=${'0'.repeat(64)}">old</a><br/>`;
    const project = path.join(root, 'root', 'simple', 'made-up');
    fs.mkdirSync(project, { recursive: true });
    fs.writeFileSync(path.join(project, 'index.html'), page ?? other + link);
    const server = await serve(root, asked => (asked.path === FILE ? misbehave?.(asked) : undefined));
    const place = runtimePlace(path.join(folder, 'storage'));
    const log = path.join(folder, 'pip.log');
    const executable = path.join(folder, 'python');
    const configured = [`global.index-url='${server.url}root/simple'`, ...settings].join('\n');
    fs.writeFileSync(
      executable,
      `#!${process.execPath}
const fs = require('node:fs'), path = require('node:path'), args = process.argv.slice(2);
fs.appendFileSync(${JSON.stringify(log)}, args.slice(2, 4).join(' ') + '\\n');
if (args[2] === 'config') console.log(${JSON.stringify(configured)});
else fs.copyFileSync(${JSON.stringify(path.join(root, FILE))}, path.join(args[args.indexOf('--dest') + 1], ${JSON.stringify(NAME)}));
`,
      { mode: 0o755 },
    );
    const pipped = (): string[] =>
      fs
        .readFileSync(log, 'utf8')
        .split('\n')
        .filter(line => line.startsWith('download'));
    const fetch = (options: FetchOptions = {}) =>
      fetchWheel({ executable }, place, wheel, { patience, ...options });
    try {
      await play({ server, place, pipped, fetch });
    } finally {
      await server.close();
    }
  });
}

const partsOf = ({ requests }: BadServer): number[] =>
  requests.filter(({ path: asked }) => asked === FILE).map(({ from }) => from);

async function errorOf(work: Promise<unknown>): Promise<AtelierError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AtelierError);
  return error as AtelierError;
}

describe('a wheel', () => {
  it('whose connection is cut goes on where it was cut, again and again', async () => {
    const misbehave = ({ time }: Asked) => (time <= 3 ? { cutAfter: 100_000 } : undefined);
    await scene({ misbehave }, async ({ server, place, pipped, fetch }) => {
      const told: number[] = [];
      const file = await fetch({ onBytes: received => told.push(received) });
      expect(fs.readFileSync(file).equals(bytes)).toBe(true);
      expect(partsOf(server)).toEqual([0, 100_000, 200_000, 300_000]);
      expect(told.at(-1)).toBe(wheel.bytes);
      expect(fs.readdirSync(place.wheels)).toEqual([NAME]);
      expect(pipped()).toEqual([]);
      await fetch();
      expect(partsOf(server)).toHaveLength(4);
    });
  });

  it('that was stopped in the middle goes on there the next time', async () => {
    const misbehave = ({ time }: Asked) => (time === 1 ? { stallAfter: 150_000 } : undefined);
    await scene({ misbehave }, async ({ server, place, fetch }) => {
      const controller = new AbortController();
      const stopping = errorOf(
        fetch({
          signal: controller.signal,
          patience: { ...patience, stallMs: 30_000 },
          onBytes: received => received === 150_000 && controller.abort(),
        }),
      );
      expect((await stopping).code).toBe('interrupted');
      expect(fs.statSync(path.join(place.wheels, `${NAME}.part`)).size).toBe(150_000);
      const file = await fetch();
      expect(fs.readFileSync(file).equals(bytes)).toBe(true);
      expect(partsOf(server)).toEqual([0, 150_000]);
    });
  });

  it('that somebody changes on the way is refused', async () => {
    await scene({ misbehave: () => ({ flip: 7 }) }, async ({ place, pipped, fetch }) => {
      const { code, message } = await errorOf(fetch());
      expect(code).toBe('download-corrupt');
      expect(message).toBe('made-up 1.0 is not the published file: its hash differs.');
      expect(fs.readdirSync(place.wheels)).toEqual([]);
      expect(pipped()).toEqual([]);
    });
  });

  it('whose host gives up says so, and keeps what arrived', async () => {
    const misbehave = ({ time }: Asked) => (time === 1 ? { cutAfter: 100_000 } : { status: 503 });
    await scene({ misbehave }, async ({ place, fetch }) => {
      const { code, message, next } = await errorOf(fetch());
      expect(code).toBe('download-failed');
      expect(message).toBe('made-up 1.0 cannot be downloaded: the server answers 503.');
      expect(next).toMatch(/PIP_INDEX_URL.*downloaded is kept/);
      expect(fs.statSync(path.join(place.wheels, `${NAME}.part`)).size).toBe(100_000);
    });
  });

  it.each([
    ['the index does not name its hash', { page: `<a href="../../..${FILE}">${NAME}</a>` }],
    ['pip has a folder of wheels', { settings: [`:env:.find-links='/opt/wheels'`] }],
    ['pip has a certificate of its own', { settings: [`global.cert='/etc/company.pem'`] }],
    ['the index has a password', { settings: [`:env:.index-url='https://me:secret@index.invalid/simple'`] }],
  ])('is fetched by pip where %s', async (_, index) => {
    await scene(index, async ({ server, pipped, fetch }) => {
      const file = await fetch();
      expect(fs.readFileSync(file).equals(bytes)).toBe(true);
      expect(pipped()).toEqual(['download --no-input']);
      expect(partsOf(server)).toEqual([]);
    });
  });
});
