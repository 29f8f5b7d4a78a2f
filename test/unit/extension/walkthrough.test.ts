import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { json, root } from './texts';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly id: string;
        readonly media: { readonly svg: string; readonly altText: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
}

const { commands, walkthroughs } = json<Manifest>('package.json').contributes;
const steps = walkthroughs.flatMap(walkthrough => walkthrough.steps);
const extension = path.join(root, 'src/extension');
const sources = fs
  .readdirSync(extension, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => fs.readFileSync(path.join(extension, file), 'utf8'))
  .join('\n');

describe('the walkthrough', () => {
  it('has four steps', () => {
    expect(steps.map(({ id }) => id)).toEqual(['paint', 'retune', 'compare', 'engine']);
  });

  it.each(steps)('$id has a picture, and an end that comes', ({ media, completionEvents }) => {
    expect(fs.existsSync(path.join(root, media.svg))).toBe(true);
    expect(media.altText).toMatch(/^%walkthrough\.\w+\.alt%$/);
    expect(completionEvents.length).toBeGreaterThan(0);
    for (const event of completionEvents) {
      const [kind, name = ''] = event.split(':');
      if (kind === 'onCommand') expect(commands.map(({ command }) => command)).toContain(name);
      else expect([kind, sources.includes(`'setContext', '${name}'`)]).toEqual(['onContext', true]);
    }
  });
});
