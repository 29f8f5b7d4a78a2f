/**
 * A text for people that keeps its template and its values apart, so that a view can say it in another language. As
 * plain data it crosses process boundaries and lies in files.
 */
export interface Message {
  /** In English, with the values as {0}, {1} …: the key of its translations. */
  readonly template: string;
  /** Names and paths as they are, amounts as numbers, and parts that are messages themselves. */
  readonly values: readonly MessageValue[];
}

export type MessageValue = string | number | Message;

/** msg`${file} is empty (${0} bytes).`: what is between the values is translated, the values are not. */
export function msg(texts: TemplateStringsArray, ...values: readonly MessageValue[]): Message {
  const template = texts.reduce((before, text, index) => `${before}{${index - 1}}${text}`);
  return { template, values };
}

/** Words that nobody can translate: those of another program, or of a library. */
export function verbatim(words: string): Message {
  return { template: '{0}', values: [words] };
}

/** Phrases one after another, as in an enumeration. */
export function joinMessages(messages: readonly Message[], separator: string): Message {
  return { template: messages.map((_, index) => `{${index}}`).join(separator), values: messages };
}

/** How a message's template and values become a text. */
export interface MessageFormat {
  /** The template in the language. */
  template(english: string): string;
  value(value: string | number): string;
}

const english: MessageFormat = { template: text => text, value: String };

/** The message as text; in English, with numbers and paths as they are, unless told otherwise. */
export function formatMessage({ template, values }: Message, format: MessageFormat = english): string {
  return format.template(template).replace(/\{(\d+)\}/g, (placeholder, index: string) => {
    const value = values[Number(index)];
    if (value === undefined) return placeholder;
    return typeof value === 'object' ? formatMessage(value, format) : format.value(value);
  });
}

export function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'template' in value && 'values' in value;
}
