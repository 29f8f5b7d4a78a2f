import type { LayerName } from '../nst/vgg19';
import type { PresetName, Recipe, RecipeFile } from './recipe';

/** All fields that are not about particular pictures. */
export type Preset = Omit<Recipe, '$schema' | 'name' | 'content' | 'styles' | 'output'>;

/** Equal weights that sum to 1: w_l = 1/(number of layers), as in Gatys et al. 2015. */
export function equalWeights(layers: readonly LayerName[]): Partial<Record<LayerName, number>> {
  return Object.fromEntries(layers.map(layer => [layer, 1 / layers.length]));
}

const FIVE: readonly LayerName[] = ['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'];

/** Strengths go with the statistic, in whose units they weigh. */
type Strengths = Pick<Preset, 'statistics' | 'ratio' | 'styleLayers' | 'tv'>;

const gram: Strengths = { statistics: 'gram', ratio: 1 / 40, styleLayers: equalWeights(FIVE), tv: 200 };

/** Shallow layers count most: with them the picture has the style's palette and grain, and no others. */
const bures: Strengths = {
  statistics: 'bures',
  ratio: 1 / 25,
  styleLayers: { conv1_1: 0.35, conv2_1: 0.25, conv3_1: 0.18, conv4_1: 0.12, conv5_1: 0.1 },
  tv: 2,
};

const studio: Preset = {
  ...bures,
  size: 512,
  model: 'lite',
  steps: 200,
  contentLayers: { conv4_2: 1 },
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
  lineart: { ...studio, ratio: 1 / 10, contentLayers: { conv2_2: 1 }, tv: 0.5 },
  /** Gatys et al. 2015: literal sums, average pooling, white noise, one scale, no image prior. */
  paper: {
    ...studio,
    ...gram,
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
    ...gram,
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

/** The strengths of presets that look for another statistic, for those who ask for Gram matrices. */
const withGram: Partial<Record<PresetName, Partial<Preset>>> = {
  studio: gram,
  preview: gram,
  lineart: { ...gram, ratio: 1 / 10, tv: 50 },
};

/**
 * A preset's values for a recipe with gaps, with the strengths that suit the statistic it asks for. The papers' sums are
 * of Gram matrices.
 */
export function presetFor(
  name: PresetName,
  { statistics, objective }: Pick<RecipeFile, 'statistics' | 'objective'>,
): Preset {
  const asked = statistics ?? (objective === 'paper' ? 'gram' : undefined);
  if (asked === undefined || asked === presets[name].statistics) return presets[name];
  return { ...presets[name], ...(asked === 'gram' ? withGram[name] : {}), statistics: asked };
}
