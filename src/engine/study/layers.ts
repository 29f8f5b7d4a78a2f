import * as fs from 'node:fs';
import * as path from 'node:path';
import { encodeImage } from '../../images/encode';
import { writeAtomically } from '../../jobs/atomic';
import type { Recipe } from '../../jobs/recipe';
import type { Executor, GramOf } from '../../nst/executor';
import { gramMap } from '../../nst/gramMap';
import type { FloatImage } from '../../nst/image';
import { safeMeanActivation } from '../../nst/objective';
import { magnitude } from '../../nst/magnitude';
import { LAYERS, receptiveField, type LayerName } from '../../nst/vgg19';
import type { Pictures } from '../pictures';
import { layersOf } from '../prepare';
import type { Finding } from './finding';

/** Cells of a heat map along a side. */
const CELLS = 32;
const FOLDER = 'pulls';

/** What the style layers see of the style images and of the picture: Gram matrices side by side, and their pull. */
export class LayerStudy {
  private readonly layers: readonly LayerName[];
  private styleGrams: readonly GramOf[] | undefined;
  private pulls = new Map<LayerName, string>();
  private count = 0;

  constructor(
    private readonly folder: string,
    private readonly recipe: Recipe,
    private readonly pictures: Pictures,
    private readonly executor: Executor<unknown>,
    private readonly emit: (finding: Finding) => void,
  ) {
    this.layers = LAYERS.filter(layer => layersOf(recipe.styleLayers).includes(layer));
  }

  /** Compares the picture with the style, layer by layer. */
  async look(picture: FloatImage): Promise<void> {
    this.styleGrams ??= await this.gramsOfStyle();
    const result = await this.executor.grams(picture, this.layers, this.recipe);
    for (const style of this.styleGrams) {
      const painted = result.find(({ layer }) => layer === style.layer);
      if (painted === undefined) continue;
      const meanActivation = safeMeanActivation(style.meanActivation);
      const pull = this.pulls.get(style.layer);
      this.emit({
        kind: 'layer',
        layer: style.layer,
        receptiveField: receptiveField(style.layer),
        channels: style.channels,
        meanActivation: style.meanActivation,
        styleGram: gramMap(style, CELLS, meanActivation),
        resultGram: gramMap(painted, CELLS, meanActivation),
        ...(pull === undefined ? {} : { pull }),
      });
    }
  }

  /**
   * Writes where each layer's loss pulls, as an overlay for the picture.
   * @param gradientOf the gradient of one layer's style loss at the picture; undefined when there is none now
   */
  async lookAtPulls(gradientOf: (layer: LayerName) => Promise<FloatImage | undefined>): Promise<void> {
    fs.mkdirSync(path.join(this.folder, FOLDER), { recursive: true });
    this.count++;
    for (const layer of this.layers) {
      const gradient = await gradientOf(layer);
      if (gradient === undefined) return;
      const file = `${FOLDER}/${layer}-${this.count}.png`;
      const { width, height } = gradient;
      const area = width * height;
      // A warm tint; the opacity tells.
      const data = new Float32Array(3 * area).fill(1, 0, area).fill(0.45, area, 2 * area);
      const overlay = await encodeImage(
        { width, height, data },
        { format: 'png', alpha: magnitude(gradient) },
      );
      writeAtomically(path.join(this.folder, file), [overlay]);
      const before = this.pulls.get(layer);
      if (before !== undefined) fs.rmSync(path.join(this.folder, before), { force: true });
      this.pulls.set(layer, file);
    }
  }

  private async gramsOfStyle(): Promise<readonly GramOf[]> {
    const [first] = await this.pictures.styles(this.pictures.size);
    return first === undefined ? [] : this.executor.grams(first.image, this.layers, this.recipe);
  }
}
