import type { FigurePlan } from '../../../src/engine/figures/figurePlan';
import { subjectOf } from '../../../src/engine/figures/figureSubject';
import { planFigure } from '../../../src/engine/figures/planFigure';
import { planVariations } from '../../../src/engine/figures/planSheet';
import { presets } from '../../../src/recipe/presets';
import { receptiveField } from '../../../src/nst/vgg19';
import { layoutOf } from '../../../src/extension/figures/figureLayout';
import { figureStrings } from '../../../src/protocol/strings';
import type {
  FigureCell,
  FigurePageStatus,
  FigurePhase,
  FigureSnapshot,
  ShownFigure,
} from '../../../src/protocol/figure';

const layers = ['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'] as const;

const grid: FigurePlan = {
  kind: 'tradeoff',
  base: { ...presets.studio, content: '/mountain-lake.jpg', styles: [{ image: '/swirls.jpg', weight: 1 }] },
  rows: {
    name: 'depth',
    values: layers.map((layer, i) => ({
      label: `up to ${layer}`,
      change: { styleLayers: Object.fromEntries(layers.slice(0, i + 1).map(one => [one, 1 / (i + 1)])) },
    })),
  },
  columns: {
    name: 'ratio',
    values: [1e-5, 1e-4, 1e-3, 1e-2].map(ratio => ({ label: `α/β ${ratio}`, change: { ratio } })),
  },
  draftSteps: 12,
  start: 'warm',
};

/** Styles of a sheet of all styles. */
export const STYLES = ['Night Wind', 'Mosaic', 'Woodcut', 'Stained Glass', 'Ink Wash', 'Great Wave'] as const;

const all = { size: 192, steps: 48, model: 'lite' } as const;

const reconstructions: FigurePlan = {
  kind: 'reconstructions',
  ...{ content: '/mountain-lake.jpg', style: '/swirls.jpg' },
  ...{ layers: [...layers], steps: 200, seed: 0, size: 256, model: 'lite' },
};

/** Figures as the panel can be shown them, with pictures from `url`. */
export class FigureScenes {
  constructor(private readonly url: (name: string) => string) {}

  /** A grid of which so many cells, in the order of reading, are finished; drafts are there as far as `drafts`. */
  grid(phase: FigurePhase, finished: number, drafts = 20): FigureSnapshot {
    const pictures = ['painting.jpg', 'painting.jpg', 'faint.jpg', 'photograph.jpg'];
    const drawn = (index: number): Partial<FigureCell> => ({
      uri: this.url(pictures[index % 4] ?? ''),
      ...(index < finished
        ? { state: 'done', losses: { content: 0.31 / (1 + (index % 4)), style: 0.0042 * (1 + (index % 4)) } }
        : { state: 'draft' }),
    });
    const figure = this.figure(grid, index => (index < Math.max(finished, drafts) ? drawn(index) : {}));
    const { cells } = figure.rows[Math.floor(finished / 4)] ?? { cells: [] };
    return this.snapshot(figure, phase, 0.15 + (0.85 * finished) / 20, cells[finished % 4]?.id);
  }

  /** All styles, of which so many are finished; the next two are drafts. */
  styles(phase: FigurePhase, finished: number): FigureSnapshot {
    const asked = { kind: 'styles', content: '/mountain-lake.jpg', styles: [...STYLES], ...all } as const;
    return this.choice(planFigure(asked), phase, finished);
  }

  /** Variations of a painting, of which so many are finished; the next two are drafts. */
  variations(phase: FigurePhase, finished: number): FigureSnapshot {
    const { base } = grid as Extract<FigurePlan, { kind: 'tradeoff' }>;
    const plan = planVariations(base, { kind: 'variations', job: '/job', size: 256 });
    return this.choice(JSON.parse(JSON.stringify(plan)) as FigurePlan, phase, finished);
  }

  private choice(plan: FigurePlan, phase: FigurePhase, finished: number): FigureSnapshot {
    const losses = { content: 0.31, style: 0.0042 };
    const drawn = (index: number): Partial<FigureCell> =>
      index < finished
        ? { state: 'done', uri: this.url('painting.jpg'), losses }
        : { state: 'draft', uri: this.url('faint.jpg') };
    const figure = this.figure(plan, index => (index < finished + 2 ? drawn(index) : {}));
    const running = figure.rows.flatMap(({ cells }) => cells)[finished]?.id;
    return this.snapshot(figure, phase, 0.5, running);
  }

  /** Reconstructions of which so many are finished, and one is a draft. */
  reconstructions(phase: FigurePhase, finished: number): FigureSnapshot {
    const pictures = ['photograph.jpg', 'photograph.jpg', 'faint.jpg', 'painting.jpg', 'painting.jpg'];
    const figure = this.figure(reconstructions, index => {
      if (index > finished) return {};
      const uri = this.url(index < 5 ? (pictures[index] ?? '') : 'swirls.jpg');
      if (index === finished) return { state: 'draft', uri, relativeLoss: 0.31 };
      const psnr = index < 5 ? { psnr: 44 - 6 * index } : {};
      return { state: 'done', uri, relativeLoss: index === 0 ? 4e-9 : 0.0021 * (1 + index), ...psnr };
    });
    const current = figure.rows.flatMap(({ cells }) => cells)[finished]?.id;
    return this.snapshot(figure, phase, finished / 10, current);
  }

  private figure(request: FigurePlan, drawn: (index: number) => Partial<FigureCell>): ShownFigure {
    const { rows, ...layout } = layoutOf(request, figureStrings, receptiveField, String);
    const sources = [
      { name: 'mountain-lake.jpg', uri: this.url('photograph.jpg') },
      { name: 'swirls', uri: this.url('swirls.jpg') },
    ];
    let index = 0;
    return {
      ...layout,
      ...{
        id: 'f1',
        kind: subjectOf(request),
        title: 'mountain-lake.jpg × swirls',
        model: 'VGG-19',
        sources,
      },
      ...(request.kind === 'tradeoff' && subjectOf(request) === 'tradeoff' ? { start: request.start } : {}),
      rows: rows.map(({ about, cells, ...row }) => ({
        ...row,
        ...(about === undefined ? {} : { picture: sources[about === 'content' ? 0 : 1] }),
        cells: cells.map((cell): FigureCell => ({ ...cell, state: 'waiting', ...drawn(index++) })),
      })),
    };
  }

  private snapshot(
    figure: ShownFigure,
    phase: FigurePhase,
    done: number,
    cell: string | undefined,
  ): FigureSnapshot {
    const status: FigurePageStatus = {
      ...{ phase, device: 'CPU, 2 threads', done: phase === 'done' ? 1 : done },
      ...(phase === 'running' ? { cell, secondsLeft: 94 } : {}),
    };
    return { strings: figureStrings, locale: 'en', figure, status };
  }
}
