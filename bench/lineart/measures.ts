import type { FloatImage } from '../../src/nst/image';
import { blurred, lumaOf, type Plane } from './planes';

/** How far a pixel must lie below its surroundings to be ink, in luma. */
const INK = 0.06;

/** How much a picture lies below its surroundings, in luma: positive on dark lines, negative beside them. */
export function inkOf(image: FloatImage): Plane {
  const luma = lumaOf(image);
  const [fine, broad] = [blurred(luma, 0.7), blurred(luma, 4)];
  const { width, height } = image;
  return { width, height, values: fine.values.map((value, i) => broad.values[i]! - value) };
}

/** What became of the lines of a drawing. */
export interface LinesKept {
  /** Share of the drawing's line pixels with a line of the painting within a pixel. */
  readonly recall: number;
  /** Harmonic mean of the recall and of the share of the painting's line pixels that the drawing has within a pixel. */
  readonly fScore: number;
  /** Correlation of both maps of ink. */
  readonly correlation: number;
  /** Mean ink along the drawing's lines, over that of the drawing: 1 is as dark, 0 is gone, below 0 is light. */
  readonly darkness: number;
}

/** Compares the lines of a painting with those of the drawing that it was painted from, of the same size. */
export function linesKept(drawing: FloatImage, painting: FloatImage): LinesKept {
  const [wanted, found] = [inkOf(drawing), inkOf(painting)];
  const [there, here] = [wanted, found].map(plane => plane.values.map(ink => (ink > INK ? 1 : 0)));
  const share = (of: Float32Array, near: Float32Array): number => {
    const close = grown({ ...wanted, values: near });
    const hits = of.reduce((sum, on, i) => sum + on * close[i]!, 0);
    return hits / Math.max(1, total(of));
  };
  const recall = share(there!, here!);
  const precision = share(here!, there!);
  const along = (plane: Plane): number =>
    plane.values.reduce((sum, ink, i) => sum + ink * there![i]!, 0) / total(there!);
  return {
    recall,
    fScore: (2 * recall * precision) / Math.max(1e-9, recall + precision),
    correlation: correlation(wanted.values, found.values),
    darkness: along(found) / along(wanted),
  };
}

/** How far a painting is from a drawing that was its style, in what makes it a drawing. */
export interface DrawnLike {
  /** Earth mover's distance of the lumas: paper white, ink dark, little between. */
  readonly tone: number;
  /** Earth mover's distance of the ink maps: as many lines, as dark and as sharp. */
  readonly line: number;
}

/** Compares the distributions of luma and ink of a painting and its style, of any sizes. */
export function drawnLike(style: FloatImage, painting: FloatImage): DrawnLike {
  return {
    tone: moverDistance(lumaOf(style).values, lumaOf(painting).values),
    line: moverDistance(inkOf(style).values, inkOf(painting).values),
  };
}

/** Mean difference of the quantiles of two distributions. */
function moverDistance(a: Float32Array, b: Float32Array): number {
  const [one, two] = [a, b].map(values => Float32Array.from(values).sort());
  const count = 2000;
  const at = (sorted: Float32Array, i: number): number =>
    sorted[Math.floor(((i + 0.5) / count) * sorted.length)]!;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += Math.abs(at(one!, i) - at(two!, i));
  return sum / count;
}

function correlation(a: Float32Array, b: Float32Array): number {
  const [meanA, meanB] = [total(a) / a.length, total(b) / b.length];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]! - meanA, b[i]! - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}

/** A mask and the eight neighbours of its pixels. */
function grown({ width, height, values }: Plane): Float32Array {
  return values.map((_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++)
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++)
        if (values[v * width + u]! > 0) return 1;
    return 0;
  });
}

function total(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
