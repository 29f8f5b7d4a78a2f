import type { Recipe } from '../../recipe/recipe';
import type { Executor } from '../../nst/executor';
import { gramMap } from '../../nst/gramMap';
import type { FloatImage, Size } from '../../nst/image';
import { blendMoments, safeMeanActivation, type Moments } from '../../nst/moments';
import { receptiveField, type LayerName } from '../../nst/vgg19';
import type { Pictures } from '../run/pictures';
import type { Finding, LayerFinding } from './insight';
import { Pulls, type GradientOf } from './gradientOverlays';
import { termsOf, type Term } from './layerTerm';

/** Cells of a heat map along a side. */
const CELLS = 32;

/** What the picture is compared with at a size. */
interface Targets {
  readonly size: Size;
  readonly moments: readonly (readonly [Term, Moments])[];
}

/**
 * What the layers see: of style layers the Gram matrices of the style and of the picture side by side, of all of them
 * how strongly they are active, and where they pull.
 */
export class LayerStudy {
  private readonly terms: readonly Term[];
  private readonly pulls: Pulls;
  private targets: Targets | undefined;
  private seen: readonly (readonly [Term, Omit<LayerFinding, 'pull'>])[] = [];

  constructor(
    folder: string,
    private readonly recipe: Recipe,
    private readonly pictures: Pick<Pictures, 'content' | 'styles'>,
    private readonly executor: Executor<unknown>,
    private readonly emit: (finding: Finding) => void,
  ) {
    this.terms = termsOf(recipe);
    this.pulls = new Pulls(folder, this.terms);
  }

  /** Compares the picture with its targets, layer by layer, and tells what is known. */
  async look(picture: FloatImage): Promise<void> {
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
    for (const [term] of this.seen) this.tell(term);
  }

  /** The step whose pulls are all drawn, if any. */
  get pulledStep(): number | undefined {
    return this.pulls.step;
  }

  /** Draws where each layer's loss pulls at the picture of a step, and tells of each; yields after each. */
  async *drawPulls(step: number, gradientOf: GradientOf): AsyncGenerator<void, void, undefined> {
    for await (const term of this.pulls.draw(step, gradientOf)) {
      this.tell(term);
      yield;
    }
  }

  private tell(term: Term): void {
    const finding = this.seen.find(([{ of, layer }]) => of === term.of && layer === term.layer)?.[1];
    if (finding === undefined) return;
    const pull = this.pulls.fileOf(term);
    this.emit({ ...finding, ...(pull === undefined ? {} : { pull }) });
  }

  /** Of the styles, blended, and of the content image, as the objective has them at a size. */
  private async readTargets(size: Size): Promise<Targets> {
    const read = (of: Term['of']) => (image: FloatImage) =>
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

  private layersOf(of: Term['of']): readonly LayerName[] {
    return this.terms.filter(term => term.of === of).map(({ layer }) => layer);
  }
}
