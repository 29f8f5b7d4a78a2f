import * as z from 'zod';
import { blockOf, LAYERS, receptiveField, VGG19_WIDTHS, type LayerName } from '../nst/vgg19';
import type { Snippet } from './field';
import { isFieldName, rowOf, type FieldName } from './fields';
import { presets } from './presets';
import { PRESETS, presetTexts } from './presetNames';
import { recipeFileSchema } from './recipe';
import { STYLE_IMAGE } from './style';
import { SWATCH_PREFIX } from './swatches';

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
 * Markdown, descriptions of values, defaults and snippets. All of it comes from the table of fields.
 * @param swatches the ids of the built-in styles: another one is a problem
 */
export function recipeJsonSchema(swatches: readonly string[]): Record<string, unknown> {
  const schema = z.toJSONSchema(recipeFileSchema, { io: 'input', target: 'draft-7' }) as ObjectSchema;
  const properties = Object.entries(schema.properties ?? {}).map(([name, field]) => [
    name,
    { ...withLayers(field), ...annotations(name, field) },
  ]);
  const known = withSwatches(Object.fromEntries(properties), swatches);
  return { ...schema, properties: known, defaultSnippets: whole };
}

/** Every name of a style image, wherever it stands, may be of no built-in style that there is not. */
function withSwatches(part: unknown, swatches: readonly string[]): unknown {
  if (Array.isArray(part)) return part.map(each => withSwatches(each, swatches));
  if (typeof part !== 'object' || part === null) return part;
  const { [STYLE_IMAGE]: isStyle, ...rest } = part as Record<string, unknown>;
  const entries = Object.entries(rest).map(([key, value]) => [key, withSwatches(value, swatches)]);
  return {
    ...Object.fromEntries(entries),
    ...(isStyle === true
      ? {
          pattern: `^(?!${SWATCH_PREFIX}(?!(${swatches.join('|')})$))`,
          patternErrorMessage: `There is no such built-in style. There are: ${swatches.join(', ')}.`,
        }
      : {}),
  };
}

function annotations(name: string, { description = '' }: ObjectSchema): Annotations {
  if (isFieldName(name)) return fieldAnnotations(name, description);
  if (name === 'preset')
    return {
      markdownDescription: `${description} Fields that the recipe names come before it.`,
      enumDescriptions: PRESETS.map(preset => presetTexts[preset].description),
      default: 'studio',
    };
  return {
    markdownDescription: `${description} It wrote it whole: a field that is not here has the value of before it was there, not its preset's.`,
  };
}

function fieldAnnotations(name: FieldName, description: string): Annotations {
  const { type, details, snippets } = rowOf(name);
  const value = (presets.studio as Readonly<Partial<Record<FieldName, unknown>>>)[name];
  const isLayers = type.kind === 'layers';
  const shown =
    isLayers && value !== undefined ? Object.keys(value as object).join(', ') : JSON.stringify(value);
  const preset = value === undefined ? '' : `\n\nPreset \`studio\`: \`${shown}\``;
  return {
    markdownDescription: `${[description, details].filter(Boolean).join(' ')}${preset}`,
    ...(type.kind === 'choice'
      ? { enumDescriptions: Object.values(type.choices).map(choice => choice.description) }
      : {}),
    // As a value to begin with; what a recipe leaves open comes from its preset.
    ...(value === undefined ? {} : { default: value }),
    ...(snippets === undefined ? {} : { defaultSnippets: snippets }),
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
