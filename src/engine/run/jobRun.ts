import * as fs from 'node:fs';
import * as path from 'node:path';
import { DeviceFailure } from '../../backends/errorClassification';
import { AtelierError, reportError } from '../../common/errors';
import { msg } from '../../common/messages';
import { writeCheckpoint, type Checkpoint } from '../../jobs/checkpoint';
import { CheckpointPace } from '../../jobs/checkpointPace';
import type { JobEvent } from '../../protocol/jobEvent';
import type { Tuning } from '../../protocol/request';
import { jobFiles, type Overwrite } from '../../jobs/folder';
import type { Origins } from '../../jobs/origins';
import { strengthsOf, weightingOf, type Weighting } from '../../recipe/strengths';
import type { ObjectiveRequest } from '../../nst/executor';
import type { Size } from '../../nst/image';
import { Stylization, type Step, type StylizePlan } from '../../nst/stylize';
import { Stopwatch } from './stopwatch';
import { StopSignal } from './control';
import { explainFailure } from './failure';
import { FrameWriter } from './frames';
import { gated } from './gated';
import { planOf } from './plan';
import { originsOf, type Prepared } from './prepare';
import { KeptError, saveResult } from './result';
import type { Outcome, RunOptions } from './runOptions';
import { unmeasuredTerms } from './unmeasuredTerms';
import { InsightScheduler } from '../insights/scheduler';
import { retunedWeighting } from './tuning';

/** One run of a prepared job: steps, previews, checkpoints and the result. */
export class JobRun {
  private readonly stopwatch: Stopwatch;
  private readonly pace: CheckpointPace;
  private readonly frames: FrameWriter;
  private plan: StylizePlan;
  private readonly stylization: Stylization<unknown>;
  private readonly scheduler: InsightScheduler;
  private weighting: Weighting;
  private step: number;
  private size: Size;
  /** Known from the first checkpoint on. */
  private origins: Origins | undefined;

  constructor(
    private readonly folder: string,
    private readonly prepared: Prepared,
    checkpoint: Checkpoint | undefined,
    private readonly record: (event: JobEvent) => void,
    private readonly options: Pick<
      RunOptions,
      'control' | 'log' | 'onPause' | 'onContinue' | 'subscription' | 'settings'
    > & {
      readonly overwrite: Overwrite;
      /** How many scales are painted; all by default. */
      readonly scales?: number | undefined;
    },
  ) {
    const { recipe, pictures, device } = prepared;
    const plan = planOf(recipe, pictures.size, pictures.parts);
    this.plan = { ...plan, scales: plan.scales.slice(0, options.scales) };
    this.stopwatch = new Stopwatch(checkpoint?.seconds);
    this.pace = new CheckpointPace(this.stopwatch.seconds);
    this.weighting = { ...weightingOf(recipe), ...checkpoint?.weighting };
    this.step = checkpoint?.state.step ?? 0;
    this.size = pictures.size;
    this.frames = new FrameWriter(folder, record, this.warn('a preview could not be written'));
    const executor = gated(device.executor, {
      preparing: (size, request) => this.enterScale(size, request),
      pass: () => this.pass(),
    });
    const sources = {
      content: (size: Size) => pictures.content(size),
      styles: (size: Size) => pictures.styles(size),
      start: (size: Size) => pictures.start(size),
      guidance: (size: Size) => pictures.guidance(size),
    };
    this.stylization = new Stylization(executor, this.plan, sources, checkpoint?.state);
    this.scheduler = new InsightScheduler(folder, prepared, insight =>
      options.subscription?.publish(folder, insight),
    );
  }

  /** @throws what ends the run other than its end or a stop; `KeptError` when only saving failed */
  async toTheEnd(): Promise<Outcome> {
    const { device } = this.prepared;
    this.record({
      event: 'started',
      at: new Date().toISOString(),
      device: device.name,
      deviceTitle: device.title,
      ...(device.fallback === undefined ? {} : { deviceReason: device.fallback }),
      resumedAtStep: this.step,
      plan: this.plan.scales.map(({ size, steps }) => ({ scale: [size.width, size.height], steps })),
    });
    try {
      for await (const step of this.stylization.run()) {
        await this.afterStep(step);
        if (this.step === this.totalSteps) break;
      }
      return await this.finish();
    } catch (error) {
      if (error instanceof StopSignal) return await this.stop(error);
      if (error instanceof DeviceFailure) await this.keepForNextDevice();
      throw explainFailure(error, this.size);
    } finally {
      // Nothing is written any more when the job is let go of.
      await this.frames.settled();
      const warn = this.warn('the device could not be tidied up');
      await this.scheduler.dispose().catch(warn);
      await this.stylization.dispose().catch(warn);
    }
  }

  /** Has it logged that something went wrong which costs nothing else. */
  private readonly warn =
    (what: string) =>
    (error: unknown): void =>
      this.options.log('warn', `${what}: ${reportError(error).message}`);

  private enterScale(size: Size, request: ObjectiveRequest): void {
    this.size = size;
    for (const line of unmeasuredTerms(request)) this.options.log('info', line);
    const index = this.plan.scales.findIndex(
      scale => scale.size.width === size.width && scale.size.height === size.height,
    );
    this.record({
      event: 'scale',
      scale: [size.width, size.height],
      index,
      count: this.plan.scales.length,
      steps: this.plan.scales[index]?.steps ?? 0,
      totalSteps: this.totalSteps,
    });
  }

  private get totalSteps(): number {
    return this.plan.scales.reduce((sum, { steps }) => sum + steps, 0);
  }

  private pass(): Promise<void> {
    const { control, onPause, onContinue } = this.options;
    return control.gate({
      paused: async () => {
        this.stopwatch.pause();
        this.record({ event: 'paused', step: this.step });
        await onPause?.();
      },
      continued: async () => {
        await onContinue?.();
        this.record({ event: 'continued', step: this.step });
        this.stopwatch.resume();
      },
    });
  }

  private async afterStep(taken: Step): Promise<void> {
    const { step, size, evaluations, losses, scaleIndex } = taken;
    const scale = [size.width, size.height] as const;
    this.step = step;
    this.record({ event: 'step', scale, step, evaluations, seconds: this.stopwatch.seconds, losses });
    if (this.options.control.isFinishing) this.endWith(scaleIndex + 1);
    const shown = { step, scale, image: () => this.prepared.pictures.shown(taken.image()) };
    if (step === this.totalSteps) await this.frames.finish(shown);
    else this.frames.offer(shown);
    const tuning = this.options.control.takeTuning();
    if (tuning !== undefined) await this.retune(tuning);
    else if (this.pace.isDue(this.stopwatch.seconds)) await this.checkpoint();
    await this.computeInsights(taken);
  }

  /** Leaves out the scales after so many. */
  private endWith(scales: number): void {
    if (scales >= this.plan.scales.length) return;
    this.plan = { ...this.plan, scales: this.plan.scales.slice(0, scales) };
    this.record({ event: 'shortened', scales });
  }

  private async retune(tuning: Tuning): Promise<void> {
    this.weighting = retunedWeighting(this.weighting, tuning);
    const strengths = strengthsOf(this.weighting, this.prepared.pictures.parts);
    this.stylization.retune(strengths);
    // Whoever hears of the change can rely on it: it survives a crash, too.
    await this.checkpoint();
    this.record({ event: 'retuned', step: this.step, strengths });
  }

  /** What someone looks at beside the painting costs none of the painting's time. */
  private async computeInsights(taken: Step): Promise<void> {
    const wanted = this.options.subscription?.of(this.folder);
    const { seconds } = this.stopwatch;
    this.stopwatch.pause();
    try {
      await this.scheduler.whileRunning(wanted, {
        seconds,
        step: taken.step,
        image: () => this.prepared.pictures.seen(taken.image()),
        gradient: strengths => this.stylization.gradient(strengths),
      });
    } catch (error) {
      if (error instanceof StopSignal) throw error;
      this.options.log('warn', `insights failed: ${reportError(error).message}`);
    } finally {
      this.stopwatch.resume();
    }
  }

  /** What the device took with it is lost: then the last checkpoint counts. */
  private async keepForNextDevice(): Promise<void> {
    try {
      await this.checkpoint();
    } catch (error) {
      this.options.log('warn', `the failed device has lost its state: ${reportError(error).message}`);
    }
  }

  /** A disk that fails costs the checkpoint, not the run. */
  private async checkpoint(): Promise<void> {
    const state = this.stylization.save();
    if (state === undefined) return;
    const begin = this.stopwatch.seconds;
    try {
      const { weighting } = this;
      this.origins ??= originsOf(this.prepared);
      await writeCheckpoint(this.folder, { state, seconds: begin, weighting, origins: this.origins });
      this.record({ event: 'checkpoint', step: this.step });
    } catch (error) {
      this.options.log('warn', `no checkpoint at step ${this.step}: ${reportError(error).message}`);
    }
    this.pace.written(begin, this.stopwatch.seconds);
  }

  private async finish(): Promise<Outcome> {
    const seconds = this.stopwatch.seconds;
    let output;
    try {
      output = await this.save();
    } catch (error) {
      // With its last checkpoint the job can be resumed to save again.
      if (error instanceof KeptError) await this.checkpoint();
      throw error;
    }
    fs.rmSync(path.join(this.folder, jobFiles.checkpoint), { force: true });
    const { device } = this.prepared;
    return { event: 'done', output, device: device.name, seconds, peakRssMiB: peakRssMiB() };
  }

  private async stop({ keep }: StopSignal): Promise<Outcome> {
    await this.checkpoint();
    const output = keep && this.stylization.image() !== undefined ? await this.save() : undefined;
    // What was asked for while it was held is there when it goes on.
    const tuning = this.stylization.image() === undefined ? undefined : this.options.control.takeTuning();
    if (tuning !== undefined) await this.retune(tuning);
    return { event: 'stopped', step: this.step, ...(output === undefined ? {} : { output }) };
  }

  /** Painted again, a picture that was finished at a smaller size has that size. */
  private get shortenedSize(): { readonly size?: number } {
    const size = this.plan.scales.at(-1)?.size;
    const whole = this.prepared.pictures.size;
    if (size === undefined || (size.width === whole.width && size.height === whole.height)) return {};
    return { size: Math.max(size.width, size.height) };
  }

  /** Saves the picture as it stands. */
  private async save(): Promise<string> {
    const painted = this.stylization.image();
    if (painted === undefined) throw new AtelierError('internal', msg`the run has no picture`);
    const { recipe, pictures } = this.prepared;
    const image = await pictures.saved(painted);
    const { file, spared } = await saveResult(this.folder, {
      image,
      alpha: await pictures.contentImage.alphaAt(painted),
      recipe: { ...recipe, ...this.weighting, ...this.shortenedSize },
      overwrite: this.options.overwrite,
      naming: this.options.settings.naming,
    });
    if (spared !== undefined)
      this.options.log('warn', `${spared} was not painted by Atelier and is kept: the painting is ${file}`);
    return file;
  }
}

/** Largest resident set of this process so far. */
function peakRssMiB(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
