import { msg, verbatim } from '../../common/messages';
import { field } from '../field';
import { choice, flag, path, whole } from '../fieldType';

/** How the picture comes to be what it is held to. */
export const optimization = {
  steps: field(whole(1, 100_000), {
    description: 'Optimizer steps, over all scales together.',
    details: 'From 1 to 100000.',
    label: msg`Steps`,
    option: { placeholder: 'n', help: 'optimizer steps, over all scales together' },
    axis: { name: 'steps', label: value => `${value} steps`, help: 'optimizer steps' },
    // Mean and covariance are nearer to the style after 130 steps than Gram matrices after 200 (bench/pictures.md).
    presets: { studio: 130, lineart: 200, paper: 500, article: 2000, preview: 60 },
    costs: true,
  }),

  init: field(path('start'), {
    description: 'Start image: content, noise, or a path.',
    details:
      '`content` begins with the photograph, `noise` with white noise of `seed`; a path is relative to the folder of this file.',
    label: msg`Start image`,
    option: { placeholder: 'start', help: 'start image: content, noise, or a file' },
    presets: { studio: 'content', paper: 'noise' },
  }),

  optimizer: field(
    choice({
      lbfgs: {
        description: 'Limited-memory BFGS: fewer evaluations for the same picture.',
        label: verbatim('L-BFGS'),
      },
      adam: {
        description: 'Adam: steps of one size, as in the article’s program.',
        label: verbatim('Adam'),
      },
    }),
    {
      description: 'L-BFGS, or Adam.',
      label: msg`Optimizer`,
      option: { placeholder: 'name', help: 'optimization method' },
      axis: { name: 'optimizer', label: value => value, help: 'lbfgs,adam' },
      presets: { studio: 'lbfgs', article: 'adam' },
      costs: true,
    },
  ),

  pyramid: field(flag, {
    description: 'Coarse to fine.',
    details:
      'A small picture is painted first and enlarged step by step: quicker, and strokes as large as the style has them. `false` paints at the full size from the start.',
    label: msg`Coarse to fine`,
    option: {
      name: 'pyramid',
      on: true,
      off: false,
      help: 'paint a small picture first, then larger ones',
      negativeHelp: 'paint at the full size from the start',
    },
    presets: { studio: true, paper: false, article: false },
    costs: true,
  }),

  seed: field(whole(0, 0xffffffff), {
    description: 'Seed of the noise.',
    details: 'From 0 to 4294967295. It matters for `"init": "noise"` alone.',
    option: { placeholder: 'n', help: 'seed of the noise' },
    axis: {
      name: 'seed',
      label: value => `seed ${value}`,
      help: 'seed of the noise, from which every cell then starts',
    },
    presets: { studio: 0 },
  }),
};
