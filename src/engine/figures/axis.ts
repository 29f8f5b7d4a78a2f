import { AtelierError } from '../../common/errors';
import { msg, verbatim, type Message } from '../../common/messages';
import { fieldsHaving, rowOf, type fields, type FieldsHaving } from '../../recipe/fields';
import { equalWeights } from '../../recipe/layerWeights';
import { presetFor } from '../../recipe/presets';
import type { Recipe } from '../../recipe/recipe';
import { titleOfStyle } from '../../recipe/swatches';
import { isLayerName, LAYERS, type LayerName } from '../../nst/vgg19';

/** One setting of a row or column. */
export interface AxisValue {
  /** Printed beside the picture. */
  readonly label: string;
  /** What of the recipe it changes. */
  readonly change: Partial<Recipe>;
}

/** A setting and the values that it takes along the rows or the columns of a grid. */
export interface Axis {
  readonly name: AxisName;
  readonly values: readonly AxisValue[];
}

/** How a setting reads one of its values. */
type Reading = (text: string, base: Recipe) => AxisValue;

const number = (text: string): number => {
  const [numerator, denominator, ...rest] = text.split('/').map(part => (part === '' ? NaN : Number(part)));
  const value = denominator === undefined ? numerator : (numerator ?? NaN) / denominator;
  if (value === undefined || !Number.isFinite(value) || rest.length > 0)
    throw new AtelierError('recipe-invalid', msg`'${text}' is not a number.`);
  return value;
};

const layers = (text: string): LayerName[] =>
  text.split('+').map(name => {
    if (isLayerName(name)) return name;
    throw new AtelierError('layer-unknown', msg`there is no layer '${name}'.`, {
      next: msg`The available layers are ${LAYERS.join(', ')}; join several with +.`,
    });
  });

/** Settings that are no field of their own: what a grid goes through is computed from their values. */
const derived = {
  'style-weight': text => {
    const ratio = 1 / positive(number(text), text);
    return { label: `β ${text}`, change: { ratio } };
  },
  style: (text, { styles }) => {
    const chosen = styles[number(text) - 1];
    if (chosen === undefined)
      throw new AtelierError('recipe-invalid', msg`there is no style image ${text}.`, {
        next: msg`Style images are counted from 1.`,
      });
    return { label: titleOfStyle(chosen.image), change: { styles: [{ ...chosen, weight: 1 }] } };
  },
  depth: (text, base) => {
    const [deepest = 'conv1_1'] = layers(text);
    const upTo = LAYERS.indexOf(deepest);
    const subset = LAYERS.filter((layer, i) => i <= upTo && base.styleLayers[layer] !== undefined);
    return { label: `up to ${text}`, change: { styleLayers: equalWeights(subset) } };
  },
  blend: (text, { styles }) => {
    const [first, second, ...rest] = styles;
    const share = number(text);
    if (first === undefined || second === undefined || rest.length > 0)
      throw new AtelierError('recipe-invalid', msg`a blend needs two style images.`);
    if (!(share >= 0 && share <= 1))
      throw new AtelierError('recipe-invalid', msg`the share '${text}' is not between 0 and 1.`);
    const blended = [
      { ...first, weight: 1 - share },
      { ...second, weight: share },
    ];
    return { label: `blend ${text}`, change: { styles: blended.filter(({ weight }) => weight > 0) } };
  },
} satisfies Record<string, Reading>;

type AxisField = FieldsHaving<'axis'>;

/** Settings that a grid can go through: fields of a recipe by the names of their axes, and what is derived from them. */
export type AxisName = (typeof fields)[AxisField]['axis']['name'] | keyof typeof derived;

const fieldOf: ReadonlyMap<string, AxisField> = new Map(
  fieldsHaving('axis').map(field => [rowOf(field).axis?.name ?? field, field]),
);

export const AXES = [...fieldOf.keys(), ...Object.keys(derived)] as readonly AxisName[];

const derivedHelp: Readonly<Record<keyof typeof derived, string>> = {
  'style-weight': 'β where α is 1',
  style: 'one of the style images, by its number',
  depth: 'style layers up to this one',
  blend: 'share of the second of two style images',
};

/** What each axis goes through, a line for each. */
export function axesHelp(): string {
  const width = Math.max(...AXES.map(name => name.length)) + 2;
  const helpOf = (name: AxisName) => {
    const field = fieldOf.get(name);
    return isDerived(name) ? derivedHelp[name] : field && rowOf(field).axis?.help;
  };
  return AXES.map(name => `  ${name.padEnd(width)}${helpOf(name) ?? ''}`).join('\n');
}

function readingOf(name: AxisName): Reading {
  if (isDerived(name)) return derived[name];
  const field = fieldOf.get(name);
  if (field === undefined) throw new RangeError(`no axis ${name}`);
  return (text, base) => ({
    label: rowOf(field).axis?.label(text) ?? text,
    change: changeTo(field, valueOf(field, text), text, base),
  });
}

function valueOf(field: AxisField, text: string): unknown {
  switch (rowOf(field).type.kind) {
    case 'number':
      return number(text);
    case 'layers':
      return equalWeights(layers(text));
    default:
      return text;
  }
}

/** What a value of a field changes: the field, and what depends on it. */
function changeTo(field: AxisField, value: unknown, text: string, base: Recipe): Partial<Recipe> {
  const change: Partial<Recipe> = { [field]: value };
  switch (field) {
    case 'ratio':
      return { ratio: positive(number(text), text) };
    case 'seed':
      // A seed is that of the noise: where the picture starts from its content it would change nothing.
      return { ...change, init: 'noise' };
    case 'statistics': {
      // With the strengths that suit it: those of another statistic weigh otherwise.
      const { ratio, tv, styleLayers } = value === base.statistics ? base : presetFor('studio', change);
      return { ...change, ratio, tv, styleLayers };
    }
    default:
      return change;
  }
}

function positive(value: number, text: string): number {
  if (value > 0) return value;
  throw new AtelierError('recipe-invalid', msg`it must be above 0, not ${text}.`);
}

/**
 * An axis as people write it: `tv=0,100,1000`, `layers=conv1_1,conv1_1+conv2_1`.
 * @param base what the other settings are
 * @throws `recipe-invalid` or `layer-unknown`, quoting the axis
 */
export function parseAxis(text: string, base: Recipe): Axis {
  const [name = '', list = ''] = text.split(/=(.*)/s).map(part => part.trim());
  const values = list
    .split(',')
    .map(value => value.trim())
    .filter(value => value !== '');
  if (!isAxisName(name))
    throw new AtelierError('recipe-invalid', msg`There is no setting '${name}' to vary.`, {
      next: msg`The settings are ${AXES.join(', ')}; write for example tv=0,100,1000.`,
    });
  if (values.length === 0)
    throw new AtelierError('recipe-invalid', msg`'${text}' has no values.`, {
      next: msg`Separate values with commas, for example ${name}=…,….`,
    });
  return axisOf(name, values, base);
}

/** @throws `recipe-invalid` or `layer-unknown`, naming the axis and the value */
export function axisOf(name: AxisName, values: readonly string[], base: Recipe): Axis {
  const read = readingOf(name);
  return {
    name,
    values: values.map(value => {
      try {
        return read(value, base);
      } catch (error) {
        if (!(error instanceof AtelierError)) throw error;
        const { message, ...next } = error.explanation;
        throw new AtelierError(error.code, msg`${name}=${value}: ${message}`, { ...next, cause: error });
      }
    }),
  };
}

/** What is printed beside the row or column of this number, counted from 0. */
export function labelOf({ name, values }: Axis, index: number): Message {
  const { label = '', change } = values[index] ?? {};
  const deepest = Object.keys(change?.styleLayers ?? {}).at(-1);
  return name === 'depth' && deepest !== undefined ? msg`up to ${deepest}` : verbatim(label);
}

/** Whether the values of an axis are whole numbers; undefined where they are no numbers of a field. */
export function isWholeAxis(name: string): boolean | undefined {
  const field = fieldOf.get(name);
  const type = field && rowOf(field).type;
  return type?.kind === 'number' ? type.whole : undefined;
}

function isAxisName(text: string): text is AxisName {
  return fieldOf.has(text) || isDerived(text);
}

function isDerived(text: string): text is keyof typeof derived {
  return Object.hasOwn(derived, text);
}
