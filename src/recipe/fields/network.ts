import { msg } from '../../common/messages';
import { field } from '../field';
import { choice, path } from '../fieldType';

/** The network, and how it reads an image. */
export const network = {
  model: field(path('network'), {
    description: 'lite, vgg19, the name of an imported network, or a weight file.',
    details:
      'A path is relative to the folder of this file. **lite** is inside Atelier; **vgg19**, the network of the papers, is downloaded once.',
    label: msg`Network`,
    option: { placeholder: 'name', help: 'lite, vgg19, an imported network, or a weight file' },
    presets: { studio: 'lite' },
    costs: true,
  }),

  pooling: field(
    choice({
      avg: {
        description: 'Average pooling, as the papers advise: smoother gradients.',
        label: msg`average`,
      },
      max: { description: 'Max pooling, as VGG-19 was trained.', label: msg`maximum` },
    }),
    {
      description: 'Average or max pooling in the network.',
      label: msg`Pooling`,
      option: { placeholder: 'kind', help: 'pooling in the network' },
      axis: { name: 'pooling', label: value => `${value} pooling`, help: 'avg,max' },
      presets: { studio: 'avg', article: 'max' },
    },
  ),

  padding: field(
    choice({
      replicate: {
        description: 'The nearest pixels again: no frame is painted.',
        label: msg`the nearest pixels`,
      },
      zero: { description: 'Zeros, as in the papers.', label: msg`zeros` },
    }),
    {
      description: 'Beyond the edge of the image: its nearest pixels again, or zeros as in the papers.',
      label: msg`Beyond the edge`,
      option: { placeholder: 'kind', help: 'padding beyond the edge of the image' },
      axis: { name: 'padding', label: value => `${value} padding`, help: 'replicate,zero' },
      presets: { studio: 'replicate', paper: 'zero', article: 'zero' },
      older: 'zero',
    },
  ),

  tap: field(
    choice({
      post: {
        description: 'After the activation, as in the papers.',
        label: msg`after the activation`,
      },
      pre: {
        description: 'Before the activation, as in the article’s program.',
        label: msg`before the activation`,
      },
    }),
    {
      description: 'Features after or before the activation.',
      label: msg`Features`,
      option: { placeholder: 'place', help: 'features after (post) or before (pre) the activation' },
      presets: { studio: 'post', article: 'pre' },
    },
  ),
};
