import { inWords, isPhrase } from '../phrase';

/** A value as JSON for programs, with phrases in words. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (key, each: unknown) => {
    // The message and what to do next, once more.
    if (key === 'explanation') return undefined;
    return isPhrase(each) ? inWords(each) : each;
  });
}
