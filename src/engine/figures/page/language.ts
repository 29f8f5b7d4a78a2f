import * as fs from 'node:fs';
import { formatMessage, type Message } from '../../../common/messages';
import type { EngineSettings } from '../../../protocol/request';

/** What a page or a sheet speaks. */
export interface Language {
  /** BCP 47. */
  readonly tag: string;
  readonly format: (message: Message) => string;
}

export const ENGLISH: Language = { tag: 'en', format: message => formatMessage(message) };

/**
 * The language that the client asks for, with the texts of its bundle. English where none was named or its bundle
 * cannot be read; a single text that the bundle lacks is English as well.
 */
export function readLanguage(wanted: EngineSettings['language']): Language {
  if (wanted === undefined) return ENGLISH;
  const { tag, bundle } = wanted;
  let texts: Map<string, unknown>;
  try {
    texts = new Map(Object.entries(JSON.parse(fs.readFileSync(bundle, 'utf8')) as object));
  } catch {
    return ENGLISH;
  }
  const template = (english: string): string => {
    const text = texts.get(english);
    return typeof text === 'string' ? text : english;
  };
  return { tag, format: message => formatMessage(message, { template, value: String }) };
}
