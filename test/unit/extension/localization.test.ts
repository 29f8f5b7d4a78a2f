import { describe, expect, it } from 'vitest';
import { json, messages, placeholders, shownTexts } from './texts';

type Texts = Readonly<Record<string, string>>;

const english = json<Texts>('l10n/bundle.l10n.json');
const chinese = json<Texts>('l10n/bundle.l10n.zh-cn.json');
const manifest = JSON.stringify(json<unknown>('package.json'));
const manifestEnglish = json<Texts>('package.nls.json');
const manifestChinese = json<Texts>('package.nls.zh-cn.json');

describe('texts shown at run time', () => {
  const shown = [...shownTexts()].sort();

  it('are found in the sources', () => {
    expect(shown).toContain('Choose a style to start painting');
    expect(shown).toContain('Nothing is being painted');
    expect(shown).toContain('Stained Glass');
  });

  it('are told by the engine as well', () => {
    expect(messages().length).toBeGreaterThan(200);
    expect(shown).toContain('{0} is empty (0 bytes).');
    expect(shown).toContain('There is not enough memory for {0} × {1} pixels.');
  });

  it('are all in the bundles, which hold nothing else', () => {
    expect(Object.keys(english).sort()).toEqual(shown);
    expect(Object.keys(chinese).sort()).toEqual(shown);
  });

  it('are the same in English as in the sources', () => {
    for (const [key, text] of Object.entries(english)) expect(text).toBe(key);
  });

  it('keep their placeholders in Chinese', () => {
    for (const [key, text] of Object.entries(chinese))
      expect([key, placeholders(text)]).toEqual([key, placeholders(key)]);
  });
});

describe('texts of the manifest', () => {
  const used = [...new Set([...manifest.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? ''))].sort();

  it('are all there in both languages, and all used', () => {
    expect(used.length).toBeGreaterThan(80);
    expect(Object.keys(manifestEnglish).sort()).toEqual(used);
    expect(Object.keys(manifestChinese).sort()).toEqual(used);
  });

  it('invoke the same commands in both languages', () => {
    const commands = (text: string | undefined) => text?.match(/\(command:[\w.]+\)/g) ?? [];
    for (const key of used)
      expect([key, commands(manifestChinese[key])]).toEqual([key, commands(manifestEnglish[key])]);
  });
});
