import * as fs from 'node:fs';
import * as path from 'node:path';
import { encodeImage } from '../../images/encode';
import { fitLongestSide } from '../../images/size';
import { writeAtomically, writeJsonAtomically } from '../../common/atomicFile';
import type { Recipe } from '../../recipe/recipe';
import type { Executor } from '../../nst/executor';
import {
  contentReconstructions,
  reconstruct,
  styleReconstructions,
  type Reconstruction,
  type ReconstructionStep,
} from '../../nst/reconstruct';
import { LAYERS } from '../../nst/vgg19';
import type { Pictures } from '../run/pictures';
import { layersOf } from '../run/weightedLayers';
import type { Insight, ReconstructionInsight } from '../../protocol/insight';

/** Small enough that all reconstructions take seconds, large enough to see strokes. */
const SIDE = 160;
const STEPS = 80;
/** Steps between two pictures of a reconstruction under way. */
const SHOWN_EVERY = 10;

const FOLDER = 'reconstructions';
const INDEX = 'index.json';
/** An index that names any other file is none: what it names is removed in its time. */
const ownFile = /^reconstructions\/[\w-]+\.png$/;

/**
 * The reconstructions of a job: the content at its content layers, the style at its growing subsets of layers. They
 * are made one after another, a step at a time, and stay in the job's folder; finished ones are never made again.
 */
export class Reconstructions {
  private readonly insights: Map<string, ReconstructionInsight>;
  private readonly order: readonly Reconstruction[];
  private current: AsyncGenerator<ReconstructionStep, void, undefined> | undefined;

  constructor(
    private readonly folder: string,
    private readonly recipe: Recipe,
    private readonly pictures: Pictures,
    private readonly executor: Executor<unknown>,
    private readonly emit: (insight: Insight) => void,
  ) {
    const ordered = (weights: Recipe['styleLayers']) =>
      LAYERS.filter(layer => layersOf(weights).includes(layer));
    this.order = [
      ...styleReconstructions(ordered(recipe.styleLayers)),
      ...contentReconstructions(ordered(recipe.contentLayers)),
    ];
    const finished = readIndex(folder);
    this.insights = new Map(
      this.order.map(({ id, kind, layers }) => {
        const known = finished.find(insight => insight.id === id);
        return [id, known ?? { kind: 'reconstruction', id, of: kind, layers, state: 'waiting', progress: 0 }];
      }),
    );
  }

  /** Tells of all reconstructions as they stand. */
  announce(): void {
    for (const insight of this.insights.values()) this.emit(insight);
  }

  get isComplete(): boolean {
    return [...this.insights.values()].every(({ state }) => state === 'done');
  }

  /** Takes one step of the first unfinished reconstruction. */
  async advance(): Promise<void> {
    const next = this.order.find(({ id }) => this.insights.get(id)?.state !== 'done');
    if (next === undefined) return;
    this.current ??= reconstruct(this.executor, next, this.pictures, {
      size: fitLongestSide(this.pictures.contentImage, SIDE),
      steps: STEPS,
      seed: this.recipe.seed,
      pooling: this.recipe.pooling,
      padding: this.recipe.padding,
      tap: this.recipe.tap,
    });
    const { value: taken } = await this.current.next();
    if (taken === undefined) throw new Error(`${next.id} ended before its last step`);
    const isLast = taken.step === taken.steps;
    if (isLast || taken.step % SHOWN_EVERY === 0) await this.show(next, taken, isLast);
    if (isLast) {
      await this.dispose();
      this.writeIndex();
    }
  }

  /** Gives up the reconstruction under way. */
  async dispose(): Promise<void> {
    const { current } = this;
    this.current = undefined;
    await current?.return();
  }

  private async show(
    { id, kind, layers }: Reconstruction,
    { step, steps, relativeLoss, image }: ReconstructionStep,
    isLast: boolean,
  ): Promise<void> {
    const before = this.insights.get(id)?.file;
    const file = `${FOLDER}/${id}-${step}.png`;
    fs.mkdirSync(path.join(this.folder, FOLDER), { recursive: true });
    writeAtomically(path.join(this.folder, file), [await encodeImage(image(), { format: 'png' })]);
    const state = isLast ? 'done' : 'running';
    const insight = {
      kind: 'reconstruction',
      id,
      of: kind,
      layers,
      state,
      file,
      progress: step / steps,
      relativeLoss,
    } as const;
    this.insights.set(id, insight);
    this.emit(insight);
    if (before !== undefined) fs.rmSync(path.join(this.folder, before), { force: true });
  }

  private writeIndex(): void {
    const done = [...this.insights.values()].filter(({ state }) => state === 'done');
    writeJsonAtomically(path.join(this.folder, FOLDER, INDEX), done);
  }
}

/** Finished reconstructions of an earlier look; none when there was none, or when its index cannot be read. */
function readIndex(folder: string): readonly ReconstructionInsight[] {
  try {
    const index = JSON.parse(
      fs.readFileSync(path.join(folder, FOLDER, INDEX), 'utf8'),
    ) as ReconstructionInsight[];
    return index.filter(({ file = '' }) => ownFile.test(file) && fs.existsSync(path.join(folder, file)));
  } catch {
    return [];
  }
}
