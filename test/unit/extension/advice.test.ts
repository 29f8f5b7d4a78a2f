import { describe, expect, it } from 'vitest';
import { adviceInVsCode, saidOtherwise } from '../../../src/extension/advice';
import { json, messages } from './texts';

type Texts = Readonly<Record<string, string>>;

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly { readonly properties: Readonly<Record<string, unknown>> }[];
  };
}

/** Queues are used from a terminal alone. */
const said = messages({ without: ['queue'] });

/** What only someone at a terminal can do: our program, its options, variables of its environment. */
const ofTheTerminal = /\bnpx\b|\batelier [a-z]|(^|\s)--[a-z]|\b(HTTPS?_PROXY|ATELIER_[A-Z]+)\b/;
const settings = json<Manifest>('package.json').contributes.configuration.flatMap(({ properties }) =>
  Object.keys(properties),
);

describe('advice in VS Code', () => {
  it.each(said.filter(template => ofTheTerminal.test(template)))('%s is said otherwise', template => {
    expect(saidOtherwise).toContain(template);
  });

  it.each(saidOtherwise)('%s is something that the engine says', template => {
    expect(said).toContain(template);
  });

  it.each(saidOtherwise.map(adviceInVsCode))('“%s” names nothing of the terminal', advice => {
    expect(advice).not.toMatch(ofTheTerminal);
  });

  it.each([
    ['English', 'l10n/bundle.l10n.json', 'package.nls.json', 4],
    ['Chinese', 'l10n/bundle.l10n.zh-cn.json', 'package.nls.zh-cn.json', 4],
  ])('names commands by their titles, and settings that there are, in %s', (_, bundle, manifest, fewest) => {
    const titles = Object.values(json<Texts>(manifest));
    const advice = saidOtherwise.map(template => json<Texts>(bundle)[adviceInVsCode(template)] ?? '');
    const commands = advice.flatMap(text =>
      [...text.matchAll(/“Atelier: (.+?)”/g)].map(([, title]) => title),
    );
    expect(commands.length).toBeGreaterThanOrEqual(fewest);
    for (const title of commands) expect(titles).toContain(title);
    const named = advice.flatMap(text => [...text.matchAll(/\batelier\.\w+/g)].map(([name]) => name));
    expect(named.length).toBeGreaterThanOrEqual(fewest);
    for (const name of named) expect(settings).toContain(name);
  });
});
