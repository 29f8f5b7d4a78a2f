import { beforeEach, expect, it, vi } from 'vitest';
import { tellFigureEndings } from '../../../src/extension/figures/figureEndings';
import type { Figure } from '../../../src/extension/figures/figure';
import type { FigureEvent } from '../../../src/protocol/figureEvent';

const { told, answers } = vi.hoisted(() => ({ told: [] as string[][], answers: [] as string[] }));

vi.mock('vscode', () => {
  const telling =
    (how: string) =>
    (...said: string[]) => {
      told.push([how, ...said]);
      return Promise.resolve(answers.shift());
    };
  return {
    l10n: {
      t: (text: string, ...values: unknown[]) =>
        text.replace(/\{(\d)\}/g, (_, n: string) => String(values[Number(n)])),
    },
    env: { language: 'en' },
    window: { showInformationMessage: telling('information'), showWarningMessage: telling('warning') },
  };
});

const figure = {
  folder: '/storage/figures/one',
  request: { kind: 'reconstructions', content: '/photos/lake.jpg', style: '/mosaic.png' },
} as Figure;
const done = { event: 'done', sheet: 'sheet.png', page: 'index.html' } as const;
const show = vi.fn();
let tell: (event?: FigureEvent) => void;
let inSight: boolean;
let notifyWhenDone: boolean;

beforeEach(() => {
  told.length = 0;
  answers.length = 0;
  show.mockClear();
  inSight = false;
  notifyWhenDone = true;
  const onDidChange = (listener: (heard: object) => void) => {
    tell = event => listener({ figure, event });
    return { dispose: () => undefined };
  };
  const settings = {
    get notifyWhenDone() {
      return notifyWhenDone;
    },
  };
  tellFigureEndings({ onDidChange, show } as never, settings, () => inSight, {} as never);
});

it('says that a figure is finished, and shows it', async () => {
  answers.push('Show');
  tell(done);
  expect(told).toEqual([['information', '"Layers: lake.jpg × mosaic" is finished.', 'Show']]);
  await vi.waitFor(() => expect(show).toHaveBeenCalledWith(figure));
});

it('says why one has failed', () => {
  tell({ event: 'failed', error: { code: 'image-corrupt', message: 'The image is damaged.' } });
  expect(told).toEqual([['warning', 'Layers: lake.jpg × mosaic failed: The image is damaged.', 'Show']]);
});

it('says nothing of what is no end, was stopped, is in sight, or is not wanted', () => {
  tell();
  tell({ event: 'progress', done: 0.5 });
  tell({ event: 'stopped' });
  inSight = true;
  tell(done);
  inSight = false;
  notifyWhenDone = false;
  tell(done);
  expect(told).toEqual([]);
});
