import { toGrey } from './colors/luma';
import type { Executor, Objective } from './executor';
import type { FloatImage, Size } from './image';
import type { Init } from './init';
import type { Losses, ObjectiveSpec, Strengths } from './objective';
import type { Evaluate, Optimizer } from './optimizers/optimizer';
import {
  createOptimizer,
  restoreOptimizer,
  objectiveShapeOf,
  type OptimizerChoice,
} from './optimizers/optimizerChoice';
import type { ScalePlan } from './pyramid';
import { noiseImage, Random } from './random';
import { resample } from './resample';
import { requestOf, type Sources } from './sources';
import { pictureOf, withoutMemory, type RunState } from './runState';

export type { OptimizerChoice } from './optimizers/optimizerChoice';
export type { ScalePlan } from './pyramid';
export type { RunState } from './runState';
export type { Sources } from './sources';

/** Everything a run needs to know besides pixels. */
export interface StylizePlan {
  /** From the coarsest to the finest, at least one, each with at least one step. */
  readonly scales: readonly ScalePlan[];
  readonly spec: ObjectiveSpec;
  readonly strengths: Strengths;
  readonly optimizer: OptimizerChoice;
  readonly init: Init;
  /** Of the noise for `init: 'noise'`; whole, in [0, 2³²). */
  readonly seed: number;
}

/** One step of a run, after it has been taken. */
export interface Step {
  readonly scaleIndex: number;
  readonly size: Size;
  /** From 1, over all scales. */
  readonly step: number;
  readonly totalSteps: number;
  readonly evaluations: number;
  readonly losses: Losses;
  /** The picture as it stands; fetched from the device only when called, valid until the next step. */
  image(): FloatImage;
}

/** The scale being worked on. */
interface Stage<V> {
  readonly scaleIndex: number;
  readonly size: Size;
  readonly objective: Objective<V>;
  readonly optimizer: Optimizer<V>;
}

/** Thrown through an optimizer's step when the run is told to end before an evaluation. */
class CutShort extends Error {}

/**
 * One run, from its start image or from a saved state, to the last step of the finest scale. Only one scale is in
 * memory at a time; the picture is enlarged from each to the next.
 */
export class Stylization<V> {
  private strengths: Strengths;
  private step = 0;
  private stage: Stage<V> | undefined;
  /** Evaluations at the scales before the stage's. */
  private evaluationsBefore = 0;
  /** Where the run stands when it is on no stage: saved, or between scales. */
  private suspended: RunState | undefined;
  private stepping = false;
  private wanted: Strengths | undefined;
  private start: Losses | undefined;

  /** @throws RangeError when `saved` is the state of another plan */
  constructor(
    private readonly executor: Executor<V>,
    private readonly plan: StylizePlan,
    private readonly sources: Sources,
    saved?: RunState,
  ) {
    this.strengths = saved?.strengths ?? plan.strengths;
    if (saved === undefined) return;
    const { scaleIndex, size, step, optimizer } = saved;
    const planned = plan.scales[scaleIndex]?.size;
    const fits =
      planned?.width === size.width &&
      planned.height === size.height &&
      step >= this.stepsThrough(scaleIndex - 1) &&
      step <= this.stepsThrough(scaleIndex) &&
      optimizer.kind === plan.optimizer.kind;
    if (!fits) throw new RangeError('the saved state is not of this plan');
    this.suspended = saved;
    this.step = step;
  }

  /**
   * The steps still to be taken. Ends early, between two evaluations, when `signal` says so; the run can then be
   * saved, or continued by another call.
   * @throws DivergedError, and what the executor and the sources throw; the run then stands where the last
   * complete step left it
   */
  async *run(signal?: AbortSignal): AsyncGenerator<Step, void, undefined> {
    const totalSteps = this.stepsThrough(this.plan.scales.length - 1);
    while (this.step < totalSteps && !signal?.aborted) {
      const stage = await this.enter();
      const losses = await this.advance(stage, signal);
      if (losses === undefined) return;
      const { scaleIndex, size, optimizer } = stage;
      yield {
        scaleIndex,
        size,
        step: this.step,
        totalSteps,
        evaluations: this.evaluationsBefore + optimizer.evaluations,
        losses,
        image: () => this.executor.toImage(optimizer.position, size),
      };
    }
  }

  /** Changes the strengths from the next step on. The optimizer begins anew from the picture as it stands. */
  retune(strengths: Strengths): void {
    if (this.stepping) {
      this.wanted = strengths;
      return;
    }
    this.wanted = undefined;
    this.strengths = strengths;
    this.stage?.optimizer.restart();
    if (this.suspended) this.suspended = { ...this.suspended, strengths, ...this.restarted(this.suspended) };
  }

  /** The state after the last complete step; undefined as long as the run has no picture. */
  save(): RunState | undefined {
    if (this.stage === undefined) return this.suspended;
    const { scaleIndex, size, optimizer } = this.stage;
    const { kind, numbers, vectors } = optimizer.save();
    const state: RunState = {
      scaleIndex,
      step: this.step,
      evaluations: this.evaluationsBefore + optimizer.evaluations,
      strengths: this.strengths,
      size,
      optimizer: { kind, numbers },
      vectors: mapValues(vectors, vector => this.executor.space.toHost(vector)),
    };
    // The next scale starts from the picture alone.
    return this.step === this.stepsThrough(scaleIndex) ? withoutMemory(state) : state;
  }

  /** Losses of the start image, known after the first evaluation of a run that began in this object. */
  get startLosses(): Losses | undefined {
    return this.start;
  }

  /**
   * The gradient of the objective under other strengths, at the picture as it stands: what a single term asks for.
   * Changes nothing of the run; undefined while no scale is being worked on.
   */
  async gradient(strengths: Strengths): Promise<FloatImage | undefined> {
    if (this.stage === undefined) return undefined;
    const { objective, optimizer, size } = this.stage;
    const { gradient } = await objective.evaluate(optimizer.position, strengths);
    const image = this.executor.toImage(gradient, size);
    this.executor.space.dispose(gradient);
    return image;
  }

  /** The picture after the last complete step; undefined as long as there is none. */
  image(): FloatImage | undefined {
    const { stage, suspended } = this;
    if (stage) return this.executor.toImage(stage.optimizer.position, stage.size);
    return suspended && pictureOf(suspended);
  }

  async dispose(): Promise<void> {
    const { stage } = this;
    this.stage = undefined;
    this.suspended = undefined;
    stage?.optimizer.dispose();
    await stage?.objective.dispose();
  }

  /** Steps planned up to the end of a scale; 0 before the first. */
  private stepsThrough(scaleIndex: number): number {
    return this.plan.scales.slice(0, scaleIndex + 1).reduce((sum, { steps }) => sum + steps, 0);
  }

  /** Makes the scale of the next step the stage, giving up the one before. */
  private async enter(): Promise<Stage<V>> {
    const scaleIndex = this.plan.scales.findIndex((_, index) => this.step < this.stepsThrough(index));
    if (this.stage?.scaleIndex === scaleIndex) return this.stage;
    if (this.stage) {
      const suspended = this.save();
      await this.dispose();
      this.suspended = suspended;
    }
    const { executor, sources, suspended } = this;
    const { size } = this.plan.scales[scaleIndex]!;
    const start = suspended ? pictureOf(suspended) : await this.startImage(size);
    const objective = await executor.prepare(await requestOf(this.plan.spec, sources, size));
    const optimizer =
      suspended?.scaleIndex === scaleIndex
        ? this.restoreOptimizer(suspended)
        : createOptimizer(
            executor.space,
            this.plan.optimizer,
            objectiveShapeOf(this.plan.spec, size, this.plan.init),
            executor.fromImage(resample(start, size)),
          );
    this.evaluationsBefore = (suspended?.evaluations ?? 0) - optimizer.evaluations;
    this.suspended = undefined;
    this.stage = { scaleIndex, size, objective, optimizer };
    return this.stage;
  }

  private startImage(size: Size): Promise<FloatImage> | FloatImage {
    switch (this.plan.init) {
      case 'content':
        return this.sources.content(size);
      case 'image':
        return this.sources.start(size);
      case 'noise':
        return this.noise(size);
    }
  }

  private noise(size: Size): FloatImage {
    const noise = noiseImage(size, Random.seeded(this.plan.seed));
    return this.plan.spec.grey === true ? toGrey(noise) : noise;
  }

  private restoreOptimizer(state: RunState): Optimizer<V> {
    const { space } = this.executor;
    const like = this.executor.fromImage(pictureOf(state));
    const vectors = mapValues(state.vectors, values => space.fromHost(values, like));
    space.dispose(like);
    const { spec, optimizer, init } = this.plan;
    const objectiveShape = objectiveShapeOf(spec, state.size, init);
    return restoreOptimizer(space, optimizer, objectiveShape, { ...state.optimizer, vectors });
  }

  /** What a saved optimizer is after a restart. */
  private restarted(state: RunState): Pick<RunState, 'optimizer' | 'vectors'> {
    const optimizer = this.restoreOptimizer(state);
    optimizer.restart();
    const { kind, numbers, vectors } = optimizer.save();
    const kept = mapValues(vectors, vector => this.executor.space.toHost(vector).slice());
    optimizer.dispose();
    return { optimizer: { kind, numbers }, vectors: kept };
  }

  /** Takes one step. Returns the losses of the new picture; undefined when it was cut short. */
  private async advance(
    { objective, optimizer }: Stage<V>,
    signal: AbortSignal | undefined,
  ): Promise<Losses | undefined> {
    let latest: Losses | undefined;
    const evaluate: Evaluate<V> = async x => {
      if (signal?.aborted) throw new CutShort();
      const { losses, gradient } = await objective.evaluate(x, this.strengths);
      latest = losses;
      if (this.step === 0) this.start ??= losses;
      return { value: losses.total, gradient };
    };
    this.stepping = true;
    try {
      await optimizer.step(evaluate);
      this.step++;
      return latest;
    } catch (error) {
      if (error instanceof CutShort) return undefined;
      throw error;
    } finally {
      this.stepping = false;
      if (this.wanted) this.retune(this.wanted);
    }
  }
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
