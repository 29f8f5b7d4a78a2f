import type { Interval } from '../../nst/ops';
import { known, type FeatureName } from './featureMap';
import { sumOfSquares } from './matrixRecorder';
import type { OnnxModel } from './onnxModel';

/** What terms on the pixels of the image record: sums as scalars, and gradients as maps of the image's shape. */

/** mean((x[i+1,j]−x[i,j])²) + mean((x[i,j+1]−x[i,j])²). */
export function totalVariation(model: OnnxModel, image: FeatureName): string {
  const terms = ([2, 3] as const).map(axis =>
    meanSquare(model, neighbourDifference(model, image, axis), pairs(image, axis)),
  );
  return model.node('Add', terms);
}

/** coefficient · the gradient of `totalVariation`. */
export function totalVariationBack(model: OnnxModel, image: FeatureName, coefficient: string): string {
  const terms = ([2, 3] as const).map(axis => {
    const factor = model.node('Mul', [coefficient, model.scalar(2 / pairs(image, axis))]);
    const pull = model.node('Mul', [neighbourDifference(model, image, axis), factor]);
    // d/dx of Σ(x[i+1]−x[i])² pulls up at the later neighbour and down at the earlier one.
    return model.node('Sub', [pad(model, pull, axis, 'before'), pad(model, pull, axis, 'after')]);
  });
  return model.node('Add', terms);
}

/** mean((x − clamp(x, low, high))²). */
export function excess(model: OnnxModel, image: FeatureName, interval: Interval): string {
  return meanSquare(model, outside(model, image, interval), count(image));
}

/** coefficient · the gradient of `excess`. */
export function excessBack(
  model: OnnxModel,
  image: FeatureName,
  coefficient: string,
  interval: Interval,
): string {
  const factor = model.node('Mul', [coefficient, model.scalar(2 / count(image))]);
  return model.node('Mul', [outside(model, image, interval), factor]);
}

/** x − clamp(x, low, high). */
function outside(model: OnnxModel, { name }: FeatureName, { low, high }: Interval): string {
  return model.node('Sub', [name, model.node('Clip', [name, model.scalar(low), model.scalar(high)])]);
}

function meanSquare(model: OnnxModel, name: string, values: number): string {
  return model.node('Mul', [sumOfSquares(model, name), model.scalar(1 / values)]);
}

/** x[i+1] − x[i] along the axis (2: rows, 3: columns). */
function neighbourDifference(model: OnnxModel, image: FeatureName, axis: 2 | 3): string {
  const length = axis === 2 ? known(image.height) : known(image.width);
  const slice = (from: number, to: number): string =>
    model.node('Slice', [image.name, ...[[from], [to], [axis]].map(values => model.integers(values))]);
  return model.node('Sub', [slice(1, length), slice(0, length - 1)]);
}

function pad(model: OnnxModel, name: string, axis: 2 | 3, side: 'before' | 'after'): string {
  const pads = [0, 0, 0, 0, 0, 0, 0, 0];
  pads[side === 'before' ? axis : axis + 4] = 1;
  return model.node('Pad', [name, model.integers(pads)]);
}

/** Number of differences between neighbours along the axis, over three channels. */
function pairs(image: FeatureName, axis: 2 | 3): number {
  const [height, width] = [known(image.height), known(image.width)];
  return image.channels * (axis === 2 ? (height - 1) * width : height * (width - 1));
}

/** Number of values of a map. */
function count({ channels, height, width }: FeatureName): number {
  return channels * known(height) * known(width);
}
