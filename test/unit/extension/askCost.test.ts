import { beforeEach, describe, expect, it, vi } from 'vitest';
import { askCost } from '../../../src/extension/stylize/askCost';
import type { RunEstimate } from '../../../src/protocol/reply';
import { presets } from '../../../src/recipe/presets';

interface Row {
  readonly label: string;
  readonly description: string;
}
const { picks } = vi.hoisted(() => ({
  picks: { asked: [] as { title: string; rows: string[] }[], answer: undefined as string | undefined },
}));

vi.mock('vscode', () => ({
  l10n: {
    t: (text: string, ...values: unknown[]) =>
      text.replace(/\{(\d)\}/g, (_, n: string) => String(values[Number(n)])),
  },
  env: { language: 'en' },
  window: {
    showQuickPick: (rows: Row[], { title }: { title: string }) => {
      picks.asked.push({ title, rows: rows.map(({ label, description }) => `${label} | ${description}`) });
      return Promise.resolve(rows.find(({ label }) => label.startsWith(picks.answer ?? '-')));
    },
  },
}));

const recipe = { ...presets.studio, content: '/photo.jpg', styles: [{ image: '/wave.png', weight: 1 }] };
const large = { ...recipe, size: 4096 };
const cost: RunEstimate = {
  ...{ width: 4096, height: 3072, model: 'lite', steps: 250 },
  ...{ bytes: 16e9, seconds: 1980, largest: 5000 },
};
const asking = (estimate: Partial<RunEstimate> = {}) => {
  const ask = vi.fn(({ type }: { type: string }) =>
    Promise.resolve(type === 'inspect' ? { width: 8000, height: 6000 } : { ...cost, ...estimate }),
  );
  return { ask } as never as Parameters<typeof askCost>[1] & { ask: typeof ask };
};

beforeEach(() => {
  picks.asked.length = 0;
  picks.answer = undefined;
});

describe('before a painting that costs much', () => {
  it('a smaller one is offered first, with what both cost', async () => {
    picks.answer = 'Smaller';
    const painted = await askCost([large, { ...recipe, size: 512 }, { ...recipe, size: 0 }], asking());
    expect(picks.asked).toEqual([
      {
        title: '4096 × 3072 pixels: 16 GB · 33 min here',
        rows: ['Smaller: 2048 px | 4 GB · 9 min', 'Paint at 4096 px | 16 GB · 33 min'],
      },
    ]);
    expect(painted?.map(({ size }) => size)).toEqual([2048, 512, 2048]);
  });

  it('it is painted as it is when that is wanted, and not at all when the person gives up', async () => {
    picks.answer = 'Paint at';
    expect(await askCost([large], asking())).toEqual([large]);
    picks.answer = undefined;
    expect(await askCost([large], asking())).toBeUndefined();
  });

  it('memory alone is reason enough', async () => {
    await askCost([large], asking({ seconds: 20, largest: 4500 }));
    expect(picks.asked[0]?.rows[0]).toMatch(/^Smaller: 3072 px/);
  });
});

describe('nothing is asked', () => {
  it('of a painting that is soon done, nor of the engine', async () => {
    const engine = asking();
    expect(await askCost([recipe], engine)).toEqual([recipe]);
    expect(engine.ask).not.toHaveBeenCalled();
  });

  it.each([
    ['no smaller one would do', { width: 300, height: 200, seconds: 90_000 }],
    ['time and memory are there', { seconds: 300, largest: 9000 }],
    ['the time is not known', { seconds: undefined as never, largest: 9000 }],
  ])('where %s', async (_, estimate) => {
    expect(await askCost([large], asking(estimate))).toEqual([large]);
    expect(picks.asked).toEqual([]);
  });

  it('where nobody can tell what it costs', async () => {
    const engine = { ask: () => Promise.reject(new Error('The image is damaged.')) };
    expect(await askCost([large], engine)).toEqual([large]);
    vi.useFakeTimers();
    const late = askCost([large], { ask: () => new Promise(() => undefined) } as never);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await late).toEqual([large]);
    vi.useRealTimers();
  });
});
