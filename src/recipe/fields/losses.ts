import type { Statistic } from '../../nst/terms/kinds';
import { msg, verbatim } from '../../common/messages';
import { field } from '../field';
import { choice, layers, number } from '../fieldType';
import { equalWeights, FIVE } from '../layerWeights';

/** What the picture is held to, and how strongly. */
export const losses = {
  ratio: field(number(0), {
    description: 'α/β, content against style; 0 leaves content out.',
    details:
      'α is the weight of the content, β of the style: smaller is wilder. In mean units, at `0.03` the style stays on the surface, at `0.003` things begin to dissolve; `"objective": "paper"` has units of its own, in which it is far smaller.',
    label: verbatim('α/β'),
    option: { placeholder: 'α/β', help: 'content against style: 0.003 or 1/300; 0 leaves content out' },
    axis: { name: 'ratio', label: value => `α/β ${value}`, help: 'α/β: 1e-3 or 1/1000' },
    // The printed 1e-3 is a ratio of mean units; in literal sums the content term is larger by N·M.
    presets: { studio: 1 / 25, lineart: 1 / 10, paper: 1e-7, article: 1e-2 },
    withGram: { studio: 1 / 40, lineart: 1 / 10 },
    tunable: true,
  }),

  contentLayers: field(layers('one'), {
    description: 'Content layers and their weights.',
    details: 'Deeper layers keep what is there and let go of where its pixels are: `{ "conv4_2": 1 }`.',
    snippets: [
      { label: 'conv4_2', description: 'The content layer of the papers', body: { conv4_2: 1 } },
      { label: 'conv2_2', description: 'For drawings: thin lines stay', body: { conv2_2: 1 } },
    ],
    label: msg`Content layers`,
    option: { placeholder: 'list', help: 'conv4_2, or with weights conv4_2=1,conv3_2=0.5' },
    axis: { name: 'content-layers', label: value => `content ${value}`, help: 'conv2_2,conv4_2' },
    // conv2_2 still knows where a thin line runs, conv4_2 does not.
    presets: { studio: { conv4_2: 1 }, lineart: { conv2_2: 1 }, article: equalWeights(FIVE) },
    costs: true,
    tunable: true,
  }),

  styleLayers: field(layers('shared'), {
    description: 'Style layers and their weights w_l.',
    details:
      'Shallow layers bring colour and grain, deeper ones larger strokes. Five of them alike: 0.2 each.',
    snippets: [
      {
        label: 'The five layers of the papers',
        description: 'conv1_1, conv2_1, conv3_1, conv4_1 and conv5_1 alike',
        body: equalWeights(FIVE),
      },
      {
        label: 'Grain and colour only',
        description: 'conv1_1 and conv2_1 alike',
        body: equalWeights(['conv1_1', 'conv2_1']),
      },
    ],
    label: msg`Style layers`,
    option: { placeholder: 'list', help: 'conv1_1,conv2_1,…; equal weights by default' },
    axis: {
      name: 'layers',
      label: value => `style ${value}`,
      help: 'style layers: conv1_1,conv1_1+conv2_1',
    },
    presets: {
      // Shallow layers count most: with them the picture has the style's palette and grain, and no others.
      studio: { conv1_1: 0.35, conv2_1: 0.25, conv3_1: 0.18, conv4_1: 0.12, conv5_1: 0.1 },
      paper: equalWeights(FIVE),
      article: equalWeights(FIVE),
    },
    withGram: { studio: equalWeights(FIVE) },
    costs: true,
    tunable: true,
  }),

  tv: field(number(0), {
    description: 'γ, weight of the total variation.',
    details: 'It smooths: against grain more, for crisp lines less. 0 leaves it out.',
    label: verbatim('γ'),
    option: { placeholder: 'γ', help: 'weight of the total variation, against grain' },
    axis: { name: 'tv', label: value => `γ ${value}`, help: 'γ, against grain' },
    // Less smoothing keeps ink dark.
    presets: { studio: 2, lineart: 0.5, paper: 0, article: 0 },
    withGram: { studio: 200, lineart: 50 },
    tunable: true,
  }),

  range: field(number(0), {
    description: 'Weight of what is outside the range of colours.',
    details:
      'It keeps the picture within what a file can hold, so that the picture that is saved is the one that was painted. `0` leaves it out: colours outside are clipped.',
    label: msg`Range of colours`,
    option: { placeholder: 'weight', help: 'weight of out-of-range colours; 0: clip them' },
    presets: { studio: 10_000, paper: 0, article: 0 },
    older: 0,
    tunable: true,
  }),

  statistics: field(
    choice<Statistic>({
      gram: {
        description: 'Gram matrices, as in the papers.',
        label: msg`Gram matrices`,
        title: verbatim('Gram'),
      },
      bures: {
        description:
          'Mean and covariance, by what it costs to turn one into the other near the style: no fringes, the palette of the style.',
        label: msg`mean and covariance`,
        title: verbatim('Bures'),
      },
      wasserstein: {
        description:
          'Mean and covariance by the exact Wasserstein distance: slower, for pictures that look alike.',
        label: msg`mean and covariance, exact distance`,
        title: verbatim('Wasserstein'),
      },
    }),
    {
      description: 'What of the features makes a style: Gram matrices, or mean and covariance.',
      details:
        'A ratio, weights and smoothing belong to a statistic: those of the preset are chosen for it. `"objective": "paper"` has Gram matrices alone.',
      label: msg`Statistics of the style`,
      option: { placeholder: 'kind', help: 'what a style is: Gram matrices, or mean and covariance' },
      axis: { name: 'statistics', label: value => value, help: 'gram,bures,wasserstein' },
      presets: { studio: 'bures', paper: 'gram', article: 'gram' },
      older: 'gram',
    },
  ),

  objective: field(
    choice({
      mean: {
        description: 'Mean units: strengths mean the same for any image, size and network.',
        label: msg`mean units`,
      },
      paper: {
        description: 'The literal sums of the papers: strengths depend on size and network.',
        label: msg`literal sums of the papers`,
      },
    }),
    {
      description: 'Mean units, or the literal sums of the papers.',
      label: msg`Losses`,
      option: { placeholder: 'units', help: 'mean units, or the literal sums of the papers' },
      presets: { studio: 'mean', paper: 'paper' },
    },
  ),
};
