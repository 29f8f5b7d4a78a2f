import type { FloatImage } from '../../nst/image';
import type { Prepared } from '../run/prepare';
import type { Finding, StudyKind } from './insight';
import { Gallery } from './reconstructions';
import { LayerStudy } from './layers';
import type { GradientOf } from './gradientOverlays';

/** Share of the painting's time that studies may take. */
const SHARE = 0.06;
/** Seconds between two looks at the layers, and between two pictures of their pulls. */
const LOOK_EVERY = 3;
const PULL_EVERY = 15;

/** A picture at work: what the desk may ask of a run between two of its steps. */
export interface Sitting {
  readonly step: number;
  readonly image: () => FloatImage;
  readonly gradient: GradientOf;
  /** Computing seconds of the painting so far. */
  readonly seconds: number;
}

/** A picture that nobody works at, as it stands. */
export interface Rest {
  readonly step: number;
  readonly image: () => Promise<FloatImage>;
  readonly gradient: GradientOf;
}

/**
 * Studies of one job, beside its painting or after it. Nothing is computed unless someone looks, and beside a
 * painting only a small share of the time.
 */
export class StudyDesk {
  private readonly gallery: Gallery;
  private readonly layers: LayerStudy;
  private announced: StudyKind | undefined;
  private spent = 0;
  /** Pulls at rest that are being drawn. */
  private drawing: AsyncGenerator<void, void, undefined> | undefined;
  private lookedAt = -Infinity;
  private pulledAt = -Infinity;

  constructor(folder: string, { recipe, pictures, device }: Prepared, emit: (finding: Finding) => void) {
    this.gallery = new Gallery(folder, recipe, pictures, device.executor, emit);
    this.layers = new LayerStudy(folder, recipe, pictures, device.executor, emit);
  }

  /** Between two steps of the painting: a little work if it is wanted and its share of the time allows. */
  async beside(wanted: StudyKind | undefined, sitting: Sitting): Promise<void> {
    if (wanted === undefined) {
      this.announced = undefined;
      return;
    }
    const isNew = this.turnTo(wanted);
    if (!isNew && this.spent > SHARE * sitting.seconds) return;
    const began = performance.now();
    if (wanted === 'reconstructions') await this.gallery.advance();
    else await this.lookAtLayers(sitting);
    this.spent += (performance.now() - began) / 1000;
  }

  /** One piece of work on a job that does not run. Returns whether there is more to do. */
  async after(wanted: StudyKind, rest: Rest): Promise<boolean> {
    const isNew = this.turnTo(wanted);
    if (wanted === 'reconstructions') {
      await this.gallery.advance();
      return !this.gallery.isComplete;
    }
    if (isNew) {
      await this.layers.look(await rest.image());
      return this.layers.pulledStep !== rest.step;
    }
    this.drawing ??= this.layers.drawPulls(rest.step, rest.gradient);
    return (await this.drawing.next()).done !== true;
  }

  dispose(): Promise<void> {
    return this.gallery.dispose();
  }

  /** Someone begins to look at this: what is known is told at once. */
  private turnTo(wanted: StudyKind): boolean {
    if (this.announced === wanted) return false;
    this.announced = wanted;
    if (wanted === 'reconstructions') this.gallery.announce();
    return true;
  }

  private async lookAtLayers({ step, image, gradient, seconds }: Sitting): Promise<void> {
    if (seconds - this.pulledAt > PULL_EVERY) {
      this.pulledAt = seconds;
      for await (const _ of this.layers.drawPulls(step, gradient));
    } else if (seconds - this.lookedAt <= LOOK_EVERY) {
      return;
    }
    this.lookedAt = seconds;
    await this.layers.look(image());
  }
}
