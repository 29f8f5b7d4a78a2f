import { InvalidArgumentError } from 'commander';
import { fieldsHaving, rowOf } from '../recipe/fields';
import { optionName } from './optionName';

const layerOptions = fieldsHaving('option').filter(name => rowOf(name).type.kind === 'layers');
const listOptions = new Set([...layerOptions.map(optionName), '--layer-weights', '--style-weights']);
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
