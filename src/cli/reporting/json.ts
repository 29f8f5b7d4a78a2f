import { formatMessage, isMessage } from '../../common/messages';
import { escapeJson } from './escapeControls';

/** A value as JSON for programs, with messages as text. */
export function toJson(value: unknown): string {
  const json = JSON.stringify(value, (key, each: unknown) => {
    // The message and what to do next, once more.
    if (key === 'explanation') return undefined;
    return isMessage(each) ? formatMessage(each) : each;
  });
  return escapeJson(json);
}
