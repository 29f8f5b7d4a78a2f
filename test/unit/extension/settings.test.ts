import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEVICES } from '../../../src/backends/device';
import { presets } from '../../../src/recipe/presets';
import { PRESETS } from '../../../src/recipe/presetNames';
import { json, root } from './texts';

interface Setting {
  readonly type: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly default: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly patternErrorMessage?: string;
  readonly scope?: string;
  readonly markdownDescription?: string;
  readonly order?: number;
}

interface Manifest {
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: readonly {
      readonly title: string;
      readonly order: number;
      readonly properties: Readonly<Record<string, Setting>>;
    }[];
  };
}

const { capabilities, contributes } = json<Manifest>('package.json');
const groups = contributes.configuration;
const settings = groups.flatMap(({ properties }) => Object.entries(properties));
const setting = (name: string) => settings.find(([key]) => key === `atelier.${name}`)?.[1];
const extension = path.join(root, 'src/extension');
const sources = fs
  .readdirSync(extension, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => ({ file, text: fs.readFileSync(path.join(extension, file), 'utf8') }));
const reader = sources.find(({ file }) => file === 'settings.ts')?.text ?? '';

describe('the settings', () => {
  it('are in groups with titles, each in its order', () => {
    expect(groups.length).toBeGreaterThan(1);
    for (const { title } of groups) expect(title).toMatch(/^%settings\.\w+%$/);
    const orders = settings.map(([, { order }]) => order);
    expect(orders).toEqual(orders.map((_, index) => index + 1));
  });

  it.each(settings)('%s has a default, a scope, a description and limits', (_name, one) => {
    expect(one.default).toBeDefined();
    expect(['window', 'machine', 'machine-overridable']).toContain(one.scope);
    expect(one.markdownDescription).toMatch(/^%setting\.\w+%$/);
    if (one.type === 'integer' || one.type === 'number') {
      expect(typeof one.minimum).toBe('number');
      expect(typeof one.maximum).toBe('number');
      expect(one.default).toBeGreaterThanOrEqual(one.minimum ?? Infinity);
      expect(one.default).toBeLessThanOrEqual(one.maximum ?? -Infinity);
    }
    if (one.enum !== undefined) {
      expect(one.enum).toContain(one.default);
      expect(one.enumDescriptions).toHaveLength(one.enum.length);
    }
  });

  it.each(settings)('%s is read, in the one reader', (name: string) => {
    expect(reader).toContain(`'${name.replace('atelier.', '')}'`);
  });

  it('are read nowhere else', () => {
    const others = sources.filter(
      ({ file, text }) => file !== 'settings.ts' && text.includes('getConfiguration'),
    );
    expect(others.map(({ file }) => file)).toEqual([]);
  });

  it('offer what there is', () => {
    expect(setting('device')?.enum).toEqual(expect.arrayContaining(['auto', ...DEVICES]));
    expect([...(setting('preset')?.enum ?? [])].sort()).toEqual([...PRESETS].sort());
    expect(setting('size')?.default).toBe(presets.studio.size);
    expect(setting('model')?.default).toBe(presets.studio.model);
  });

  it('that name files or addresses are out of reach of a workspace that is not trusted', () => {
    const restricted = capabilities.untrustedWorkspaces.restrictedConfigurations;
    for (const name of ['outputFolder', 'node', 'storage', 'tensorflowFolder', 'mirror']) {
      expect(restricted).toContain(`atelier.${name}`);
      expect(setting(name)?.scope).toMatch(/^machine/);
    }
  });

  it('that such a workspace does set are about the look and length of paintings alone', () => {
    const restricted = capabilities.untrustedWorkspaces.restrictedConfigurations;
    const reached = settings.filter(([name, { scope }]) => scope !== 'machine' && !restricted.includes(name));
    expect(reached.map(([name]) => name.replace('atelier.', '')).sort()).toEqual([
      ...[
        'figureSize',
        'figureSteps',
        'notifyWhenDone',
        'outputFormat',
        'outputName',
        'outputQuality',
        'preset',
        'resume',
        'size',
        'stylePicker',
      ],
    ]);
    expect(restricted.filter(name => setting(name.replace('atelier.', '')) === undefined)).toEqual([]);
  });

  it('that delete what is stored are not for a workspace to set', () => {
    for (const name of ['keepRunsDays', 'keepRunsGigabytes']) expect(setting(name)?.scope).toBe('machine');
  });

  it.each(['node', 'storage', 'tensorflowFolder'])('%s is an absolute path', name => {
    const pattern = new RegExp(setting(name)?.pattern ?? '^$');
    for (const good of ['', '/usr/bin/node', '~/node', '~', 'C:\\node\\node.exe', '\\\\server\\share'])
      expect([good, pattern.test(good)]).toEqual([good, true]);
    for (const bad of ['node', './node', 'bin/node']) expect([bad, pattern.test(bad)]).toEqual([bad, false]);
    expect(setting(name)?.patternErrorMessage).toBe('%setting.absolutePath%');
  });

  it('link to commands and settings that exist', () => {
    const commands = new Set(contributes.commands.map(({ command }) => command));
    for (const file of ['package.nls.json', 'package.nls.zh-cn.json'])
      for (const [key, text] of Object.entries(json<Readonly<Record<string, string>>>(file))) {
        if (!key.startsWith('setting')) continue;
        for (const [, command] of text.matchAll(/\(command:([\w.]+)\)/g)) expect(commands).toContain(command);
        for (const [, name] of text.matchAll(/#(atelier\.\w+)#/g))
          expect(settings.map(([one]) => one)).toContain(name);
      }
  });
});
