import { presets, type Preset } from '../../src/recipe/presets';

/** One column of the study: what departs from the studio preset. */
export interface Variant {
  readonly name: string;
  readonly look: Preset;
  /** Weight of the Laplacian term; 0 leaves it out. */
  readonly edges: number;
}

const variant = (name: string, change: Partial<Preset>, edges = 0): Variant => ({
  name,
  look: { ...presets.studio, ...change },
  edges,
});

/** What might keep lines; the first is what there was before, the last the preset. */
export const VARIANTS: readonly Variant[] = [
  variant('studio', {}),
  variant('studio, α/β 1/10', { ratio: 1 / 10 }),
  variant('studio and Laplacian 100', {}, 100),
  variant('conv3_1', { contentLayers: { conv3_1: 1 } }),
  variant('conv2_2', { contentLayers: { conv2_2: 1 } }),
  variant('conv2_2 and Laplacian 60', { contentLayers: { conv2_2: 1 } }, 60),
  { name: 'lineart', look: presets.lineart, edges: 0 },
];
