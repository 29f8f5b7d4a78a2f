import { msg } from '../../common/messages';
import { field } from '../field';
import { choice, number, path, regions, styles, text, whole } from '../fieldType';

/** What is painted, in which styles, and what becomes of it. */
export const pictures = {
  $schema: field(text, {
    description: 'The schema of this file.',
    details: 'Not needed: editors know recipes by their ending `.atelier.json`.',
    optional: true,
  }),

  name: field(text, {
    description: 'A title for people.',
    details: 'It is shown where recipes are chosen and for tasks; without it, the name of the file.',
    optional: true,
  }),

  content: field(path('content'), {
    description: 'Content image: a path.',
    details:
      'Relative to the folder of this file, or absolute. Without it, *Run* asks for the images to paint.',
  }),

  styles: field(styles, {
    description: 'Style images, blended by weight.',
    details:
      'Without it, *Run* asks for a style. Several are blended by their weights: their statistics are averaged.',
    snippets: [
      {
        label: 'One style',
        description: 'An image, or a built-in style',
        body: [{ image: '${1:swatch:mosaic}' }],
      },
      {
        label: 'Two styles, blended',
        description: 'The first counts twice',
        body: [
          { image: '${1:swatch:mosaic}', weight: '^${2:2}' },
          { image: '${3:swatch:woodcut}', weight: '^${4:1}' },
        ],
      },
    ],
  }),

  regions: field(regions, {
    description: 'Parts of the picture in styles of their own, or kept as they are.',
    details:
      'Up to six, each with a `mask` that is white where it is: with a `style` (or `styles`, a `weight`, and a `styleMask` for the part of the style image that counts), or with `"keep": true`. What none covers is painted in `styles`.',
    snippets: [
      {
        label: 'A region in another style',
        description: 'Where the mask is white',
        body: [{ mask: '${1:mask.png}', style: '${2:swatch:woodcut}' }],
      },
      {
        label: 'A region that stays as it is',
        description: 'Where the mask is white',
        body: [{ mask: '${1:mask.png}', keep: true }],
      },
    ],
    optional: true,
  }),

  output: field(path('result'), {
    description: 'Result file; by default a free name beside the content image.',
    details:
      'Relative to the folder of this file: a `.png`, `.jpg` or `.webp` file, or a folder for a free name in it. A painting of Atelier that is there is replaced, another file only when you agree, and the images that it is made from never.',
    option: { letter: 'o', placeholder: 'file', help: 'result: .png, .jpg, .webp, or a folder' },
    optional: true,
  }),

  size: field(whole(0, 16384), {
    description: 'Longest side of the result in pixels; 0 keeps the size.',
    details: 'From 0 to 16384.',
    label: msg`Size`,
    option: { placeholder: 'pixels', help: 'longest side of the result; 0: same as the content image' },
    axis: { name: 'size', label: value => `${value} px`, help: 'longest side in pixels' },
    presets: { studio: 512, article: 400, preview: 256 },
    costs: true,
  }),

  styleScale: field(number(0.1, 4), {
    description: 'Size of the style image relative to the result.',
    details: 'From 0.1 to 4: below 1 for finer strokes, above for coarser ones.',
    label: msg`Style size`,
    option: { placeholder: 'x', help: 'size of the style image relative to the result' },
    axis: {
      name: 'style-scale',
      label: value => `style × ${value}`,
      help: 'size of the style image relative to the cell',
    },
    presets: { studio: 1 },
  }),

  colors: field(
    choice(
      {
        style: {
          description: 'The colours of the style.',
          label: msg`colours of the style`,
          title: msg`Style`,
        },
        match: {
          description:
            'The style in the colours of the content image: its palette is changed before it is painted.',
          label: msg`the style’s, matched to the content image`,
          title: msg`Match`,
        },
        luminance: {
          description:
            'The colours of the content image: everything is painted in greys, of like contrast, and coloured after.',
          label: msg`colours of the content image, painted in greys`,
          title: msg`Luminance`,
        },
        chroma: {
          description: 'The colours of the content image: only the lightness of the painting is kept.',
          label: msg`colours of the content image`,
          title: msg`Chroma`,
        },
      },
      { content: 'chroma' },
    ),
    {
      description: 'Whose colours the painting has.',
      label: msg`Colours`,
      option: { placeholder: 'kind', help: 'whose colours: those of the style, or of the content image' },
      axis: { name: 'colors', label: value => `colours: ${value}`, help: 'style,match,luminance,chroma' },
      presets: { studio: 'style' },
    },
  ),
};
