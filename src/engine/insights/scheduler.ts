import type { FloatImage } from '../../nst/image';
import type { Prepared } from '../run/prepare';
import type { Insight, InsightKind } from '../../protocol/insight';
import { Reconstructions } from './reconstructions';
import { LayerInsights } from './layers';
import type { GradientOf } from './gradientOverlays';

/** Share of the painting's time that insights may take. */
const SHARE = 0.06;
/** Seconds between two comparisons of the layers, and between two sets of gradient overlays. */
const COMPARE_EVERY = 3;
const OVERLAYS_EVERY = 15;

/** The image of a run: what the scheduler may ask for between two of its steps. */
export interface RunningImage {
  readonly step: number;
  readonly image: () => FloatImage;
  readonly gradient: GradientOf;
  /** Computing seconds of the painting so far. */
  readonly seconds: number;
}

/** The image of a job that does not run. */
export interface IdleImage {
  readonly step: number;
  readonly image: () => Promise<FloatImage>;
  readonly gradient: GradientOf;
}

/**
 * Computes the insights of one job, beside its painting or after it. Nothing is computed unless someone looks, and beside a
 * painting only a small share of the time.
 */
export class InsightScheduler {
  private readonly reconstructions: Reconstructions;
  private readonly layers: LayerInsights;
  private announced: InsightKind | undefined;
  private spent = 0;
  /** Gradient overlays of the idle image that are being drawn. */
  private drawing: AsyncGenerator<void, void, undefined> | undefined;
  private comparedAt = -Infinity;
  private overlaysAt = -Infinity;

  constructor(folder: string, { recipe, pictures, device }: Prepared, emit: (insight: Insight) => void) {
    this.reconstructions = new Reconstructions(folder, recipe, pictures, device.executor, emit);
    this.layers = new LayerInsights(folder, recipe, pictures, device.executor, emit);
  }

  /** Between two steps of the painting: a little work if it is wanted and its share of the time allows. */
  async whileRunning(wanted: InsightKind | undefined, runningImage: RunningImage): Promise<void> {
    if (wanted === undefined) {
      this.announced = undefined;
      return;
    }
    const isNew = this.switchTo(wanted);
    if (!isNew && this.spent > SHARE * runningImage.seconds) return;
    const began = performance.now();
    if (wanted === 'reconstructions') await this.reconstructions.advance();
    else await this.compareLayers(runningImage);
    this.spent += (performance.now() - began) / 1000;
  }

  /** One piece of work on a job that does not run. Returns whether there is more to do. */
  async whileIdle(wanted: InsightKind, idleImage: IdleImage): Promise<boolean> {
    const isNew = this.switchTo(wanted);
    if (wanted === 'reconstructions') {
      await this.reconstructions.advance();
      return !this.reconstructions.isComplete;
    }
    if (isNew) {
      await this.layers.compare(await idleImage.image());
      return this.layers.overlaysStep !== idleImage.step;
    }
    this.drawing ??= this.layers.drawOverlays(idleImage.step, idleImage.gradient);
    return (await this.drawing.next()).done !== true;
  }

  dispose(): Promise<void> {
    return this.reconstructions.dispose();
  }

  /** Someone begins to look at this: what is known is told at once. */
  private switchTo(wanted: InsightKind): boolean {
    if (this.announced === wanted) return false;
    this.announced = wanted;
    if (wanted === 'reconstructions') this.reconstructions.announce();
    return true;
  }

  private async compareLayers({ step, image, gradient, seconds }: RunningImage): Promise<void> {
    if (seconds - this.overlaysAt > OVERLAYS_EVERY) {
      this.overlaysAt = seconds;
      for await (const _ of this.layers.drawOverlays(step, gradient));
    } else if (seconds - this.comparedAt <= COMPARE_EVERY) {
      return;
    }
    this.comparedAt = seconds;
    await this.layers.compare(image());
  }
}
