import * as fs from 'node:fs';
import { planOf } from '../../src/engine/run/plan';
import { presets } from '../../src/recipe/presets';
import type { Executor, Objective } from '../../src/nst/executor';
import type { FloatImage, Size } from '../../src/nst/image';
import { resample } from '../../src/nst/resample';
import { Stylization, type Sources, type Step } from '../../src/nst/stylize';
import type { Opened } from './opened';
import type { Exchange, Way } from './protocol';
import { ungrouped } from '../../src/nst/terms/term';

/** A run of the product's own code, whose every evaluation is written down. */
export class Descent {
  private readonly steps: AsyncGenerator<Step, void, undefined>;
  private readonly planned: number;
  /** When the clock was started, or undefined while it stands; and the seconds before. */
  private startedAt: number | undefined;
  private before = 0;
  private begun = false;
  private evaluations = 0;
  private done = false;
  private latest: Step | undefined;
  private fresh: { losses: number[]; seconds: number[] } = { losses: [], seconds: [] };

  constructor(
    private readonly opened: Opened,
    way: Way,
    evaluations: number,
  ) {
    const { content, style, start, problem } = opened;
    const { width, height, model, pooling, init, ratio, seed, strengths } = problem;
    const plan = planOf(
      {
        ...presets.studio,
        ...{ content: '', styles: [], size: width, model, pooling, init, ratio, seed, steps: evaluations },
        ...{ contentLayers: strengths.content, styleLayers: strengths.style, tv: strengths.tv },
        pyramid: way === 'product' && presets.studio.pyramid,
      },
      { width, height },
    );
    const at = (image: FloatImage) => (size: Size) => Promise.resolve(resample(image, size));
    const sources: Sources = {
      content: at(content),
      styles: async size => [{ image: await at(style)(size), weight: 1 }],
      start: at(start),
    };
    this.planned = evaluations;
    const run = { ...plan, spec: opened.spec, strengths: ungrouped(strengths) };
    this.steps = new Stylization(this.watched(opened.executor), run, sources).run();
  }

  async advance(more: number): Promise<Exchange['advance']['answer']> {
    this.fresh = { losses: [], seconds: [] };
    const until = Math.min(this.planned, this.evaluations + more);
    if (this.begun) this.go();
    while (!this.done && this.evaluations < until) {
      const { value, done } = await this.steps.next();
      this.done = done === true;
      if (value === undefined) break;
      this.latest = value;
    }
    this.hold();
    return this.fresh;
  }

  /** Writes the picture as it stands as a binary PPM. */
  picture(file: string): void {
    const { width, height, data } = this.latest!.image();
    const area = width * height;
    const pixels = Buffer.alloc(3 * area);
    for (let i = 0; i < area; i++) {
      for (let c = 0; c < 3; c++)
        pixels[3 * i + c] = Math.min(255, Math.max(0, 255 * data[c * area + i]! + 0.5));
    }
    fs.writeFileSync(file, Buffer.concat([Buffer.from(`P6 ${width} ${height} 255\n`), pixels]));
  }

  private watched(executor: Executor<Float32Array>): Executor<Float32Array> {
    const prepare = async (
      request: Parameters<typeof executor.prepare>[0],
    ): Promise<Objective<Float32Array>> => {
      const objective = await executor.prepare(request);
      const { size } = objective;
      return {
        size,
        dispose: () => objective.dispose(),
        evaluate: async (image, strengths) => {
          // Before the first evaluation everybody prepares; the preparations of further scales count.
          if (!this.begun) this.go();
          this.begun = true;
          const evaluation = await objective.evaluate(image, strengths);
          this.evaluations++;
          if (size.width === this.opened.problem.width) this.note(evaluation.losses.total);
          return evaluation;
        },
      };
    };
    return {
      space: executor.space,
      fromImage: image => executor.fromImage(image),
      toImage: (vector, size) => executor.toImage(vector, size),
      prepare,
      moments: (image, layers, spec) => executor.moments(image, layers, spec),
      dispose: () => executor.dispose(),
    };
  }

  private note(loss: number): void {
    this.fresh.losses.push(loss);
    this.fresh.seconds.push(this.before + this.running());
  }

  private running(): number {
    return this.startedAt === undefined ? 0 : (performance.now() - this.startedAt) / 1000;
  }

  private go(): void {
    this.startedAt ??= performance.now();
  }

  private hold(): void {
    this.before += this.running();
    this.startedAt = undefined;
  }
}
