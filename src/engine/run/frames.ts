import * as path from 'node:path';
import { encodePreview } from '../../images/preview';
import { writeAtomically } from '../../common/atomicFile';
import type { JobEvent } from '../../protocol/jobEvent';
import { jobFiles } from '../../jobs/folder';
import type { FloatImage } from '../../nst/image';
import { FramePace } from './framePace';

/** Longest side of a preview. */
const MAX_SIDE = 1024;

/** What a preview shows. */
export interface FrameSource {
  readonly step: number;
  readonly scale: readonly [number, number];
  readonly image: () => FloatImage;
}

/**
 * Previews of a run, in the job's folder. At most one is encoded at a time, beside the computation; one that fails
 * costs nothing but itself.
 */
export class FrameWriter {
  private busy: Promise<void> | undefined;
  private readonly pace = new FramePace();
  private lastStep = -1;

  constructor(
    private readonly folder: string,
    private readonly emit: (event: JobEvent) => void,
    private readonly onTrouble: (error: unknown) => void,
  ) {}

  /** Shows the picture if it is time for another. Pixels are taken before this returns. */
  offer(shown: FrameSource): void {
    if (this.pace.isDue(performance.now()) && this.busy === undefined) this.begin(shown);
  }

  /** Shows the picture in any case, and waits until it is there. */
  async finish(shown: FrameSource): Promise<void> {
    await this.busy;
    if (this.lastStep !== shown.step) this.begin(shown);
    await this.busy;
  }

  /** Waits until nothing is being written any more. */
  async settled(): Promise<void> {
    await this.busy;
  }

  private begin(shown: FrameSource): void {
    this.pace.shown(performance.now());
    this.lastStep = shown.step;
    this.busy = this.write(shown)
      .catch(this.onTrouble)
      .finally(() => (this.busy = undefined));
  }

  private async write({ step, scale, image }: FrameSource): Promise<void> {
    const file = `${jobFiles.frames}/${String(step).padStart(6, '0')}.jpg`;
    writeAtomically(path.join(this.folder, file), [await encodePreview(image(), MAX_SIDE)]);
    this.emit({ event: 'frame', file, step, scale });
  }
}
