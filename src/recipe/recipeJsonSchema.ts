import * as z from 'zod';
import { blockOf, LAYERS, receptiveField, VGG19_WIDTHS, type LayerName } from '../nst/vgg19';
import { equalWeights, presets } from './presets';
import { recipeFileSchema, type PresetName, type RecipeFile } from './recipe';

type Field = keyof RecipeFile;

/** What an editor shows beside a field, in the words of JSON Schema and of VS Code's additions to it. */
interface Annotations {
  /** Markdown for the hover. */
  readonly markdownDescription: string;
  /** One for each value of an enumeration, in its order. */
  readonly enumDescriptions?: readonly string[];
  readonly default?: unknown;
  readonly defaultSnippets?: readonly Snippet[];
  /** Objects of layers name at least one. */
  readonly minProperties?: number;
}

interface Snippet {
  readonly label: string;
  readonly description: string;
  readonly body: unknown;
}

/** The presets, in the words of the setting `atelier.preset`. */
const presetDescriptions: Readonly<Record<PresetName, string>> = {
  studio: 'Layers, strengths and sizes chosen for good paintings on any machine.',
  lineart: 'For sketches, ink drawings and prints, as content or as style: fine lines stay where they are.',
  preview: 'Small and quick, to try a style.',
  paper: 'The settings of Gatys, Ecker and Bethge: white noise, average pooling, L-BFGS.',
  article: 'The settings of the well-known PyTorch program: five layers before their activation, Adam.',
};

/** What else there is to say about a field: the first sentence is its description in the schema. */
const details: Readonly<Record<Field, string>> = {
  $schema: 'Not needed: editors know recipes by their ending `.atelier.json`.',
  name: 'It is shown where recipes are chosen and for tasks; without it, the name of the file.',
  preset: 'Fields that the recipe names come before it.',
  content:
    'Relative to the folder of this file, or absolute. Without it, *Run* asks for the images to paint.',
  styles:
    'Without it, *Run* asks for a style. Several are blended by their weights: their statistics are averaged.',
  size: 'From 0 to 16384.',
  model:
    'A path is relative to the folder of this file. **lite** is inside Atelier; **vgg19**, the network of the papers, is downloaded once.',
  steps: 'From 1 to 100000.',
  ratio:
    'α is the weight of the content, β of the style: smaller is wilder. In mean units, at `0.03` the style stays on the surface, at `0.003` things begin to dissolve; `"objective": "paper"` has units of its own, in which it is far smaller.',
  contentLayers: 'Deeper layers keep what is there and let go of where its pixels are: `{ "conv4_2": 1 }`.',
  styleLayers:
    'Shallow layers bring colour and grain, deeper ones larger strokes. Five of them alike: 0.2 each.',
  tv: 'It smooths: against grain more, for crisp lines less. 0 leaves it out.',
  init: '`content` begins with the photograph, `noise` with white noise of `seed`; a path is relative to the folder of this file.',
  optimizer: '',
  pooling: '',
  padding: '',
  tap: '',
  statistics:
    'A ratio, weights and smoothing belong to a statistic: those of the preset are chosen for it. `"objective": "paper"` has Gram matrices alone.',
  objective: '',
  pyramid:
    'A small picture is painted first and enlarged step by step: quicker, and strokes as large as the style has them. `false` paints at the full size from the start.',
  styleScale: 'From 0.1 to 4: below 1 for finer strokes, above for coarser ones.',
  colors: '',
  seed: 'From 0 to 4294967295. It matters for `"init": "noise"` alone.',
  output:
    'Relative to the folder of this file: a `.png`, `.jpg` or `.webp` file, or a folder for a free name in it. A file that is there is replaced, except the images that it is made from.',
};

/** Values of enumerations, in the order of the schema. */
const values: Readonly<Partial<Record<Field, readonly string[]>>> = {
  preset: recipeFileSchema.shape.preset.unwrap().options.map(preset => presetDescriptions[preset]),
  optimizer: [
    'Limited-memory BFGS: fewer evaluations for the same picture.',
    'Adam: steps of one size, as in the article’s program.',
  ],
  pooling: [
    'Average pooling, as the papers advise: smoother gradients.',
    'Max pooling, as VGG-19 was trained.',
  ],
  padding: ['The nearest pixels again: no frame is painted.', 'Zeros, as in the papers.'],
  tap: ['After the activation, as in the papers.', 'Before the activation, as in the article’s program.'],
  statistics: [
    'Gram matrices, as in the papers.',
    'Mean and covariance, by what it costs to turn one into the other near the style: no fringes, the palette of the style.',
    'Mean and covariance by the exact Wasserstein distance: slower, for pictures that look alike.',
  ],
  objective: [
    'Mean units: strengths mean the same for any image, size and network.',
    'The literal sums of the papers: strengths depend on size and network.',
  ],
  colors: ['The colours of the style.', 'The colours of the content image; only its lightness is painted.'],
};

const snippets: Readonly<Partial<Record<Field, readonly Snippet[]>>> = {
  styles: [
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
  contentLayers: [
    { label: 'conv4_2', description: 'The content layer of the papers', body: { conv4_2: 1 } },
    { label: 'conv2_2', description: 'For drawings: thin lines stay', body: { conv2_2: 1 } },
  ],
  styleLayers: [
    {
      label: 'The five layers of the papers',
      description: 'conv1_1, conv2_1, conv3_1, conv4_1 and conv5_1 alike',
      body: presets.studio.styleLayers,
    },
    {
      label: 'Grain and colour only',
      description: 'conv1_1 and conv2_1 alike',
      body: equalWeights(['conv1_1', 'conv2_1']),
    },
  ],
};

/** A whole recipe, offered where there is none yet. */
const whole: readonly Snippet[] = [
  {
    label: 'Recipe',
    description: 'A content image in one style',
    body: {
      preset: '${1:studio}',
      content: '${2:photo.jpg}',
      styles: [{ image: '${3:swatch:mosaic}' }],
      size: '^${4:512}',
    },
  },
  {
    label: 'Recipe for any image',
    description: 'It asks for the images to paint when it is run',
    body: { name: '${1:My style}', preset: '${2:studio}', styles: [{ image: '${3:swatch:mosaic}' }] },
  },
];

interface ObjectSchema {
  description?: string;
  properties?: Record<string, ObjectSchema>;
  readonly [key: string]: unknown;
}

/**
 * The JSON Schema of recipe files (draft 7, which editors understand best), with what VS Code adds to it: hovers in
 * Markdown, descriptions of values, defaults and snippets. Fields, types and ranges are those of `recipeFileSchema`.
 */
export function recipeJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(recipeFileSchema, { io: 'input', target: 'draft-7' }) as ObjectSchema;
  const properties = Object.entries(schema.properties ?? {}).map(([name, field]) => [
    name,
    { ...withLayers(field), ...annotations(name as Field, field) },
  ]);
  return { ...schema, properties: Object.fromEntries(properties) as unknown, defaultSnippets: whole };
}

function annotations(name: Field, { description = '' }: ObjectSchema): Annotations {
  const standard = { ...presets.studio, preset: 'studio' } as Readonly<Partial<Record<Field, unknown>>>;
  const value = standard[name];
  const isLayers = name === 'contentLayers' || name === 'styleLayers';
  const preset =
    value === undefined || name === 'preset'
      ? ''
      : `\n\nPreset \`studio\`: \`${isLayers ? Object.keys(value as object).join(', ') : JSON.stringify(value)}\``;
  return {
    markdownDescription: `${[description, details[name]].filter(Boolean).join(' ')}${preset}`,
    ...(values[name] === undefined ? {} : { enumDescriptions: values[name] }),
    // As a value to begin with; what a recipe leaves open comes from its preset.
    ...(value === undefined ? {} : { default: value }),
    ...(snippets[name] === undefined ? {} : { defaultSnippets: snippets[name] }),
    ...(isLayers ? { minProperties: 1 } : {}),
  };
}

/** Says of each layer of an object of layers what it is. */
function withLayers(field: ObjectSchema): ObjectSchema {
  const { properties } = field;
  if (properties?.conv1_1 === undefined) return field;
  const layers = LAYERS.map(layer => [
    layer,
    { ...properties[layer], description: layerDescription(layer), default: 1 },
  ]);
  return { ...field, properties: Object.fromEntries(layers) as Record<string, ObjectSchema> };
}

function layerDescription(layer: LayerName): string {
  const block = blockOf(layer);
  const side = receptiveField(layer);
  return `Weight of this layer: of block ${block}, ${VGG19_WIDTHS[block - 1]} channels in VGG-19; each sees ${side} × ${side} pixels.`;
}
