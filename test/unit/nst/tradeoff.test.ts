import { describe, expect, it, vi } from 'vitest';
import type { FloatImage, Size } from '../../../src/nst/image';
import { Random } from '../../../src/nst/random';
import { resample } from '../../../src/nst/resample';
import type { Sources } from '../../../src/nst/stylize';
import {
  paintTradeoff,
  type Cell,
  type CellPainted,
  type KnownCells,
  type TradeoffPlan,
} from '../../../src/nst/tradeoff';
import { texture } from './pictures';
import { ReferenceExecutor } from './referenceExecutor';
import { tinyNetwork } from './referenceOps';
import { termsOf } from '../../../src/nst/terms/term';

vi.setConfig({ testTimeout: 60_000 });

const network = tinyNetwork(Random.seeded(7));
const photograph = texture({ width: 64, height: 68 }, Random.seeded(2));
const painting = texture({ width: 40, height: 40 }, Random.seeded(1));
const sources: Sources = {
  content: size => Promise.resolve(resample(photograph, size)),
  styles: size => Promise.resolve([{ image: resample(painting, size), weight: 1 }]),
  start: size => Promise.resolve(resample(painting, size)),
};

/** A row of two cells, of which the second is the nearer to the content. */
const planOf = (size: Size): TradeoffPlan => ({
  cells: [
    [0.01, 1].map(content => ({
      ...{ size, sources, steps: 5, seed: 0, init: 'content' },
      spec: {
        terms: termsOf({ content: ['conv2_1'], style: ['conv1_1'] }),
        ...{ pooling: 'avg', padding: 'zero', tap: 'post', units: 'mean' },
      },
      strengths: { 'content:conv2_1': content, 'style:conv1_1': 1 },
      optimizer: { kind: 'lbfgs' },
    })),
  ],
  columnOrder: [1, 0],
  draftSteps: 2,
  start: 'warm',
});

async function paint(plan: TradeoffPlan, known?: KnownCells): Promise<CellPainted[]> {
  const painted: CellPainted[] = [];
  for await (const cell of paintTradeoff(new ReferenceExecutor(network), plan, known)) painted.push(cell);
  return painted;
}

describe('a grid of cells', () => {
  it('is drafted from the content outwards, and then finished', async () => {
    const painted = await paint(planOf({ width: 18, height: 17 }));
    expect(painted.map(({ phase, column, steps }) => [phase, column, steps.length])).toEqual([
      ['draft', 1, 2],
      ['draft', 0, 2],
      ['finished', 1, 3],
      ['finished', 0, 3],
    ]);
    for (const { steps, losses } of painted) {
      expect(steps.at(-1)?.losses).toEqual(losses);
      const evaluations = steps.map(step => step.evaluations);
      expect(evaluations).toEqual([...evaluations].sort((a, b) => a - b));
    }
  });

  it('goes on from known drafts with the same numbers, and leaves finished cells alone', async () => {
    const plan = planOf({ width: 18, height: 17 });
    const whole = await paint(plan);
    const drafts = new Map<number, FloatImage>(
      whole.filter(({ phase }) => phase === 'draft').map(({ column, image }) => [column, image]),
    );
    const rest = await paint(plan, {
      draft: ({ column }: Cell) => (column === 0 ? drafts.get(0) : undefined),
      isFinished: ({ column }: Cell) => column === 1,
    });
    expect(rest.map(({ phase, column }) => [phase, column])).toEqual([['finished', 0]]);
    expect(rest[0]?.image.data).toEqual(whole.at(-1)?.image.data);
  });
});
