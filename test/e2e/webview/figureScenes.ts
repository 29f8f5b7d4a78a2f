import type { FigurePlan } from '../../../src/engine/figures/figurePlan';
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
    const { rows, ...layout } = layoutOf(request, figureStrings, receptiveField);
    const sources = [
      { name: 'mountain-lake.jpg', uri: this.url('photograph.jpg') },
      { name: 'swirls', uri: this.url('swirls.jpg') },
    ];
    let index = 0;
    return {
      ...layout,
      ...{ id: 'f1', kind: request.kind, title: 'mountain-lake.jpg × swirls', model: 'VGG-19', sources },
      ...(request.kind === 'tradeoff' ? { start: request.start } : {}),
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
