import { describe, expect, it } from 'vitest';
import { json } from './texts';

type Texts = Readonly<Record<string, string>>;

interface Glossary {
  /** Patterns, without regard to case: where the English text has the first, its translation has the second. */
  readonly terms: Readonly<Record<string, { readonly english: string; readonly chinese: string }>>;
  /** What neither language says, by the reason. */
  readonly forbidden: { readonly english: Texts; readonly chinese: Texts };
}

const { terms, forbidden } = json<Glossary>('l10n/glossary.json');
const english = { ...json<Texts>('package.nls.json'), ...json<Texts>('l10n/bundle.l10n.json') };
const chinese = { ...json<Texts>('package.nls.zh-cn.json'), ...json<Texts>('l10n/bundle.l10n.zh-cn.json') };

/** What is said and not looked up: names of commands, settings, options, values and placeholders are left out. */
const prose = (text: string) =>
  text
    .replaceAll(/`[^`]*`|\((command|https?):[^)]*\)|\{\w+\}|"[\w]+":? ?"?[\w{}]*"?/g, '…')
    .replaceAll(/--[\w-]+|atelier\.\w+|swatch:\w+|\*\.atelier\.json/g, '…');

const finds = (pattern: string, text: string) => new RegExp(pattern, 'iu').test(prose(text));

describe.each(Object.entries(terms))('the term %s', (_, term) => {
  const keys = Object.keys(english).filter(key => finds(term.english, english[key]!));

  it('is used', () => expect(keys).not.toEqual([]));

  it('has one translation', () => {
    expect(keys.filter(key => !finds(term.chinese, chinese[key]!)).map(key => [key, chinese[key]])).toEqual(
      [],
    );
  });
});

describe.each([
  ['English', english, forbidden.english],
  ['Chinese', chinese, forbidden.chinese],
] as const)('in %s nobody says', (_, texts, variants) => {
  it.each(Object.entries(variants))('%s', (_reason, pattern) => {
    expect(Object.entries(texts).filter(([, text]) => finds(pattern, text))).toEqual([]);
  });
});
