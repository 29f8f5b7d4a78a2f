import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reconstructCommand } from '../../../../src/cli/commands/reconstruct';
import { tradeoffCommand } from '../../../../src/cli/commands/tradeoff';
import { FigureFolder } from '../../../../src/engine/figures/figureFolder';
import type { FigurePlan } from '../../../../src/engine/figures/figurePlan';
import { createFigure, figuresFolder, pruneFigures } from '../../../../src/engine/figures/storedFigure';
import { AtelierError, exitCode } from '../../../../src/common/errors';

const lossCurve = { seconds: 1, evaluations: 1, at: [1], losses: { content: [1] } };

let home: string;
let folder: string;
beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-figure-'));
  folder = path.join(home, 'figure');
});
afterEach(() => fs.rmSync(home, { recursive: true }));

/** Puts files into the folder, by their names. */
function put(...names: string[]): void {
  for (const name of names) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), `of a person: ${name}`);
  }
}

/** Every file and folder, and what the files hold. */
function everything(): Readonly<Record<string, string>> {
  const names = fs.readdirSync(home, { recursive: true, encoding: 'utf8' }).sort();
  const held = (file: string) => (fs.statSync(file).isFile() ? fs.readFileSync(file, 'utf8') : '');
  return Object.fromEntries(names.map(name => [name, held(path.join(home, name))]));
}

describe('the folder of a figure', () => {
  it('is rid of what was being written when the work was killed', () => {
    new FigureFolder(folder, 'asked');
    put('.atelier-0123456789ab.tmp', '.atelier-notes.tmp');
    new FigureFolder(folder, 'asked');
    expect(fs.readdirSync(folder).sort()).toEqual(['.atelier-notes.tmp', 'figure.json']);
  });

  it.each([
    ['drafts', 'drafts/letter.txt'],
    ['a page', 'index.html'],
    ['a sheet', 'sheet.png'],
    ['another figure.json', 'figure.json'],
    ['any file', '.hidden'],
  ])('is not one that holds %s, and nothing is computed for it', async (_, name) => {
    put(name);
    if (name === 'figure.json') fs.writeFileSync(path.join(folder, name), '{"data": [], "layout": {}}');
    const before = everything();
    expect(() => new FigureFolder(folder, 'asked')).toThrow(`${folder} contains other files`);
    for (const [command, ...args] of [
      // Without the images: they are not even looked for.
      [reconstructCommand(), '--content', 'missing.png'] as const,
      [tradeoffCommand(), 'missing.png', 'missing.png'] as const,
    ]) {
      const asked = command.parseAsync([...args, '-o', folder], { from: 'user' });
      const failure = (await asked.catch((error: unknown) => error)) as AtelierError;
      expect(failure.message).toBe(`${folder} contains other files that a figure could replace.`);
      expect(exitCode(failure.code)).toBe(3);
    }
    expect(everything()).toEqual(before);
  });

  it('is none at or below a file', () => {
    fs.writeFileSync(folder, 'a note');
    for (const place of [folder, path.join(folder, 'deeper', 'still')])
      expect(() => new FigureFolder(place, 'asked')).toThrow(`${folder} is a file, not a folder.`);
    expect(() => new FigureFolder(path.join(home, 'x'.repeat(300)), 'asked')).toThrow(AtelierError);
  });

  it('is a new one, an empty one, or that of a figure, which another figure replaces', () => {
    // Whatever was being written when the work was killed first.
    put('.atelier-0123456789ab.tmp');
    new FigureFolder(folder, 'asked').addDraft('cell-1-1', Buffer.from('a picture'), lossCurve);
    expect(new FigureFolder(folder, 'asked').draftOf('cell-1-1')).toBeDefined();
    const anew = new FigureFolder(folder, 'asked otherwise');
    expect(anew.draftOf('cell-1-1')).toBeUndefined();
    expect(fs.existsSync(path.join(folder, 'drafts'))).toBe(false);
  });

  it('loses its drafts, and nothing that a person keeps beside them', () => {
    const figure = new FigureFolder(folder, 'asked');
    figure.addDraft('cell-1-2', Buffer.from('a picture'), lossCurve);
    put('drafts/.atelier-0123456789ab.tmp', 'drafts/letter.txt', 'drafts/cell.png');
    figure.close();
    expect(fs.readdirSync(path.join(folder, 'drafts'))).toEqual(['cell.png', 'letter.txt']);
  });
});

describe('old figures', () => {
  const request: FigurePlan = {
    ...{ kind: 'reconstructions', content: '/a.png', layers: ['conv1_1'] },
    ...{ seed: 0, size: 64, steps: 9, model: 'lite' },
  };

  it('go, but none that a person has renamed or that is a link', () => {
    const created = new Date('2025-01-31T12:00:00.000Z');
    const [old, renamed, moved] = Array.from({ length: 3 }, () => createFigure(home, request, created)) as [
      string,
      string,
      string,
    ];
    fs.renameSync(renamed, path.join(figuresFolder(home), 'the best one'));
    fs.renameSync(moved, folder);
    fs.symlinkSync(folder, moved);
    expect(() => new FigureFolder(old, 'asked')).not.toThrow();
    pruneFigures(home, 30);
    expect(fs.readdirSync(figuresFolder(home)).sort()).toEqual([path.basename(moved), 'the best one']);
    expect(fs.readdirSync(folder)).toContain('request.json');
  });
});
