import { openDevice, type Device } from '../../backends/select';
import { readImage } from '../../images/decode';
import { fitLongestSide } from '../../images/size';
import type { SourceImage } from '../../images/source';
import type { Recipe } from '../../recipe/recipe';
import { locateStyle } from '../../recipe/swatches';
import type { Losses } from '../../nst/objective';
import { modelsFolder } from '../../models/folder';
import { openNetwork } from '../../models/openNetwork';
import type { CostPlan } from './estimate';
import { styleSize } from './pictures';
import { Regions } from './regions';
import { planOf } from './plan';
import { costsOf, requireLayers, type RunSettings } from './prepare';

/**
 * The losses of an image, against the content and the styles of a recipe.
 * @param size longest side that the image is brought to first; 0 takes it as it is, and the style images as they are
 * @param accept asked before anything is computed; what it throws is thrown
 * @returns unweighted losses, and their weighted total
 * @throws the errors of `prepare`, naming the file
 */
export async function evaluateImage(
  file: string,
  recipe: Recipe,
  size: number,
  settings: RunSettings,
  accept?: (device: Device, plan: CostPlan) => Promise<void>,
): Promise<Losses> {
  const [image, content, network, ...styles] = await Promise.all([
    readImage(file),
    readImage(recipe.content),
    openNetwork(recipe.model, { modelsFolder: modelsFolder(settings.storage), partial: true }),
    ...recipe.styles.map(style => readImage(locateStyle(style.image))),
  ]);
  requireLayers(network, recipe);
  const at = fitLongestSide(image, size, { name: file });
  const { regions: named = [] } = recipe;
  const regions =
    named.length === 0
      ? undefined
      : await Regions.read(named, { image: content, name: recipe.content }, content);
  const { spec, strengths } = planOf(recipe, at, regions?.parts);
  const styled = (style: SourceImage) =>
    style.at(size === 0 ? style : styleSize(style, at, recipe.styleScale));
  const device = await openDevice(network, settings);
  const { executor } = device;
  try {
    await accept?.(device, { ...costsOf(recipe, image), size, optimizer: 'none', pyramid: false });
    const objective = await executor.prepare({
      spec,
      content: await content.at(at),
      styles: await Promise.all(
        styles.map(async (style, index) => ({
          image: await styled(style),
          weight: recipe.styles[index]?.weight ?? 1,
        })),
      ),
      ...(regions && { guidance: await regions.guidance(at, styled) }),
    });
    const vector = executor.fromImage(await image.at(at));
    const { losses, gradient } = await objective.evaluate(vector, strengths);
    executor.space.dispose(gradient);
    executor.space.dispose(vector);
    await objective.dispose();
    return losses;
  } finally {
    await executor.dispose();
  }
}
