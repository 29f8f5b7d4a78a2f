import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EngineClient } from '../../src/engine/process/client';
import type { CellEvent, FigureEvent } from '../../src/protocol/figureEvent';
import type { EngineSettings, FigureInput } from '../../src/protocol/request';
import { createFigure, readFigure } from '../../src/engine/figures/storedFigure';
import { Painter } from './stage/painter';
import { until, Workshop } from './stage/workshop';

const workshop = new Workshop();
const closing: (() => Promise<void>)[] = [];

/** A client that remembers what it heard of figures. */
class Draftsman {
  readonly events: { readonly figure: string; readonly event: FigureEvent }[] = [];
  readonly client: EngineClient;
  readonly settings: EngineSettings;

  constructor(storage: string, language?: EngineSettings['language']) {
    this.settings = { device: 'cpu', threads: 0, storage, mirror: '', ...(language && { language }) };
    this.client = new EngineClient({ entry: workshop.engineEntry, settings: this.settings });
    this.client.listen({ figure: (figure, event) => this.events.push({ figure, event }) });
    closing.push(() => this.client.close());
  }

  async make(input: FigureInput): Promise<string> {
    const { figure } = await this.client.request({ type: 'findFigure', input });
    await this.client.makeFigure(figure);
    return figure;
  }

  heard<T extends FigureEvent['event']>(figure: string, kind: T): Extract<FigureEvent, { event: T }>[] {
    return this.events
      .filter(entry => entry.figure === figure && entry.event.event === kind)
      .map(({ event }) => event as Extract<FigureEvent, { event: T }>);
  }

  finished(figure: string): CellEvent[] {
    return this.heard(figure, 'cell').filter(({ state }) => state === 'done');
  }

  async becomes(figure: string, kind: FigureEvent['event']): Promise<void> {
    await until(() => this.heard(figure, kind).length > 0, `the figure is ${kind}`, 120_000);
  }
}

const grid = (size: number): FigureInput => ({
  kind: 'tradeoff',
  content: workshop.at('content.png'),
  styles: [workshop.at('style.png')],
  size,
  steps: 16,
  model: 'lite',
});

beforeAll(async () => void (await workshop.open()));
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(() => workshop.close());

describe('a figure made by the engine', () => {
  const pictures = (figure: string) =>
    readFigure(figure).pictures.map(({ file }) => fs.readFileSync(path.join(figure, file)));

  it(
    'shows every draft before it finishes cells, and goes on after a kill without making one again',
    { timeout: 240_000 },
    async () => {
      const whole = new Draftsman(path.join(workshop.folder, 'whole'));
      const first = await whole.make(grid(32));
      await whole.becomes(first, 'done');
      const states = whole.heard(first, 'cell').map(({ state }) => state);
      expect(states).toEqual([...Array<string>(20).fill('draft'), ...Array<string>(20).fill('done')]);
      expect(whole.finished(first).every(({ losses }) => losses!.style > 0)).toBe(true);
      expect(whole.heard(first, 'progress').at(-1)?.done).toBeCloseTo(1);
      const [done] = whole.heard(first, 'done');
      expect(fs.readFileSync(done!.page, 'utf8')).toContain('conv5_1');
      expect(readFigure(first)).toMatchObject({ state: { status: 'done' }, drafts: [] });

      const cut = new Draftsman(path.join(workshop.folder, 'cut'));
      const second = await cut.make(grid(32));
      await until(() => cut.finished(second).length >= 3, 'three finished cells', 120_000);
      process.kill(cut.client.pid!, 'SIGKILL');
      await cut.becomes(second, 'interrupted');
      expect(cut.heard(second, 'interrupted')).toMatchObject([{ resuming: true }]);
      await cut.becomes(second, 'done');
      const ids = cut.finished(second).map(({ id }) => id);
      expect(new Set(ids).size).toBe(20);
      expect(ids).toHaveLength(20);
      for (const [i, bytes] of pictures(first).entries())
        expect(bytes.equals(pictures(second)[i]!)).toBe(true);
      // Asked for again, it is the same figure, and there is nothing left to do.
      expect(await cut.make(grid(32))).toBe(second);
      await until(() => cut.heard(second, 'done').length === 2, 'it is done again');
      expect(cut.finished(second)).toHaveLength(20);
      expect(fs.readdirSync(second).filter(name => name.startsWith('.'))).toEqual([]);
    },
  );

  it('makes reconstructions with drafts, loss and PSNR, stops at once and resumes', async () => {
    const one = new Draftsman(workshop.storage);
    const figure = await one.make({
      ...{ kind: 'reconstructions', size: 64, steps: 60, model: 'lite' },
      ...{ content: workshop.at('content.png'), style: workshop.at('style.png') },
    });
    await until(() => one.finished(figure).length >= 2, 'two finished pictures', 120_000);
    await one.client.request({ type: 'stopFigure', figure });
    await one.becomes(figure, 'stopped');
    expect(readFigure(figure).state.status).toBe('stopped');
    await one.client.makeFigure(figure);
    await one.becomes(figure, 'done');
    const done = one.finished(figure);
    const ids = ['content', 'style'].flatMap(kind => [1, 2, 3, 4, 5].map(n => `${kind}-conv${n}_1`));
    expect(new Set(done.map(({ id }) => id))).toEqual(new Set(ids));
    expect(done.find(({ id }) => id === 'content-conv1_1')?.psnr).toBeGreaterThan(30);
    expect(done.every(({ relativeLoss }) => relativeLoss! < 0.3)).toBe(true);
    expect(one.heard(figure, 'cell').some(({ state }) => state === 'draft')).toBe(true);
  }, 120_000);

  it('writes its page in the language of the client', async () => {
    const bundle = path.resolve(__dirname, '../../l10n/bundle.l10n.zh-cn.json');
    const one = new Draftsman(path.join(workshop.folder, 'chinese'), { tag: 'zh-cn', bundle });
    const figure = await one.make({
      ...{ kind: 'reconstructions', content: workshop.at('content.png') },
      ...{ size: 32, steps: 4, model: 'lite' },
    });
    await one.becomes(figure, 'done');
    const page = fs.readFileSync(one.heard(figure, 'done')[0]!.page, 'utf8');
    expect(page).toContain('<html lang="zh-cn">');
    expect(page).toContain('每一层表示什么');
  });

  it('waits for the painting before it, and says what is wrong', async () => {
    const painter = new Painter(workshop);
    closing.push(() => painter.client.close());
    const heard: FigureEvent[] = [];
    painter.client.listen({ figure: (_, event) => heard.push(event) });
    const job = await painter.paint({ steps: 100, output: workshop.at('before.png') });
    const input = { ...grid(32), content: workshop.at('missing.png') };
    const { figure } = await painter.client.request({ type: 'findFigure', input });
    expect(await painter.client.makeFigure(figure)).toEqual({ position: 1 });
    await painter.first(job, 'done');
    await until(() => heard.some(({ event }) => event === 'failed'), 'it failed');
    expect(heard[0]).toEqual({ event: 'queued', behind: 'job' });
    expect(heard.at(-1)).toMatchObject({ error: { code: 'file-missing' } });
    expect(readFigure(figure).state).toMatchObject({ status: 'failed', error: { code: 'file-missing' } });
  });

  it('says that its folder is gone, and the engine goes on with the next', async () => {
    const one = new Draftsman(workshop.storage);
    const { pid } = await one.client.request({ type: 'hello', settings: one.settings });
    const [gone, next] = [
      await one.make({ ...grid(32), steps: 60 }),
      await one.make({ ...grid(32), steps: 4 }),
    ];
    await until(() => one.heard(gone, 'cell').length > 0, 'a first picture');
    fs.rmSync(gone, { recursive: true });
    await one.becomes(gone, 'failed');
    expect(one.heard(gone, 'failed')[0]!.error).toMatchObject({
      code: 'file-missing',
      next: 'Make it again.',
    });
    await until(() => one.heard(next, 'cell').length > 0, 'the next is made');
    expect(one.client.pid).toBe(pid);
    expect(one.heard(gone, 'interrupted')).toEqual([]);
  });

  it('gives the recipe of a cell as a normal run', async () => {
    const { client } = new Draftsman(workshop.storage);
    const { figure } = await client.request({ type: 'findFigure', input: grid(48) });
    const recipe = await client.request({ type: 'recipeOfCell', figure, cell: 'cell-2-4', size: 400 });
    expect(recipe).toMatchObject({ ratio: 0.01, size: 400, styleLayers: { conv1_1: 0.5, conv2_1: 0.5 } });
    const none = client.request({ type: 'recipeOfCell', figure, cell: 'cell-6-1', size: 400 });
    await expect(none).rejects.toMatchObject({ code: 'usage' });
  });

  it('is interrupted, not running, when nobody holds it', () => {
    const figure = createFigure(workshop.storage, {
      ...{ kind: 'reconstructions', content: '/c.png', layers: ['conv1_1'] },
      ...{ size: 64, steps: 10, seed: 0, model: 'lite' },
    });
    const file = path.join(figure, 'state.json');
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('waiting', 'running'));
    expect(readFigure(figure).state.status).toBe('interrupted');
  });
});
