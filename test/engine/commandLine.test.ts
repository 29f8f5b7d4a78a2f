import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { remoteFiles, vgg19 } from '../../src/models/catalogue';
import { stagedFile, stagingFolder } from '../../src/models/download/stagedWeights';
import { resourcePath } from '../../src/common/resources';
import { describeShared, sharedPath } from '../shared';
import { serve } from '../unit/models/download/badServer';
import { ended, until, Workshop } from './stage/workshop';

const workshop = new Workshop();
beforeAll(() => workshop.open());
afterAll(() => workshop.close());

describe('atelier --help', () => {
  it('names every command, and each of them explains itself', async () => {
    const { code, stdout } = await workshop.cli('--help');
    expect(code).toBe(0);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name ?? '');
    expect(commands).toEqual([
      ...[
        'stylize',
        'evaluate',
        'batch',
        'sweep',
        'worker',
        'queue',
        'run',
        'resume',
        'jobs',
        'export',
        'reconstruct',
        'tradeoff',
        'models',
        'doctor',
        'mcp',
      ],
      'help',
    ]);
    expect(stdout).toContain('Exit codes: 0 done, 1 failed, 2 usage, 3 bad input, 130 interrupted');
    for (const name of commands.filter(each => each !== 'help')) {
      const help = await workshop.cli(name, '--help');
      expect([name, help.code, help.stderr]).toEqual([name, 0, '']);
      expect(help.stdout).toMatch(new RegExp(`^Usage: atelier ${name} `));
    }
  });

  it.each(['stylize', 'evaluate'])('of %s names every option that scripts may use', async name => {
    const { stdout } = await workshop.cli(name, '--help');
    const options = [...stdout.matchAll(/^ {2}(?:-\w, )?--([\w-]+)/gm)].map(([, option]) => option);
    expect(options).toEqual(
      expect.arrayContaining([
        ...['size', 'model', 'device', 'steps', 'ratio', 'tv', 'init', 'optimizer', 'pooling'],
        ...['content-layers', 'style-layers', 'layer-weights', 'style-weights', 'objective', 'preset'],
        ...['no-pyramid', 'seed', 'threads', 'recipe', 'json'],
        ...(name === 'stylize' ? ['output'] : ['content', 'style']),
      ]),
    );
  });
});

describe('atelier doctor', () => {
  it('tells of machine, libraries, devices, cost and networks, and measures once', async () => {
    const { code, stdout } = await workshop.cli('doctor', '--size', '400', '--steps', '50');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Atelier \d+\.\d+\.\d+ on Node v\d+/);
    expect(stdout).toMatch(/\d+ cores; \d+(\.\d)? GB of memory, \d+(\.\d)? [GM]B free/);
    expect(stdout).toContain(`Storage: ${workshop.storage}`);
    expect(stdout).toMatch(/^ {2}onnxruntime {4}\d+\.\d+/m);
    expect(stdout).toMatch(/^ {2}NVIDIA driver {2}(not found|\d+)/m);
    expect(stdout).toMatch(/^ {2}TensorFlow {5}not installed$/m);
    expect(stdout).toMatch(/^ {2}cpu {9}works.*: CPU\n {14}\d+ ms an evaluation \(lite, 256 × 256\)$/m);
    expect(stdout).toMatch(/^ {2}wasm {8}works: CPU \(WebAssembly\)\n {14}\d+ ms an evaluation/m);
    expect(stdout).toMatch(
      /A painting of 400 × 300 px with lite in 50 steps needs about \d+ MB and .+ \(.+\) here, which fits\./,
    );
    expect(stdout).toMatch(/The largest size that fits into the free memory is about \d+ px\./);
    expect(stdout).toMatch(/^ {2}lite {5}1\.6 MB, inside Atelier$/m);
    expect(stdout).toMatch(/^ {2}vgg19 {4}52 MB, can be downloaded \(atelier models download vgg19\)$/m);
    expect(fs.existsSync(path.join(workshop.storage, 'devices.json'))).toBe(true);
  });

  it('says why a device cannot be used, and what to do', async () => {
    const { stdout } = await workshop.cli('doctor');
    const refused = [...stdout.matchAll(/^ {2}(\w+) +cannot be used: (.*)$/gm)];
    for (const [, device, reason] of refused)
      expect([device, reason]).toEqual([device, expect.stringMatching(/\.$/)]);
    const hasDriver = /NVIDIA driver {2}\d/.test(stdout);
    const cuda = refused.find(([, device]) => device === 'cuda')?.[0] ?? '';
    expect(cuda).toMatch(
      hasDriver ? /The CUDA runtime is not installed\./ : /CUDA needs an NVIDIA driver, and none was found\./,
    );
  });

  it('says it as one JSON object, in words', async () => {
    const { stdout } = await workshop.cli('doctor', '--json');
    const report = JSON.parse(stdout) as Record<string, unknown>;
    expect(report).toMatchObject({
      storage: workshop.storage,
      jobs: { count: 0, bytes: 0 },
      runtimes: [
        { name: 'onnxruntime', state: expect.stringMatching(/^\d/) as string },
        { name: 'NVIDIA driver' },
        { name: 'TensorFlow', state: 'not installed' },
      ],
      estimate: { width: 1024, height: 768, model: 'lite', steps: 130 },
    });
    expect(stdout).not.toContain('"template"');
  });

  it('says that the network of an estimate is missing, and the rest all the same', async () => {
    const { code, stdout } = await workshop.cli('doctor', '--model', 'vgg19');
    expect(code).toBe(0);
    expect(stdout).toContain('Estimate: The model vgg19 is not installed.');
    expect(stdout).toMatch(/^Networks:/m);
  });
});

describe('atelier models', () => {
  it('lists, imports and verifies', async () => {
    const file = resourcePath('models/lite.safetensors');
    const imported = await workshop.cli('models', 'import', file, '--name', 'mine');
    expect(imported.stdout).toBe('Installed as mine, layers up to conv5_1: use it with --model mine.\n');
    const { stdout } = await workshop.cli('models', 'list', '--json');
    const names = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { name: string; status: string })
      .map(({ name, status }) => [name, status]);
    expect(names).toEqual([
      ['lite', 'embedded'],
      ['vgg19', 'available'],
      ['mine', 'installed'],
    ]);
    const verified = await workshop.cli('models', 'verify');
    expect([verified.code, verified.stdout]).toEqual([
      0,
      'lite: intact (the published numbers, 13 layers)\nmine: intact (as when it was imported, 13 layers)\n',
    ]);
    const installed = path.join(workshop.storage, 'models', 'mine.safetensors');
    const bytes = fs.readFileSync(installed);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 0x10;
    fs.writeFileSync(installed, bytes);
    const damaged = await workshop.cli('models', 'verify', 'mine');
    expect(damaged.code).toBe(3);
    expect(damaged.stdout).toMatch(/^mine: /);
    fs.rmSync(installed);
  });

  it('downloads nothing without consent, and nothing that is not known', async () => {
    const asked = await workshop.cli('models', 'download', 'vgg19');
    expect(asked.code).toBe(1);
    expect(asked.stdout).toMatch(/^VGG-19: 52 MB in \d+ files\n {2}source: .*\n {2}from: .*\n {2}licence: /);
    expect(asked.stderr).toMatch(/Nothing was downloaded\.\n {2}To agree beforehand, add --yes\./);
    expect((await workshop.cli('models', 'download', 'vgg20', '--yes')).code).toBe(3);
  });

  describeShared('a download', () => {
    it('is interrupted with exit code 130, keeps what arrived, and does not ask for it again', async () => {
      const models = path.join(workshop.storage, 'models');
      const first = remoteFiles(vgg19)[0]!;
      const asked: string[] = [];
      let open = true;
      const server = await serve(sharedPath('mirror'), ({ path: name }) => {
        asked.push(path.basename(name));
        // The first file arrives; the others hang until the command is over.
        return open && !name.endsWith(first.path) ? { stallAfter: 0 } : undefined;
      });
      try {
        const args = [workshop.cliEntry, 'models', 'download', 'vgg19', '--yes', '--mirror', server.url];
        const child = workshop.start(process.execPath, args);
        const end = ended(child);
        const staged = () => fs.existsSync(stagedFile(stagingFolder(models, 'vgg19'), first));
        await until(() => staged() && asked.length >= 4, 'the first file is here');
        child.kill('SIGINT');
        expect((await end).code).toBe(130);
        open = false;
        asked.length = 0;
        const second = await workshop.cli('models', 'download', 'vgg19', '--yes', '--mirror', server.url);
        // The mirror of the tests lacks later files.
        expect(second.code).toBe(1);
        expect(asked).not.toContain('group1-shard1of1');
        expect(asked).toContain('group2-shard1of1');
      } finally {
        await server.close();
      }
    });
  });
});
