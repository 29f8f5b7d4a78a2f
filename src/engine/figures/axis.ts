import { AtelierError } from '../../common/errors';
import { msg, verbatim, type Message } from '../../common/messages';
import { equalWeights, presetFor } from '../../recipe/presets';
import type { Recipe } from '../../recipe/recipe';
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
      next: msg`The layers are ${LAYERS.join(', ')}; several are joined by +.`,
    });
  });

const readings = {
  ratio: text => {
    const ratio = positive(number(text), text);
    return { label: `α/β ${text}`, change: { ratio } };
  },
  'style-weight': text => {
    const ratio = 1 / positive(number(text), text);
    return { label: `β ${text}`, change: { ratio } };
  },
  tv: text => ({ label: `γ ${text}`, change: { tv: number(text) } }),
  size: text => ({ label: `${text} px`, change: { size: number(text) } }),
  steps: text => ({ label: `${text} steps`, change: { steps: number(text) } }),
  depth: (text, base) => {
    const [deepest = 'conv1_1'] = layers(text);
    const upTo = LAYERS.indexOf(deepest);
    const subset = LAYERS.filter((layer, i) => i <= upTo && base.styleLayers[layer] !== undefined);
    return { label: `up to ${text}`, change: { styleLayers: equalWeights(subset) } };
  },
  layers: text => ({ label: `style ${text}`, change: { styleLayers: equalWeights(layers(text)) } }),
  'content-layers': text => ({
    label: `content ${text}`,
    change: { contentLayers: equalWeights(layers(text)) },
  }),
  // A seed is that of the noise: where the picture starts from its content it would change nothing.
  seed: text => ({ label: `seed ${text}`, change: { seed: number(text), init: 'noise' } }),
  blend: (text, { styles }) => {
    const [first, second, ...rest] = styles;
    const share = number(text);
    if (first === undefined || second === undefined || rest.length > 0)
      throw new AtelierError('recipe-invalid', msg`a blend needs two style images.`);
    if (!(share >= 0 && share <= 1))
      throw new AtelierError('recipe-invalid', msg`the share '${text}' is not in 0 … 1.`);
    const blended = [
      { ...first, weight: 1 - share },
      { ...second, weight: share },
    ];
    return { label: `blend ${text}`, change: { styles: blended.filter(({ weight }) => weight > 0) } };
  },
  'style-scale': text => ({ label: `style × ${text}`, change: { styleScale: number(text) } }),
  statistics: (text, base) => {
    const statistics = text as Recipe['statistics'];
    // With the strengths that suit it: those of another statistic weigh otherwise.
    const { ratio, tv, styleLayers } =
      statistics === base.statistics ? base : presetFor('studio', { statistics });
    return { label: text, change: { statistics, ratio, tv, styleLayers } };
  },
  padding: text => ({ label: `${text} padding`, change: { padding: text as Recipe['padding'] } }),
  pooling: text => ({ label: `${text} pooling`, change: { pooling: text as Recipe['pooling'] } }),
  optimizer: text => ({ label: text, change: { optimizer: text as Recipe['optimizer'] } }),
} satisfies Record<string, Reading>;

/** Settings that a grid can go through. */
export type AxisName = keyof typeof readings;
export const AXES = Object.keys(readings) as readonly AxisName[];

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
    throw new AtelierError('recipe-invalid', msg`There is no setting '${name}' to go through.`, {
      next: msg`The settings are ${AXES.join(', ')}; write for example tv=0,100,1000.`,
    });
  if (values.length === 0)
    throw new AtelierError('recipe-invalid', msg`'${text}' names no values.`, {
      next: msg`Write for example ${name}=…,… with a comma between two values.`,
    });
  return axisOf(name, values, base);
}

/** @throws `recipe-invalid` or `layer-unknown`, naming the axis and the value */
export function axisOf(name: AxisName, values: readonly string[], base: Recipe): Axis {
  const read: Reading = readings[name];
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

function isAxisName(text: string): text is AxisName {
  return Object.hasOwn(readings, text);
}
