import { inWords, isPhrase } from '../../common/messages';
import { escapeJson } from './escapeControls';

/** A value as JSON for programs, with phrases in words. */
export function toJson(value: unknown): string {
  const json = JSON.stringify(value, (key, each: unknown) => {
    // The message and what to do next, once more.
    if (key === 'explanation') return undefined;
    return isPhrase(each) ? inWords(each) : each;
  });
  return escapeJson(json);
}
