import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOOL_NAMES } from '../../src/agents/names';
import { recipeIn } from '../../src/images/recipe';
import { createJob, readJob } from '../../src/jobs/folder';
import { Agent } from './stage/agent';
import { isAlive, until, Workshop } from './stage/workshop';

const workshop = new Workshop();
beforeAll(() => workshop.open());
afterAll(async () => {
  // Those of a test that failed outlive everything else.
  const painted = workshop.jobs().map(readJob);
  for (const { owner, painter } of painted) if (owner !== undefined && owner === painter) process.kill(owner);
  await until(() => workshop.jobs().every(folder => readJob(folder).owner === undefined), 'all have stopped');
  await workshop.close();
});

const pictures = () => ({ content: workshop.at('content.png'), style: workshop.at('style.png'), size: 48 });
/** It does not end while a test looks at it. */
const endless = () => ({ ...pictures(), steps: 100_000, pyramid: false, wait: 0 });
const folderOf = (run: unknown) => path.join(workshop.storage, 'jobs', String(run));
const stateOf = (run: unknown) => readJob(folderOf(run)).state;

describe('atelier mcp, to the official client', () => {
  let agent: Agent;
  beforeAll(async () => {
    agent = await Agent.start(workshop);
  });
  afterAll(() => agent.client.close());

  it('offers its tools, with every field of a recipe', async () => {
    expect(agent.client.getServerVersion()).toMatchObject({ name: 'atelier' });
    const { tools } = await agent.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(TOOL_NAMES);
    const [stylize] = tools;
    expect(stylize?.inputSchema).toMatchObject({
      required: ['content'],
      additionalProperties: false,
      properties: {
        size: { type: 'integer', maximum: 16384 },
        colors: { enum: ['style', 'match', 'luminance', 'chroma'] },
        styleLayers: { type: 'object' },
        wait: { maximum: 20, default: 20 },
      },
    });
  });

  it('paints, and shows what it has painted', async () => {
    const output = workshop.at('painted.jpg');
    const { value, picture, text } = await agent.call('stylize_image', { ...pictures(), steps: 4, output });
    expect(value).toMatchObject({ state: 'done', step: 4, totalSteps: 4, output, width: 48, height: 36 });
    expect(value.referee).toMatchObject({ network: 'lite', independent: false });
    expect(value.losses).toMatchObject({ style: { conv1_1: expect.any(Number) as number } });
    expect(JSON.parse(text)).toEqual(value);
    expect(await sharp(picture).metadata()).toMatchObject({ format: 'jpeg', width: 48, height: 36 });
    expect(JSON.parse((await recipeIn(output)) ?? '')).toMatchObject({ size: 48, steps: 4 });

    const again = await agent.call('get_run', { run: value.run });
    expect(again.value).toEqual(value);
    const { runs } = (await agent.call('list_runs', { state: 'done' })).value;
    expect(runs).toMatchObject([{ run: value.run, output, content: workshop.at('content.png') }]);
  });

  it('takes the place of no file, not even of a painting', async () => {
    const output = workshop.at('painted.jpg');
    const before = fs.readFileSync(output);
    const { isError, text } = await agent.call('stylize_image', { ...pictures(), steps: 4, output });
    expect([isError, text]).toEqual([
      true,
      `${output} already exists and is not overwritten. Choose another name.`,
    ]);
    expect(fs.readFileSync(output).equals(before)).toBe(true);
  });

  it('gives the second of two paintings with one name another one', async () => {
    const output = workshop.at('twin.png');
    const asked = { ...pictures(), steps: 4, output };
    const both = await Promise.all([agent.call('stylize_image', asked), agent.call('stylize_image', asked)]);
    expect(both.map(({ value }) => value.output).sort()).toEqual([workshop.at('twin-2.png'), output]);
  });

  it('knows its styles, and measures any image', async () => {
    const { styles } = (await agent.call('list_styles')).value;
    expect(styles).toContainEqual(expect.objectContaining({ style: 'swatch:woodcut' }));
    const image = workshop.at('content.png');
    const { value } = await agent.call('evaluate_image', { ...pictures(), image });
    expect(value).toMatchObject({ losses: { content: { conv4_2: 0 } }, units: 'mean' });
  });

  it('says at once where a long painting stands, and stops it', async () => {
    const { value } = await agent.call('stylize_image', endless());
    expect(['queued', 'running']).toContain(value.state);
    await until(() => stateOf(value.run).step > 0, 'it paints');
    const running = await agent.call('get_run', { run: value.run, wait: 0 });
    expect(running.value.state).toBe('running');
    const stopped = await agent.call('cancel_run', { run: value.run });
    expect(stopped.value).toMatchObject({ state: 'stopped', resumable: true });
    expect(fs.existsSync(workshop.at('content-style.png'))).toBe(false);
  });

  it.each([
    ['a file that is not there', { content: '/nowhere/a.png' }, /does not exist/],
    ['a device', { content: '/dev/zero' }, /not a regular file/],
    ['a folder', { content: '/' }, /not a regular file/],
    ['a name with a NUL', { content: 'a\0.png' }, /this name is not allowed/],
    ['a network that is a device', { model: '/dev/zero' }, /not a regular file/],
    ['a device for the result', { output: '/dev/null' }, /already exists/],
    ['a program for the result', { output: 'run.sh' }, /a result can be a \.png/],
    ['a size beyond all measure', { size: 1e9 }, /size/],
    ['no whole size', { size: -1 }, /size/],
    ['steps without end', { steps: 1e12 }, /steps/],
    ['a longer wait than programs wait', { wait: 600 }, /wait/],
    ['a field that there is not', { ratioo: 1 }, /ratioo/],
    ['no style', { style: undefined }, /Give one style/],
    ['a style that there is not', { style: 'swatch:nothing' }, /no built-in style/],
  ])('refuses %s', async (_what, given, words) => {
    const before = workshop.jobs();
    const { isError, text } = await agent.call('stylize_image', { ...pictures(), steps: 4, ...given });
    expect([isError, text]).toEqual([true, expect.stringMatching(words)]);
    expect(workshop.jobs()).toEqual(before);
  });

  it.each(['../jobs', '20250131-120000-000-1a2b', '', '20250131-120000-000-1a2b/..'])(
    'knows no run %j',
    async run => {
      for (const tool of ['get_run', 'cancel_run'])
        expect(await agent.call(tool, { run })).toMatchObject({ isError: true });
    },
  );
});

describe('atelier mcp with roots', () => {
  let agent: Agent;
  beforeAll(async () => {
    const inside = workshop.at('inside');
    fs.mkdirSync(inside);
    for (const name of ['content.png', 'style.png'])
      fs.copyFileSync(workshop.at(name), path.join(inside, name));
    fs.symlinkSync(workshop.at('content.png'), path.join(inside, 'link.png'));
    fs.symlinkSync(workshop.pictures, path.join(inside, 'out'));
    fs.symlinkSync(workshop.at('new.png'), path.join(inside, 'dangling.png'));
    agent = await Agent.start(workshop, ['--root', inside]);
  });
  afterAll(() => agent.client.close());

  const asked = { content: 'content.png', style: 'style.png', size: 48, steps: 4 };

  it('paints inside of them', async () => {
    const { value } = await agent.call('stylize_image', asked);
    expect(value).toMatchObject({ state: 'done', output: workshop.at('inside/content-style.png') });
  });

  it.each([
    ['an image outside', { content: () => workshop.at('content.png') }],
    ['a way out', { content: () => '../content.png' }],
    ['a link that leads out', { content: () => 'link.png' }],
    ['a way over a linked folder', { style: () => 'out/style.png' }],
    ['a start image outside', { init: () => workshop.at('content.png') }],
    ['a network outside', { model: () => '/etc/passwd' }],
    ['a result outside', { output: () => workshop.at('new.png') }],
    ['a result over a linked folder', { output: () => 'out/new.png' }],
    ['a linked folder for the result', { output: () => 'out' }],
  ])('refuses %s', async (_what, given) => {
    const files = Object.fromEntries(Object.entries(given).map(([field, file]) => [field, file()]));
    const { isError, text } = await agent.call('stylize_image', { ...asked, ...files });
    expect([isError, text]).toEqual([true, expect.stringMatching(/outside the folders that agents may use/)]);
    expect(fs.existsSync(workshop.at('new.png'))).toBe(false);
  });

  it('refuses a mask outside', async () => {
    const regions = [{ mask: workshop.at('content.png'), style: 'swatch:mosaic' }];
    const { isError, text } = await agent.call('stylize_image', { ...asked, regions });
    expect([isError, text]).toEqual([true, expect.stringMatching(/outside the folders that agents may use/)]);
  });

  it('follows no link that leads nowhere', async () => {
    const { text } = await agent.call('stylize_image', { ...asked, output: 'dangling.png' });
    expect(text).toMatch(/already exists/);
  });

  it('measures no image outside, and shows no run of one', async () => {
    const image = workshop.at('content.png');
    expect((await agent.call('evaluate_image', { ...asked, steps: undefined, image })).isError).toBe(true);
    const [own = '', other = ''] = [workshop.at('inside'), workshop.pictures].map(folder => {
      const styles = [{ image: path.join(folder, 'style.png'), weight: 1 }];
      const recipe = workshop.recipe({ content: path.join(folder, 'content.png'), styles });
      return path.basename(createJob(workshop.storage, recipe));
    });
    const { runs } = (await agent.call('list_runs', { state: 'queued' })).value;
    expect(runs).toMatchObject([{ run: own }]);
    expect(await agent.call('get_run', { run: other })).toMatchObject({ isError: true });
  });
});

describe('atelier mcp, whose client goes away', () => {
  const stopped = (run: unknown) =>
    until(() => stateOf(run).status === 'stopped' && readJob(folderOf(run)).owner === undefined, 'it stops');

  it('paints on, and lets the next one cancel it', async () => {
    const first = await Agent.start(workshop);
    const { pid } = first;
    const { run } = (await first.call('stylize_image', endless())).value;
    await until(() => stateOf(run).step > 0, 'it paints');
    await first.client.close();
    await until(() => !isAlive(pid), 'the server ends');
    const { step } = stateOf(run);
    await until(() => stateOf(run).step > step, 'it paints on');

    const second = await Agent.start(workshop);
    expect((await second.call('cancel_run', { run })).value).toMatchObject({ state: 'stopped' });
    await second.client.close();
    await stopped(run);
  });

  it('stops the painting where that was asked, though it is killed itself', async () => {
    const agent = await Agent.start(workshop);
    const { run } = (await agent.call('stylize_image', { ...endless(), onDisconnect: 'cancel' })).value;
    await until(() => stateOf(run).step > 0, 'it paints');
    process.kill(agent.pid, 'SIGKILL');
    await stopped(run);
    expect(readJob(folderOf(run)).resumable).toBe(true);
  });

  it('stops nothing of another program', async () => {
    const before = workshop.jobs().length;
    const terminal = workshop.start(process.execPath, [
      workshop.cliEntry,
      ...['stylize', 'content.png', 'style.png', '--size', '48', '--steps', '100000', '--no-pyramid'],
    ]);
    await until(() => workshop.jobs().length > before, 'the terminal has a job');
    const run = path.basename(workshop.jobs().at(-1) ?? '');
    await until(() => stateOf(run).step > 0, 'the terminal paints');
    const agent = await Agent.start(workshop);
    const { isError, text } = await agent.call('cancel_run', { run });
    expect([isError, text]).toEqual([true, expect.stringContaining('is working on the job')]);
    await agent.client.close();
    terminal.kill('SIGINT');
    await once(terminal, 'close');
  });
});

describe('atelier mcp, in raw lines', () => {
  /** Sends lines, reads as many answers, and closes the input. */
  async function converse(lines: readonly string[], answers: number): Promise<readonly unknown[]> {
    const server = workshop.start(process.execPath, [workshop.cliEntry, 'mcp'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    let said = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.split('\n').length > answers) server.stdin?.end();
    });
    server.stdin?.write(lines.map(line => `${line}\n`).join(''));
    const [code] = (await once(server, 'close')) as [number | null];
    expect(code).toBe(0);
    return said
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as unknown);
  }
  const line = (message: object) => JSON.stringify({ jsonrpc: '2.0', ...message });
  const hello = line({
    id: 1,
    method: 'initialize',
    params: {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'raw', version: '1' },
    },
  });
  const ready = line({ method: 'notifications/initialized' });

  it('answers what it understands, and survives what it does not', async () => {
    const call = (id: number, params: object) => line({ id, method: 'tools/call', params });
    const answers = await converse(
      [
        hello,
        ready,
        'what?',
        '{"jsonrpc":"2.0","id":2,',
        '[]',
        call(3, { name: 'rm', arguments: {} }),
        call(4, { name: 'get_run', arguments: ['20250131'] }),
        line({ id: 5, method: 'no/such' }),
        call(6, { name: 'list_styles' }),
      ],
      5,
    );
    const byId = new Map(answers.map(answer => [(answer as { id: number }).id, answer]));
    expect(byId.get(1)).toMatchObject({ result: { serverInfo: { name: 'atelier', title: 'Atelier' } } });
    expect(byId.get(3)).toMatchObject({ error: { code: -32602 } });
    expect(byId.get(4)).toMatchObject({ error: { code: -32602 } });
    expect(byId.get(5)).toMatchObject({ error: { code: -32601 } });
    expect(byId.get(6)).toMatchObject({
      result: { structuredContent: { styles: expect.any(Array) as unknown } },
    });
  });

  it('ends when a message has no end', async () => {
    const server = workshop.start(process.execPath, [workshop.cliEntry, 'mcp'], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let said = '';
    server.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    server.stdin?.on('error', () => undefined);
    server.stdin?.write(Buffer.alloc(11 * 2 ** 20, 'a'));
    const [code] = (await once(server, 'close')) as [number | null];
    expect([code, said]).toEqual([0, expect.stringMatching(/^atelier mcp: .*size/m)]);
  });

  it('loads neither codecs nor networks before they are wanted', () => {
    const bundle = fs.readFileSync(path.join(path.dirname(workshop.cliEntry), 'agents.js'), 'utf8');
    expect(bundle).not.toMatch(/require\(["'](sharp|onnxruntime)/);
  });

  it('refuses roots that are no folders', async () => {
    const ended = await workshop.cli('mcp', '--root', 'content.png');
    expect(ended).toMatchObject({ code: 3, stderr: expect.stringContaining('is not a folder') as string });
    expect((await workshop.cli('mcp', '--root', 'nowhere')).code).toBe(3);
  });
});
