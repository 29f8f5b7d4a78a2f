import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../../src/jobs/checkpoint';
import { readJob } from '../../../src/jobs/folder';
import { ended, until, Workshop } from '../stage/workshop';
import { node24 } from './otherNode';
import { runtimeStorage, tensorflowAddon } from './runtime';

const root = path.resolve(__dirname, '../../..');
const workshop = new Workshop();

beforeAll(async () => {
  await tensorflowAddon();
  await workshop.open();
  // The runtime that all tests share, seen from the storage of this one.
  fs.mkdirSync(workshop.storage, { recursive: true });
  fs.symlinkSync(path.join(runtimeStorage, 'tensorflow'), path.join(workshop.storage, 'tensorflow'));
}, 600_000);
afterAll(() => workshop.close());

interface Done {
  readonly event: string;
  readonly device?: string;
  readonly losses?: { readonly total: number };
}

const lines = (stdout: string): Done[] =>
  stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Done);

/** Pictures with grain: where plain colours meet, one rounding error sends two descents apart within few steps. */
const painting = [
  'stylize',
  path.join(root, 'media', 'samples', 'still-life.jpg'),
  path.join(root, 'media', 'swatches', 'mosaic.jpg'),
  '--size',
  '64',
  '--no-pyramid',
  '--steps',
  '4',
  '--json',
];

function stylize(node: string, device: string): Promise<Done[]> {
  const child = workshop.start(node, [
    ...[workshop.cliEntry, ...painting],
    ...['--device', device, '-o', `${device}-${path.basename(path.dirname(node))}.png`],
  ]);
  return ended(child).then(({ code, stdout, stderr }) => {
    expect(code, stderr).toBe(0);
    return lines(stdout);
  });
}

let expected: Done[];
beforeAll(async () => void (expected = await stylize(process.execPath, 'cpu')));

describe.each([
  { name: 'this Node', program: () => process.execPath },
  { name: 'Node 24', program: node24 },
])('atelier stylize --device tensorflow under $name', ({ program }) => {
  it('paints as on the CPU, and says what computes', async () => {
    const found = await stylize(program(), 'tensorflow');
    expect(found.at(-1)).toMatchObject({ event: 'done', device: 'tensorflow' });
    const totals = (all: Done[]): number[] => all.flatMap(({ losses }) => (losses ? [losses.total] : []));
    expect(totals(expected)).toHaveLength(4);
    totals(found).forEach((total, i) => {
      expect(Math.abs(total / totals(expected)[i]! - 1)).toBeLessThan(1e-4);
    });
  });
});

// The binding is what another Node could break; VGG-19's cases, which take minutes on some processors, are computed by the
// same kernels as under this Node.
it('holds the reference of lite under Node 24', () => {
  const report = path.join(workshop.folder, 'report.json');
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const suite = path.join('test', 'engine', 'tensorflow', 'reference.test.ts');
  const { stdout, stderr } = spawnSync(
    node24(),
    [
      vitest,
      'run',
      '--project',
      'engine',
      suite,
      '-t',
      'PyTorch lite',
      '--reporter=json',
      `--outputFile=${report}`,
    ],
    { cwd: root, encoding: 'utf8' },
  );
  expect(fs.existsSync(report), stdout + stderr).toBe(true);
  const result = JSON.parse(fs.readFileSync(report, 'utf8')) as Record<string, unknown>;
  expect(result, stdout).toMatchObject({ numFailedTests: 0, numPassedTests: 15 });
}, 900_000);

it('is killed in the middle and goes on with onnxruntime', async () => {
  const steps = 200;
  const child = workshop.start(process.execPath, [
    ...[workshop.cliEntry, 'stylize', 'content.png', 'style.png', '--size', '96', '--steps', String(steps)],
    ...['--device', 'tensorflow', '-o', 'killed.png', '--json'],
  ]);
  const running = (): string | undefined =>
    workshop.jobs().find(job => {
      const { status } = readJob(job).state;
      return status === 'running' && (readCheckpoint(job)?.state.step ?? 0) > 0;
    });
  await until(() => running() !== undefined, 'the first checkpoint');
  const job = running()!;
  child.kill('SIGKILL');
  await once(child, 'exit');
  const at = readCheckpoint(job)!.state.step;
  expect(at).toBeLessThan(steps);

  const resumed = await workshop.cli('resume', job, '--device', 'cpu', '--json');
  expect(resumed.code, resumed.stderr).toBe(0);
  const after = lines(resumed.stdout);
  expect(after.find(({ event }) => event === 'step')).toMatchObject({ step: at + 1 });
  expect(after.at(-1)).toMatchObject({ event: 'done', device: 'cpu' });
}, 240_000);

it('refuses cuda where TensorFlow is the one for the CPU', async () => {
  const { code, stdout, stderr } = await workshop.cli(...painting, '--device', 'cuda', '-o', 'cuda.png');
  expect(code).toBe(1);
  expect(stdout + stderr).toContain('is the CPU build');
});
