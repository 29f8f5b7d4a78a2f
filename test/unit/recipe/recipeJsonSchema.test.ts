import { describe, expect, it } from 'vitest';
import { presets } from '../../../src/recipe/presets';
import { fieldNames, rowOf } from '../../../src/recipe/fields';
import { PRESETS } from '../../../src/recipe/presetNames';
import { recipeFileSchema } from '../../../src/recipe/recipe';
import { recipeJsonSchema } from '../../../src/recipe/recipeJsonSchema';
import { LAYERS } from '../../../src/nst/vgg19';
import { listSwatches } from '../../../src/recipe/swatches';
import { json } from '../extension/texts';

interface Schema {
  readonly $schema?: string;
  readonly type?: string;
  readonly additionalProperties?: boolean;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly default?: unknown;
  readonly defaultSnippets?: readonly { readonly label: string; readonly body: unknown }[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minProperties?: number;
  readonly pattern?: string;
  readonly patternErrorMessage?: string;
}

const swatches = listSwatches().map(({ id }) => id);
const schema = recipeJsonSchema(swatches) as Schema;
const fields = Object.entries(schema.properties ?? {});

/** A snippet's body with the texts that stand in its gaps; what begins with ^ is written without quotes. */
function filled(body: unknown): unknown {
  const text = JSON.stringify(body)
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/"\^([^"]*)"/g, '$1');
  return JSON.parse(text);
}

describe('the JSON Schema of recipes', () => {
  it('is draft 7, closed, and requires nothing', () => {
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
    expect(schema.additionalProperties).toBe(false);
    expect(schema.required ?? []).toEqual([]);
    expect(Object.keys(schema.properties ?? {}).sort()).toEqual([...fieldNames, 'atelier', 'preset'].sort());
  });

  it.each(fields)('says of %s what it is, and more in its hover', (_name, field) => {
    expect(field.description).toMatch(/\.$/);
    expect(field.markdownDescription).toContain(field.description);
  });

  it.each(fields.filter(([, field]) => field.enum !== undefined))(
    'describes every value of %s',
    (_name, field) => {
      expect(field.enumDescriptions).toHaveLength(field.enum?.length ?? 0);
      for (const text of field.enumDescriptions ?? []) expect(text).toMatch(/^[A-Z].*\.$/);
    },
  );

  it('has a problem with a built-in style that there is not, and with no other name', () => {
    const { pattern = '', patternErrorMessage } = schema.properties?.styles?.items?.properties?.image ?? {};
    const allowed = [
      'swatch:mosaic',
      'swatch:ink-wash',
      'mosaic.jpg',
      '../a swatch:x.png',
      '/tmp/swatch.png',
    ];
    expect(allowed.filter(name => !new RegExp(pattern).test(name))).toEqual([]);
    const wrong = ['swatch:mosaics', 'swatch:', 'swatch:Mosaic', 'swatch:mosaic.jpg'];
    expect(wrong.filter(name => new RegExp(pattern).test(name))).toEqual([]);
    expect(patternErrorMessage).toContain('mosaic');
    expect(JSON.stringify(schema.properties?.regions)).toContain(JSON.stringify(pattern));
    expect(JSON.stringify(schema)).not.toContain('styleImage');
  });

  it('describes the presets in the words of the setting', () => {
    const words = json<Readonly<Record<string, string>>>('package.nls.json');
    expect(schema.properties?.preset?.enum).toEqual([...PRESETS]);
    expect(schema.properties?.preset?.enumDescriptions).toEqual(
      PRESETS.map(preset => words[`setting.preset.${preset}`]),
    );
  });

  it('begins fields with the values of the preset studio', () => {
    for (const [name, value] of Object.entries(presets.studio))
      expect([name, schema.properties?.[name]?.default]).toEqual([name, value]);
  });

  it('has ranges for all numbers', () => {
    for (const name of fieldNames) {
      const { type } = rowOf(name);
      if (type.kind !== 'number') continue;
      const { minimum, maximum } = schema.properties?.[name] ?? {};
      expect([name, minimum]).toEqual([name, type.min]);
      if (type.max !== undefined) expect([name, maximum]).toEqual([name, type.max]);
    }
    expect(schema.properties?.size).toMatchObject({ type: 'integer', minimum: 0, maximum: 16384 });
    expect(schema.properties?.ratio).toMatchObject({ type: 'number', minimum: 0 });
  });

  it.each(['contentLayers', 'styleLayers'])('names and describes the layers of %s', name => {
    const field = schema.properties?.[name];
    expect(Object.keys(field?.properties ?? {})).toEqual([...LAYERS]);
    expect(field?.properties?.conv4_2?.description).toBe(
      'Weight of this layer: of block 4, 512 channels in VGG-19; each sees 84 × 84 pixels.',
    );
    expect(field?.additionalProperties).toBe(false);
    expect(field?.minProperties).toBe(1);
  });

  it('describes image and weight of a style', () => {
    const style = schema.properties?.styles?.items;
    expect(style?.required).toEqual(['image']);
    for (const name of ['image', 'weight']) expect(style?.properties?.[name]?.description).toMatch(/\.$/);
  });

  it('offers snippets that are valid recipes', () => {
    const snippets = [
      ...(schema.defaultSnippets ?? []).map(({ body }) => filled(body)),
      ...fields.flatMap(([name, field]) =>
        (field.defaultSnippets ?? []).map(({ body }) => ({ [name]: filled(body) })),
      ),
    ];
    expect(snippets.length).toBeGreaterThanOrEqual(8);
    for (const snippet of snippets)
      expect([snippet, recipeFileSchema.safeParse(snippet).success]).toEqual([snippet, true]);
  });
});
