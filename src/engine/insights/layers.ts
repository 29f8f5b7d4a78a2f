import type { Recipe } from '../../recipe/recipe';
import type { Executor } from '../../nst/executor';
import { gramMap } from '../../nst/gramMap';
import type { FloatImage, Size } from '../../nst/image';
import { blendMoments, safeMeanActivation, type Moments } from '../../nst/moments';
import { receptiveField, type LayerName } from '../../nst/vgg19';
import type { Pictures } from '../run/pictures';
import type { Insight, LayerInsight } from '../../protocol/insight';
import { GradientOverlays, type GradientOf } from './gradientOverlays';
import { layerTermsOf, type LayerTerm } from './layerTerm';

/** Cells of a heat map along a side. */
const CELLS = 32;

/** What the picture is compared with at a size. */
interface Targets {
  readonly size: Size;
  readonly moments: readonly (readonly [LayerTerm, Moments])[];
}

/**
 * What the layers see: of style layers the Gram matrices of the style and of the picture side by side, of all of them
 * how strongly they are active, and the gradient of each one's loss.
 */
export class LayerInsights {
  private readonly terms: readonly LayerTerm[];
  private readonly overlays: GradientOverlays;
  private targets: Targets | undefined;
  private seen: readonly (readonly [LayerTerm, Omit<LayerInsight, 'gradientOverlay'>])[] = [];

  constructor(
    folder: string,
    private readonly recipe: Recipe,
    private readonly pictures: Pick<Pictures, 'content' | 'styles'>,
    private readonly executor: Executor<unknown>,
    private readonly emit: (insight: Insight) => void,
  ) {
    this.terms = layerTermsOf(recipe);
    this.overlays = new GradientOverlays(folder, this.terms);
  }

  /** Compares the picture with its targets, layer by layer, and tells what is known. */
  async compare(picture: FloatImage): Promise<void> {
    const { width, height } = picture;
    if (this.targets?.size.width !== width || this.targets.size.height !== height)
      this.targets = await this.readTargets({ width, height });
    const painted = await this.executor.moments(picture, this.layersOf('style'), this.recipe);
    this.seen = this.targets.moments.map(([term, target]) => {
      const { of, layer } = term;
      const { channels, meanActivation } = target;
      const facts = { kind: 'layer', of, layer, receptiveField: receptiveField(layer), channels } as const;
      const result = painted.find(one => one.layer === layer);
      if (of === 'content' || result === undefined) return [term, { ...facts, meanActivation }];
      const divisor = safeMeanActivation(meanActivation);
      const styleGram = gramMap(target, CELLS, divisor);
      return [term, { ...facts, meanActivation, styleGram, resultGram: gramMap(result, CELLS, divisor) }];
    });
    for (const [term] of this.seen) this.publish(term);
  }

  /** The step whose gradient overlays are all drawn, if any. */
  get overlaysStep(): number | undefined {
    return this.overlays.step;
  }

  /** Draws the gradient of each layer's loss at the picture of a step, and publishes each; yields after each. */
  async *drawOverlays(step: number, gradientOf: GradientOf): AsyncGenerator<void, void, undefined> {
    for await (const term of this.overlays.draw(step, gradientOf)) {
      this.publish(term);
      yield;
    }
  }

  private publish(term: LayerTerm): void {
    const insight = this.seen.find(([{ of, layer }]) => of === term.of && layer === term.layer)?.[1];
    if (insight === undefined) return;
    const gradientOverlay = this.overlays.fileOf(term);
    this.emit({ ...insight, ...(gradientOverlay === undefined ? {} : { gradientOverlay }) });
  }

  /** Of the styles, blended, and of the content image, as the objective has them at a size. */
  private async readTargets(size: Size): Promise<Targets> {
    const read = (of: LayerTerm['of']) => (image: FloatImage) =>
      this.executor.moments(image, this.layersOf(of), this.recipe);
    const shares = [];
    for (const { image, weight } of await this.pictures.styles(size))
      shares.push({ weight, moments: await read('style')(image) });
    const moments = {
      style: [...blendMoments(shares).values()],
      content: await read('content')(await this.pictures.content(size)),
    };
    return {
      size,
      moments: this.terms.flatMap(term => {
        const found = moments[term.of].find(({ layer }) => layer === term.layer);
        return found === undefined ? [] : [[term, found] as const];
      }),
    };
  }

  private layersOf(of: LayerTerm['of']): readonly LayerName[] {
    return this.terms.filter(term => term.of === of).map(({ layer }) => layer);
  }
}
