/**
 * The part of VGG-19 (Simonyan and Zisserman 2014) that style transfer uses: the 3x3 'same' convolutions
 * conv1_1 … conv5_1, with a 2x2 pooling before the first layer of blocks 2 to 5.
 */
export const LAYERS = [
  'conv1_1',
  'conv1_2',
  'conv2_1',
  'conv2_2',
  'conv3_1',
  'conv3_2',
  'conv3_3',
  'conv3_4',
  'conv4_1',
  'conv4_2',
  'conv4_3',
  'conv4_4',
  'conv5_1',
] as const;

/** A convolution by the field's name. */
export type LayerName = (typeof LAYERS)[number];

/** Output channels of the original network, by block 1 … 5. */
export const VGG19_WIDTHS = [64, 128, 256, 512, 512] as const;

/** Smallest side, in pixels, whose features at conv5_1 are not empty: four poolings halve it to 1. */
export const MIN_SIDE = 16;

/** Block 1 … 5 of a layer. */
export function blockOf(layer: LayerName): number {
  return Number(layer.charAt(4));
}

/** Whether a 2x2 pooling stands directly before this layer. */
export function poolBefore(layer: LayerName): boolean {
  return layer.endsWith('_1') && layer !== 'conv1_1';
}

/** Narrows any text to a layer's name. */
export function isLayerName(text: string): text is LayerName {
  return (LAYERS as readonly string[]).includes(text);
}

/** The layers from conv1_1 up to and including the deepest of `layers`, in order; empty for none. */
export function layersUpTo(layers: readonly LayerName[]): readonly LayerName[] {
  const deepest = Math.max(-1, ...layers.map(layer => LAYERS.indexOf(layer)));
  return LAYERS.slice(0, deepest + 1);
}

/**
 * Side of the square of input pixels that one unit of the layer sees: every 3x3 convolution adds two strides,
 * every 2x2 pooling adds one stride and doubles it.
 */
export function receptiveField(layer: LayerName): number {
  let field = 1;
  let stride = 1;
  for (const name of layersUpTo([layer])) {
    if (poolBefore(name)) {
      field += stride;
      stride *= 2;
    }
    field += 2 * stride;
  }
  return field;
}
