import { InvalidArgumentError } from 'commander';
import { isLayerName, LAYERS } from '../nst/vgg19';
import { AtelierError } from '../errors';
import { phrase } from '../phrase';

const listOptions = new Set(['--content-layers', '--style-layers', '--layer-weights', '--style-weights']);
const listItem = /^(conv\w*(=.+)?|-?[\d.]+(e-?\d+)?)$/i;

/**
 * Lists may be written with commas or with spaces: `--style-layers conv1_1 conv2_1`. Joins the second form to the
 * first, so that no picture's name that follows is taken for a part of the list.
 */
export function joinLists(argv: readonly string[]): string[] {
  const joined: string[] = [];
  let open = false;
  for (const argument of argv) {
    const last = joined.at(-1) ?? '';
    const continues = open && !listOptions.has(last) && listItem.test(argument);
    if (continues) joined[joined.length - 1] = `${last.replace(/,$/, '')},${argument}`;
    else {
      open = listOptions.has(argument) || (open && listOptions.has(last));
      joined.push(argument);
    }
  }
  return joined;
}

/** Comma-separated items. */
export function parseItems(text: string): string[] {
  return text
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '');
}

/** A number, or for a ratio "1/300". */
export function parseNumber(text: string): number {
  const [numerator, denominator, ...rest] = text
    .split('/')
    .map(part => (part.trim() === '' ? NaN : Number(part)));
  const value = denominator === undefined ? numerator : (numerator ?? NaN) / denominator;
  if (value === undefined || !Number.isFinite(value) || rest.length > 0)
    throw new InvalidArgumentError('It is not a number.');
  return value;
}

/** A number that is not negative. */
export function parseAmount(text: string): number {
  const value = parseNumber(text);
  if (value < 0) throw new InvalidArgumentError('It must not be negative.');
  return value;
}

export function parseNumbers(text: string): number[] {
  return parseItems(text).map(parseNumber);
}

/** Layers, each with a weight if one is written: `conv4_2` or `conv4_2=0.5`. */
export interface WeightedLayer {
  readonly layer: string;
  readonly weight: number | undefined;
}

export function parseLayers(text: string): WeightedLayer[] {
  return parseItems(text).map(item => {
    const [layer = '', weight] = item.split('=');
    if (!isLayerName(layer))
      throw new AtelierError('layer-unknown', phrase`The command line: unknown layer '${layer}'.`, {
        next: phrase`The layers are ${LAYERS.join(', ')}.`,
      });
    return { layer, weight: weight === undefined ? undefined : parseNumber(weight) };
  });
}
