import type { LayerName } from '../nst/vgg19';
import type { PresetName, Recipe } from './recipe';

/** All fields that are not about particular pictures. */
export type Preset = Omit<Recipe, '$schema' | 'name' | 'content' | 'styles' | 'output'>;

/** Equal weights that sum to 1: w_l = 1/(number of layers), as in Gatys et al. 2015. */
export function equalWeights(layers: readonly LayerName[]): Partial<Record<LayerName, number>> {
  return Object.fromEntries(layers.map(layer => [layer, 1 / layers.length]));
}

const FIVE: readonly LayerName[] = ['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'];

const studio: Preset = {
  size: 512,
  model: 'lite',
  steps: 200,
  ratio: 1 / 40,
  contentLayers: { conv4_2: 1 },
  styleLayers: equalWeights(FIVE),
  tv: 200,
  init: 'content',
  optimizer: 'lbfgs',
  pooling: 'avg',
  padding: 'replicate',
  tap: 'post',
  objective: 'mean',
  pyramid: true,
  styleScale: 1,
  colors: 'style',
  seed: 0,
};

/** Complete values by preset. */
export const presets: Readonly<Record<PresetName, Preset>> = {
  /** The house's own settings, chosen by looking at many pairs of pictures (bench/defaults.md). */
  studio,
  /**
   * Drawings, as content or as style: conv2_2 still knows where a thin line runs, conv4_2 does not; less smoothing keeps
   * ink dark (bench/lineart.md).
   */
  lineart: { ...studio, ratio: 1 / 10, contentLayers: { conv2_2: 1 }, tv: 50 },
  /** Gatys et al. 2015: literal sums, average pooling, white noise, one scale, no image prior. */
  paper: {
    ...studio,
    steps: 500,
    // The printed 1e-3 is a ratio of mean units; in literal sums the content term is larger by N·M.
    ratio: 1e-7,
    tv: 0,
    init: 'noise',
    padding: 'zero',
    objective: 'paper',
    pyramid: false,
  },
  /** The article's PyTorch program: content and style at the same five layers before the activation, Adam. */
  article: {
    ...studio,
    size: 400,
    steps: 2000,
    ratio: 1e-2,
    contentLayers: equalWeights(FIVE),
    tv: 0,
    optimizer: 'adam',
    pooling: 'max',
    padding: 'zero',
    tap: 'pre',
    pyramid: false,
  },
  /** A quick look. */
  preview: { ...studio, size: 256, steps: 60 },
};
