import { InvalidArgumentError } from 'commander';
import type * as z from 'zod';
import type { ZodMiniType } from 'zod/mini';
import { parseItems, parseNumber } from './lists';

/** Reads the text of an option. */
type Parser<T> = (text: string) => T;

/**
 * Reads a number that an option may have: the only judge of the numbers of the command line. Commander names the option
 * and ends with usage.
 * @param allowed for an option that stands for a field of a recipe, the schema of that field
 * @param most what the largest number is, where that is not plain
 */
export function numberIn(allowed: z.ZodType<number> | ZodMiniType<number>, most?: string): Parser<number> {
  return text => {
    const value = parseNumber(text);
    const { error } = allowed.safeParse(value);
    const issue = error?.issues[0];
    if (issue === undefined) return value;
    throw new InvalidArgumentError(`It must be ${bound(issue, most)}.`);
  };
}

/** `numberIn` for a list of at least one. */
export function numbersIn(allowed: z.ZodType<number>): Parser<number[]> {
  const one = numberIn(allowed);
  return text => {
    const items = parseItems(text);
    if (items.length === 0) throw new InvalidArgumentError('Name at least one number.');
    return items.map(item => {
      try {
        return one(item);
      } catch (error) {
        if (!(error instanceof InvalidArgumentError)) throw error;
        throw new InvalidArgumentError(`${item}: ${error.message}`);
      }
    });
  };
}

function bound(issue: z.core.$ZodIssue, most: string | undefined): string {
  switch (issue.code) {
    case 'too_small':
      return `${issue.inclusive === false ? 'greater than' : 'at least'} ${Number(issue.minimum)}`;
    case 'too_big':
      return `at most ${Number(issue.maximum)}${most === undefined ? '' : `, ${most}`}`;
    default:
      return 'a whole number';
  }
}
