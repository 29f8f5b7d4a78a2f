import { describe, expect, it, vi } from 'vitest';
import { QueueOrder } from '../../../src/extension/runs/queueOrder';
import type { Run } from '../../../src/extension/runs/run';
import { groupRuns } from '../../../src/extension/runs/runGroups';
import { runItem } from '../../../src/extension/runs/runItem';
import { queueMoves } from '../../../src/extension/runs/queueCommands';
import { queueBeside } from '../../../src/extension/studio/queueBeside';
import { initialState, type JobState } from '../../../src/jobs/state';
import { presets } from '../../../src/recipe/presets';

vi.mock('vscode', () => ({
  l10n: {
    t: (text: string, ...values: unknown[]) =>
      text.replace(/\{(\d)\}/g, (_, n: string) => String(values[Number(n)])),
  },
  env: { language: 'en' },
  workspace: { asRelativePath: (file: string) => file },
  Uri: { file: (file: string) => ({ toString: () => `file://${file}` }) },
  ThemeIcon: class {},
  ThemeColor: class {},
  TreeItem: class {
    constructor(readonly label: string) {}
  },
  MarkdownString: class {
    value = '';
    appendText(text: string) {
      this.value += text;
      return this;
    }
    appendMarkdown(text: string) {
      this.value += text;
      return this;
    }
  },
}));

const now = new Date().toISOString();
const run = (name: string, state: Partial<JobState> = {}, more: Partial<Run> = {}): Run => ({
  folder: `/storage/jobs/${name}`,
  createdAt: now,
  recipe: { ...presets.studio, content: `/${name}.jpg`, styles: [{ image: '/wave.png', weight: 1 }] },
  state: { ...initialState, ...state },
  here: true,
  elsewhere: false,
  resumable: false,
  ...more,
});
const names = (runs: readonly Run[]) => runs.map(({ folder }) => folder.slice(folder.lastIndexOf('/') + 1));
const waiting = { status: 'queued', behind: 'job' } as const;
const atWork = run('one', { status: 'running' });
const queue = [atWork, run('two', waiting), run('three', waiting), run('four', waiting)];

describe('the order of the queue', () => {
  const filled = () => {
    const order = new QueueOrder();
    queue.forEach(({ folder }, index) => order.enter(folder, queue.slice(0, index + 1)));
    return order;
  };
  const [, two, three, four] = queue.map(({ folder }) => folder);
  const moved = (folders: readonly string[], before?: string) => {
    const order = filled();
    order.take(order.moved(queue, folders, before) ?? []);
    return names(order.sorted([...queue].reverse()));
  };

  it('is that in which they came, after the one at work', () => {
    expect(names(filled().sorted([...queue].reverse()))).toEqual(['one', 'two', 'three', 'four']);
  });

  it('is another when some are put before others, or at the end', () => {
    expect(moved([four!], two)).toEqual(['one', 'four', 'two', 'three']);
    expect(moved([two!, three!])).toEqual(['one', 'four', 'two', 'three']);
    expect(moved([three!, four!], atWork.folder)).toEqual(['one', 'three', 'four', 'two']);
  });

  it('stays where nothing can be moved', () => {
    const order = filled();
    expect(order.moved(queue, [atWork.folder], four)).toBeUndefined();
    expect(order.moved(queue, [two!], two)).toBeUndefined();
  });

  it('counts what has ended since it was empty', () => {
    const order = filled();
    order.leave();
    expect(order.progress(queue.slice(1))).toEqual({ ended: 1, total: 4 });
    order.enter(two!, queue.slice(1, 2));
    expect(order.progress(queue.slice(1, 2))).toEqual({ ended: 0, total: 1 });
  });

  it('is changed by keys, a place at a time or to the front', async () => {
    const moveBefore = vi.fn();
    const moves = queueMoves({ active: queue, moveBefore } as never);
    await moves.up([queue[2]!]);
    await moves.up([queue[1]!]);
    await moves.down([queue[1]!]);
    await moves.down([queue[2]!]);
    await moves.first([queue[3]!]);
    expect(moveBefore.mock.calls).toEqual([
      [[three], two],
      [[two], two],
      [[two], four],
      [[three], undefined],
      [[four], two],
    ]);
  });
});

describe('the view of runs', () => {
  const old = run('old', { status: 'done' }, { createdAt: '2020-01-01T00:00:00Z', here: false });
  const failed = run('failed', { status: 'failed' });
  const all = [failed, ...[...queue].reverse(), old];
  const groups = (words?: string) =>
    [...groupRuns({ all, active: queue }, words)].map(([group, runs]) => [group, names(runs)]);

  it('has the queue as it is painted, what is of today, and what is earlier', () => {
    expect(groups()).toEqual([
      ['queue', ['one', 'two', 'three', 'four']],
      ['today', ['failed']],
      ['earlier', ['old']],
    ]);
  });

  it('finds runs by their image, style and state', () => {
    expect(groups('WAVE wait')).toEqual([['queue', ['two', 'three', 'four']]]);
    expect(groups('failed')).toEqual([['today', ['failed']]]);
    expect(groups('nothing')).toEqual([]);
  });

  it('says the name first, then where it stands', () => {
    const row = (one: Run, ahead = 0) => {
      const { label, description } = runItem(one, ahead);
      return `${label as string} | ${String(description)}`;
    };
    expect(row(queue[1]!, 1)).toBe('two.jpg · wave | next in line');
    expect([2, 3, 8, 11, 22].map(ahead => runItem(queue[1]!, ahead).description)).toEqual([
      ...['2nd in line', '3rd in line', '8th in line', '11th in line', '22nd in line'],
    ]);
    expect(row(run('now', { status: 'running', step: 30, totalSteps: 60 }))).toMatch(
      /^now\.jpg · wave \| pa/,
    );
    expect(row(failed)).toMatch(/^failed\.jpg · wave \| failed · /);
  });

  it('shows the painting in the tooltip', () => {
    const frames = [{ file: 'frames/000003.jpg', step: 3, scale: [64, 48] as const }];
    const { tooltip } = runItem(run('two', { status: 'running', frames }), 0);
    expect((tooltip as { value: string }).value).toContain(
      '![](file:///storage/jobs/two/frames/000003.jpg|width=320)',
    );
  });
});

it('beside a run the studio tells of the next one, or of the one at work', () => {
  const runs = { active: queue, progress: { ended: 3, total: 7 } };
  expect(queueBeside(atWork, runs, false)).toEqual({
    ...{ name: 'two.jpg · wave', now: false, place: 5, total: 7, follow: false },
  });
  expect(queueBeside(queue[2]!, runs, true)).toMatchObject({ name: 'one.jpg · wave', now: true, place: 4 });
  expect(queueBeside(atWork, { ...runs, active: [atWork] }, true)).toBeUndefined();
});
