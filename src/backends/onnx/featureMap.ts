import type { OnnxModel } from './onnxModel';

/** A feature map in the graph: 1 × channels × height × width; height and width are undefined when they vary. */
export interface FeatureName {
  readonly name: string;
  readonly channels: number;
  readonly height?: number;
  readonly width?: number;
  /** What minimal filtering leaves below the map, so that the next one need not put it there again. */
  readonly surplus?: Surplus;
}

/** Rows of the stored tensor below the map's own. */
interface Surplus {
  /** Of the map and below it together. */
  readonly rows: number;
  readonly hold: 'zeros' | 'anything';
}

/** A feature map of known size. */
export type SizedName = FeatureName & { readonly height: number; readonly width: number };

/** A map whose size must be known when the graph is written. */
export function fixed(x: FeatureName): SizedName {
  const { height, width } = x;
  if (height === undefined || width === undefined)
    throw new Error('this operation needs a graph of fixed size');
  return { ...x, height, width };
}

/** Rows of the tensor that holds the map. */
export const storedRows = (x: SizedName): number => x.surplus?.rows ?? x.height;

/** The map without surplus rows. */
export function exact(model: OnnxModel, x: FeatureName): FeatureName {
  if (x.surplus === undefined) return x;
  const { channels, height, width } = fixed(x);
  return { channels, height, width, name: firstRows(model, x.name, height) };
}

/** The map with nothing but zeros in its surplus rows. */
export const settled = (model: OnnxModel, x: FeatureName): FeatureName =>
  x.surplus?.hold === 'anything' ? exact(model, x) : x;

/** The map with zeros below it, as many rows as given with its own. */
export function withRows(model: OnnxModel, x: SizedName, rows: number): SizedName {
  const inner = settled(model, x);
  const map = fixed(storedRows(fixed(inner)) > rows ? exact(model, inner) : inner);
  const missing = rows - storedRows(map);
  if (missing === 0) return map;
  const name = model.node('Pad', [map.name, model.integers([0, 0, 0, 0, 0, 0, missing, 0])]);
  return { ...map, name, surplus: { rows, hold: 'zeros' } };
}

/** The map with as many rows as `like` is stored with; what its surplus rows hold may stay anything. */
export function storedLike(model: OnnxModel, x: FeatureName, like: FeatureName): FeatureName {
  if (like.surplus === undefined) return exact(model, x);
  const { rows } = like.surplus;
  const map = fixed(x);
  if (map.surplus === undefined || map.surplus.rows < rows) return withRows(model, map, rows);
  if (map.surplus.rows === rows) return map;
  return { ...map, name: firstRows(model, map.name, rows), surplus: { ...map.surplus, rows } };
}

function firstRows(model: OnnxModel, name: string, rows: number): string {
  return model.node('Slice', [name, ...[[0], [rows], [2]].map(values => model.integers(values))]);
}

/** @throws Error for a length that is open in the graph */
export function known(length: number | undefined): number {
  if (length === undefined) throw new Error('this operation needs a graph of fixed size');
  return length;
}
