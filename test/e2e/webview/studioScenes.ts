import type { HistoryPoint, LossHistory } from '../../../src/jobs/history';
import { studioStrings } from '../../../src/protocol/strings';
import type { GramMap, LayerInsight, Phase, Reconstruction, Status } from '../../../src/protocol/run';
import type { RunSummary, Snapshot } from '../../../src/protocol/studio';
import { offeredLook, studioLook } from './lookScenes';
import { frameSizes } from './pictures';
import { ungrouped } from '../../../src/nst/terms/term';

const styleLayers = ['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'] as const;

/** Losses that fall as an optimizer's do, with a new start at each scale. */
export function pointAt(step: number): HistoryPoint {
  const within = step % 50;
  const fall = (start: number, rate: number) =>
    start * (0.04 + Math.exp(-step * rate) + 0.25 * Math.exp(-within * 0.3));
  const style = Object.fromEntries(
    styleLayers.map((layer, i) => [layer, fall(0.4 / 3 ** i, 0.03 - i * 0.004)]),
  );
  const content = { conv4_1: 0.6 * (1 - Math.exp(-step * 0.02)) + 0.02 * Math.cos(step) ** 2 };
  const tv = 0.004 * Math.exp(-step * 0.01);
  const total = content.conv4_1 + 300 * Object.values(style).reduce((sum, value) => sum + value, 0) + 60 * tv;
  return {
    step,
    evaluations: Math.ceil(step * 1.1),
    seconds: step * 0.19,
    losses: { terms: ungrouped({ content, style, tv }), total },
  };
}

export function historyOf(steps: number): LossHistory {
  const points = Array.from({ length: steps }, (_, i) => pointAt(i + 1));
  const column = (read: (point: HistoryPoint) => number) => points.map(read);
  return {
    stride: 1,
    steps: column(({ step }) => step),
    evaluations: column(({ evaluations }) => evaluations),
    seconds: column(({ seconds }) => seconds),
    total: column(({ losses }) => losses.total),
    terms: Object.fromEntries(
      Object.keys(pointAt(1).losses.terms).map(id => [id, column(({ losses }) => losses.terms[id] ?? NaN)]),
    ),
  };
}

function gram(seed: number): GramMap {
  const size = 32;
  const feature = (i: number) => Math.abs(Math.sin(i * 12.9898 + seed)) ** 3 + 0.05;
  const values = Array.from({ length: size ** 2 }, (_, at) => {
    const [row, column] = [Math.floor(at / size), at % size];
    return feature(row) * feature(column) * (row === column ? 2 : 0.6 + 0.4 * Math.sin(row * column + seed));
  });
  return { size, values };
}

/** Everything the studio can be shown to show, with pictures from `url`. */
export class StudioScenes {
  constructor(private readonly url: (name: string) => string) {}

  readonly plan = frameSizes.map(scale => ({ scale, steps: 50 }));

  get run(): RunSummary {
    const picture = (name: string, file: string) => ({ name, uri: this.url(file) });
    return {
      id: 'run-1',
      content: picture('mountain-lake.jpg', 'photograph.jpg'),
      styles: [picture('swirls.jpg', 'swirls.jpg')],
      model: 'VGG-19',
      statistics: 'mean and covariance',
      recipeName: 'Studio',
      contentLayers: ['conv4_1'],
      styleLayers,
      controls: {
        ratio: 0.0033,
        tv: 60,
        styleLayers: Object.fromEntries(styleLayers.map(layer => [layer, 0.2])),
      },
      look: studioLook,
      fixedStatistics: false,
    };
  }

  status(phase: Phase, step: number): Status {
    const scaleIndex = Math.min(4, Math.floor(step / 50));
    const live = phase === 'running' || phase === 'paused';
    return {
      phase,
      device: 'CPU (2 threads)',
      resumable: phase === 'interrupted' || phase === 'stopped',
      ...(phase === 'done' ? { savedAs: 'mountain-lake-swirls-2.png' } : {}),
      progress:
        step === 0
          ? undefined
          : {
              scale: this.plan[scaleIndex]?.scale ?? [512, 341],
              plan: this.plan,
              scaleIndex,
              step,
              totalSteps: 250,
              evaluations: Math.ceil(step * 1.1),
              seconds: step * 0.19,
              ...(live ? { secondsPerStep: 0.187, secondsLeft: (250 - step) * 0.35 } : {}),
            },
    };
  }

  get reconstructions(): readonly Reconstruction[] {
    const pictures = ['swirls.jpg', 'painting.jpg', 'glass.jpg'];
    return [
      ...styleLayers.map((_, i): Reconstruction => {
        const layers = styleLayers.slice(0, i + 1);
        if (i < 3)
          return {
            ...{ id: `style-${i}`, kind: 'style', layers, state: 'done', progress: 1 },
            ...{ uri: this.url(pictures[i] ?? ''), relativeLoss: 0.004 * (i + 1) },
          };
        const state = i === 3 ? 'running' : 'waiting';
        return { id: `style-${i}`, kind: 'style', layers, state, progress: i === 3 ? 0.4 : 0 };
      }),
      {
        ...{ id: 'content', kind: 'content', layers: ['conv4_1'], state: 'running', progress: 0.7 },
        ...{ uri: this.url('faint.jpg'), relativeLoss: 0.12 },
      },
    ];
  }

  get insights(): readonly LayerInsight[] {
    const overlay = this.url('transparent.png');
    return [
      ...styleLayers.map((layer, i): LayerInsight => ({
        kind: 'style',
        layer,
        receptiveField: [3, 10, 24, 68, 156][i] ?? 3,
        channels: [64, 128, 256, 512, 512][i] ?? 64,
        meanActivation: [0.82, 0.61, 0.34, 0.12, 0.042][i] ?? 1,
        styleGram: gram(i),
        resultGram: gram(i + 0.1),
        gradientOverlay: overlay,
      })),
      {
        kind: 'content',
        layer: 'conv4_1',
        receptiveField: 68,
        channels: 512,
        meanActivation: 0.17,
        gradientOverlay: overlay,
      },
    ];
  }

  snapshot(phase: Phase, step: number, more: Partial<Snapshot> = {}): Snapshot {
    const { run } = this;
    const frames = Array.from({ length: Math.floor(step / 5) }, (_, i) => {
      const scaleIndex = Math.min(4, Math.floor((i * 5) / 50));
      return {
        uri: this.url(`frame-${scaleIndex}.jpg`),
        step: (i + 1) * 5,
        scale: frameSizes[scaleIndex] ?? frameSizes[0],
      };
    });
    return {
      strings: studioStrings,
      locale: 'en',
      look: offeredLook,
      run,
      status: this.status(phase, step),
      controls: run.controls,
      frames,
      history: historyOf(step),
      marks: [],
      reconstructions: [],
      insights: [],
      ...more,
    };
  }
}
