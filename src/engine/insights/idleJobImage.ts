import * as path from 'node:path';
import { readImage } from '../../images/decode';
import type { StoredJob } from '../../jobs/folder';
import type { Objective } from '../../nst/executor';
import type { FloatImage } from '../../nst/image';
import type { Strengths } from '../../nst/objective';
import { requestOf } from '../../nst/sources';
import { planOf } from '../run/plan';
import type { Prepared } from '../run/prepare';
import type { IdleImage } from './scheduler';

/** The picture of a job that does not run: its latest preview, or the content image before the first. */
export class IdleJobImage implements IdleImage {
  private objective: Objective<unknown> | undefined;
  private known: Promise<FloatImage> | undefined;

  constructor(
    private readonly job: StoredJob,
    private readonly prepared: Prepared,
  ) {}

  get step(): number {
    return this.job.state.frames.at(-1)?.step ?? 0;
  }

  /** In the size of the preview. */
  readonly image = (): Promise<FloatImage> => (this.known ??= this.read());

  readonly gradient = async (strengths: Strengths): Promise<FloatImage> => {
    const { executor } = this.prepared.device;
    const picture = await this.image();
    this.objective ??= await this.prepare(picture);
    const vector = executor.fromImage(picture);
    try {
      const { gradient } = await this.objective.evaluate(vector, strengths);
      const image = executor.toImage(gradient, picture);
      executor.space.dispose(gradient);
      return image;
    } finally {
      executor.space.dispose(vector);
    }
  };

  async dispose(): Promise<void> {
    await this.objective?.dispose();
  }

  private async read(): Promise<FloatImage> {
    const { folder, state } = this.job;
    const { pictures } = this.prepared;
    const frame = state.frames.at(-1)?.file;
    if (frame === undefined) return pictures.content(pictures.size);
    const preview = await readImage(path.join(folder, frame));
    return preview.at(preview);
  }

  private async prepare(size: FloatImage): Promise<Objective<unknown>> {
    const { recipe, pictures, device } = this.prepared;
    const { spec } = planOf(recipe, size, pictures.parts);
    return device.executor.prepare(await requestOf(spec, pictures, size));
  }
}
