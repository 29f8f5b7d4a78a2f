/**
 * A text for people that keeps its template and its values apart, so that a view can say it in another language. As
 * plain data it crosses process boundaries and lies in files.
 */
export interface Phrase {
  /** In English, with the values as {0}, {1} …: the key of its translations. */
  readonly template: string;
  /** Names and paths as they are, amounts as numbers, and parts that are phrases themselves. */
  readonly values: readonly PhraseValue[];
}

export type PhraseValue = string | number | Phrase;

/** phrase`${file} is empty (${0} bytes).`: what is between the values is translated, the values are not. */
export function phrase(texts: TemplateStringsArray, ...values: readonly PhraseValue[]): Phrase {
  const template = texts.reduce((before, text, index) => `${before}{${index - 1}}${text}`);
  return { template, values };
}

/** Words that nobody can translate: those of another program, or of a library. */
export function verbatim(words: string): Phrase {
  return { template: '{0}', values: [words] };
}

/** Phrases one after another, as in an enumeration. */
export function joined(phrases: readonly Phrase[], separator: string): Phrase {
  return { template: phrases.map((_, index) => `{${index}}`).join(separator), values: phrases };
}

/** How a phrase's template and values become a text. */
export interface Wording {
  /** The template in the language. */
  template(english: string): string;
  value(value: string | number): string;
}

const english: Wording = { template: text => text, value: String };

/** The phrase in words; in English, with numbers and paths as they are, unless told otherwise. */
export function inWords({ template, values }: Phrase, wording: Wording = english): string {
  return wording.template(template).replace(/\{(\d+)\}/g, (placeholder, index: string) => {
    const value = values[Number(index)];
    if (value === undefined) return placeholder;
    return typeof value === 'object' ? inWords(value, wording) : wording.value(value);
  });
}

export function isPhrase(value: unknown): value is Phrase {
  return typeof value === 'object' && value !== null && 'template' in value && 'values' in value;
}
