import type { Request } from '../../../src/protocol/engine';
import { createJob } from '../../../src/jobs/folder';
import type { Chance } from '../chance';
import type { SmallWorkshop } from '../smallWorkshop';
import { mutateJson } from '../mutateJson';

/** Something that comes over a channel, and in which way it is hostile. */
export interface Hostile {
  readonly kind: string;
  readonly message: unknown;
}

/**
 * Requests that change nothing outside the workshop and load nothing from the network: all types but the downloads,
 * the runtime's installation and the engine's end.
 */
function requests(workshop: SmallWorkshop, job: string): Request[] {
  const at = (name: string) => workshop.at(name);
  const ask = { size: 24, steps: 4, model: 'lite' } as const;
  const layers = { contentLayers: { conv4_2: 1 }, styleLayers: { conv1_1: 1 } };
  const plan = { image: { width: 40, height: 32 }, size: 32, model: 'lite', steps: 5 } as const;
  return [
    { type: 'hello', settings: settingsOf(workshop) },
    { type: 'run', job },
    { type: 'run', job: workshop.folder },
    { type: 'reorder', order: [job] },
    { type: 'pause', job },
    { type: 'continue', job },
    { type: 'finish', job },
    { type: 'stop', job, keep: false },
    { type: 'stop', job, keep: true },
    { type: 'retune', job, tuning: { ratio: 0.1, tv: 3, styleLayers: { conv1_1: 0.5 } } },
    { type: 'watchInsights', job, kind: 'layers' },
    { type: 'watchInsights', job, kind: 'reconstructions' },
    { type: 'watchInsights', job, kind: 'none' },
    { type: 'findFigure', input: { kind: 'reconstructions', content: at('content.png'), ...ask } },
    {
      type: 'findFigure',
      input: { kind: 'tradeoff', content: at('content.png'), styles: [at('style.png')], ...ask },
    },
    { type: 'makeFigure', figure: job },
    { type: 'stopFigure', figure: job },
    { type: 'recipeOfCell', figure: job, cell: 'cell-1-1', size: 0 },
    { type: 'devices' },
    { type: 'inspect', image: at('content.png') },
    { type: 'inspect', image: workshop.folder },
    { type: 'convert', image: at('content.png'), to: at('small.webp'), side: 16 },
    { type: 'convert', image: at('none.png'), to: at('none/small.webp'), side: 16 },
    { type: 'estimate', plan: { ...plan, ...layers, optimizer: 'lbfgs', pyramid: true } },
    { type: 'models' },
    { type: 'importModel', file: at('content.png') },
    { type: 'verifyModel', model: 'lite' },
    { type: 'verifyModel', model: 'none' },
    { type: 'describeRuntime', variant: 'cpu' },
    { type: 'cancel', request: 1 },
  ] as Request[];
}

export function settingsOf(workshop: SmallWorkshop) {
  return { device: 'cpu', threads: 1, storage: workshop.storage, mirror: '' } as const;
}

/** They measure the machine and ask other programs, for seconds. */
const SLOW: ReadonlySet<string> = new Set(['devices', 'describeRuntime', 'estimate']);

/** A job that a person might have made. */
export function newJob(workshop: SmallWorkshop): string {
  return createJob(workshop.storage, workshop.recipe());
}

const nonsense: readonly unknown[] = [
  ...[null, true, 0, -1, 1e300, '', 'hello', [], {}, [[]], { type: null }, { id: 1 }],
  { type: 'hello' },
  { type: 'toString', id: 1 },
  { type: '__proto__', id: 1 },
  { type: 'run', id: -1, job: 'x' },
  { type: 'run', id: 1.5, job: 'x' },
  { type: 'x'.repeat(100_000), id: 1 },
  { type: 'reply', id: 1 },
  { type: 'event', job: '/x', event: { event: 'done' } },
  { type: 'models', id: 1, more: 'x' },
];

/**
 * A message to the engine: a request that is as it should be but at the wrong time, one that is damaged, or nonsense.
 * @param id for the reply, unless the damage hits it
 */
export function hostileRequest(chance: Chance, workshop: SmallWorkshop, job: string, id: number): Hostile {
  const known = requests(workshop, job);
  const quick = known.filter(({ type }) => !SLOW.has(type));
  const request = { ...chance.pick(chance.happens(0.05) ? known : quick), id };
  switch (chance.below(6)) {
    case 0:
      return { kind: 'nonsense', message: chance.pick(nonsense) };
    case 1:
    case 2:
      return { kind: 'requests at any time', message: request };
    default:
      return { kind: 'damaged requests', message: mutateJson(request, chance) };
  }
}
