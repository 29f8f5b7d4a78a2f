import { InvalidArgumentError } from 'commander';
import { isWholeAxis } from '../../engine/figures/axis';
import { parseNumber } from '../lists';

/** What a setting goes through: values as they are written, or a range of numbers. */
export type Span =
  | { readonly name: string; readonly values: readonly string[] }
  | {
      readonly name: string;
      readonly low: number;
      readonly high: number;
      /** Evenly spaced values that a grid takes of it. */
      readonly count: number;
      readonly isLogarithmic: boolean;
    };

const DEFAULT_COUNT = 3;

/**
 * Reads `tv=0,20,200`, `tv=0..200:5` (five evenly spaced values), or `ratio=1e-4..1e-1:4:log` (each by the same factor
 * more than the one before).
 */
export function parseSpan(text: string, before: readonly Span[] = []): readonly Span[] {
  return [...before, readSpan(text)];
}

function readSpan(text: string): Span {
  const [name = '', said = ''] = text.split(/=(.*)/s).map(part => part.trim());
  const range = /^(.+?)\.\.(.+?)(?::(\d+))?(:log)?$/.exec(said);
  if (range === null) return { name, values: said.split(',').map(value => value.trim()) };
  const [, from = '', to = '', count, log] = range;
  const [low, high] = [parseNumber(from), parseNumber(to)];
  const isLogarithmic = log !== undefined;
  if (!(low < high)) throw new InvalidArgumentError(`${from} is not below ${to}.`);
  if (isLogarithmic && low <= 0) throw new InvalidArgumentError('Logarithmic steps begin above 0.');
  return { name, low, high, count: Math.max(2, Number(count ?? DEFAULT_COUNT)), isLogarithmic };
}

/** The value at a place of a span, from 0 to 1, as it is written. */
export function valueAt(span: Span, place: number): string {
  if ('values' in span) {
    const index = Math.min(span.values.length - 1, Math.floor(place * span.values.length));
    return span.values[index] ?? '';
  }
  const { name, low, high, isLogarithmic } = span;
  const value = isLogarithmic ? low * (high / low) ** place : low + (high - low) * place;
  return isWholeAxis(name) === true ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

/** The values that a grid has of a span. */
export function gridValues(span: Span): readonly string[] {
  if ('values' in span) return span.values;
  return Array.from({ length: span.count }, (_, i) => valueAt(span, i / (span.count - 1)));
}
