import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fieldNames, fieldsHaving, rowOf } from '../../../src/recipe/fields';
import { PRESETS, presetTexts } from '../../../src/recipe/presetNames';
import { presets } from '../../../src/recipe/presets';
import { json } from '../extension/texts';

/** The first version's fields that a person or a preset gives. */
const first = Object.keys(json<object>(path.join('test', 'engine', 'golden', 'studio.json')));

describe('the table of fields', () => {
  it.each(fieldNames)('describes %s in a sentence', name => {
    expect(rowOf(name).description).toMatch(/\.$/);
  });

  it('says what files mean that were written before a field was there', () => {
    const later = fieldNames.filter(name => !first.includes(name) && rowOf(name).optional !== true);
    expect(later).toContain('statistics');
    for (const name of later) expect([name, rowOf(name).older]).not.toEqual([name, undefined]);
  });

  it('gives every field of a preset but the pictures', () => {
    const open = fieldNames.filter(name => !fieldsHaving('presets').some(given => given === name));
    expect(open).toEqual(['$schema', 'name', 'content', 'styles', 'regions', 'output']);
    for (const preset of PRESETS)
      expect(Object.keys(presets[preset]).sort()).toEqual([...fieldsHaving('presets')].sort());
  });

  it('names a field in lists where grids or the command line know it, but for the seed and the result', () => {
    const known = new Set([...fieldsHaving('axis'), ...fieldsHaving('option')]);
    const unnamed = [...known].filter(name => rowOf(name).label === undefined);
    expect(unnamed.sort()).toEqual(['output', 'seed']);
  });
});

describe('the settings of new paintings', () => {
  interface Setting {
    readonly enum?: readonly string[];
    readonly enumDescriptions?: readonly string[];
    readonly default: unknown;
    readonly minimum?: number;
    readonly maximum?: number;
  }
  const { contributes } = json<{
    contributes: { configuration: readonly { properties: Readonly<Record<string, Setting>> }[] };
  }>('package.json');
  const words = json<Readonly<Record<string, string>>>('package.nls.json');
  const setting = (name: string): Setting | undefined =>
    contributes.configuration.map(({ properties }) => properties[`atelier.${name}`]).find(Boolean);

  it('offer the presets in the order and in the words of the table', () => {
    const names = Object.keys(presetTexts) as (keyof typeof presetTexts)[];
    expect(setting('preset')?.enum).toEqual(names);
    expect(setting('preset')?.enumDescriptions?.map(text => words[text.slice(1, -1)])).toEqual(
      names.map(name => presetTexts[name].description),
    );
    expect([...names].sort()).toEqual([...PRESETS].sort());
  });

  it('have the bounds and the values of the table', () => {
    const { type } = rowOf('size');
    const { minimum, maximum, default: size } = setting('size') ?? {};
    expect(type).toEqual({ kind: 'number', whole: true, min: minimum, max: maximum });
    expect({ size, model: setting('model')?.default, preset: setting('preset')?.default }).toEqual({
      size: presets.studio.size,
      model: presets.studio.model,
      preset: 'studio',
    });
  });
});
