import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { program } from '../../src/cli/program';

const root = path.resolve(import.meta.dirname, '../..');
const tracked = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' });
/** Introductions are read in the documents that a bench writes from them. */
const documents = tracked
  .split('\n')
  .filter(name => name !== '' && !name.endsWith('/intro.md') && fs.existsSync(path.join(root, name)));
const scripts = (
  JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  }
).scripts;

const read = (name: string) => fs.readFileSync(path.join(root, name), 'utf8');

/** A heading's anchor as GitHub and VS Code make it. */
const anchorOf = (heading: string) =>
  heading
    .replaceAll(/[`*]/g, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');

const anchorsIn = (name: string) =>
  [...read(name).matchAll(/^#+ (.*)$/gm)].map(([, title]) => anchorOf(title!));

/** Links to nothing: to a file that is not there, or to a heading that its document has not. */
function deadLinks(name: string): string[] {
  const links = [...read(name).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
  return links.filter(link => {
    if (/^(https?|mailto|vscode):/.test(link)) return false;
    const [file, anchor] = link.split('#') as [string, string?];
    const target = file === '' ? name : path.join(path.dirname(name), decodeURI(file));
    if (!fs.existsSync(path.join(root, target))) return true;
    return anchor !== undefined && !anchorsIn(target).includes(anchor);
  });
}

/** What is set as code: between single backticks, and the lines of blocks. */
function codeIn(text: string): string[] {
  const blocks = [...text.matchAll(/^```[a-z]*\n([\s\S]*?)^```/gm)].flatMap(([, body]) => body!.split('\n'));
  const spans = [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(
    ([, span]) => span!,
  );
  return [...blocks, ...spans];
}

/** Files of the repository that code names and that are not there. */
function missingFiles(name: string): string[] {
  const paths = codeIn(read(name)).flatMap(code =>
    [...code.matchAll(/(?<![\w./~-])(?:src|test|bench|scripts|training|samples|docs)\/[\w./*-]+/g)].map(
      ([file]) => file,
    ),
  );
  const named = paths.filter(file => !file.includes('*'));
  return named.filter(
    file => ![root, path.join(root, path.dirname(name))].some(base => fs.existsSync(path.join(base, file))),
  );
}

const known = (command: Command, word: string) => command.commands.find(one => one.name() === word);

/** What is wrong with a command line of `atelier`, by the commands and options that it has. */
function faultsOf(line: string): string[] {
  let command = program();
  const words = line.split(/\s+/).slice(1);
  while (words.length > 0 && command.commands.length > 0 && /^[a-z]+$/.test(words[0]!)) {
    const next = known(command, words.shift()!);
    if (next === undefined) return [line];
    command = next;
  }
  const options = new Set(['--help', ...command.options.flatMap(({ long, short }) => [long, short])]);
  return words
    .map(word => /^\[?(--?[a-z][a-z-]*)/.exec(word)?.[1])
    .filter((option): option is string => option !== undefined && !options.has(option))
    .map(option => `${line}: ${option}`);
}

/** Commands in code that nobody could run: of npm's scripts, and of `atelier`. */
function unknownCommands(name: string): string[] {
  return codeIn(read(name)).flatMap(code => {
    const line = code.replace(/\s+#.*$/, '').trim();
    const script = /^(?:npm ci && )?npm run ([\w-]+)/.exec(line)?.[1];
    const isOurs =
      !fs.existsSync(path.join(root, path.dirname(name), 'package.json')) || path.dirname(name) === '.';
    if (script !== undefined && isOurs && scripts[script] === undefined) return [line];
    const cli = /(?:^npm run (?:atelier|(stylize)) -- |^(?=atelier [a-z]+))(.*)/.exec(line);
    if (cli === null) return [];
    const [, alias, rest] = cli;
    return faultsOf(
      alias ? `atelier ${alias} ${rest}` : rest!.startsWith('atelier ') ? rest! : `atelier ${rest}`,
    );
  });
}

const titles = Object.entries(JSON.parse(read('package.nls.json')) as Record<string, string>)
  .filter(([key]) => key.startsWith('command.'))
  .map(([, title]) => title);

/** Commands of VS Code that are named, as in _Atelier: Show Log_, and do not exist. */
const unknownTitles = (name: string) =>
  [...read(name).matchAll(/_Atelier: ([^_]+)_/g)]
    .map(([, title]) => title!)
    .filter(title => !titles.includes(title));

describe.each(documents)('%s', name => {
  it('has no dead links', () => expect(deadLinks(name)).toEqual([]));
  it('names files that are there', () => expect(missingFiles(name)).toEqual([]));
  it('names commands and options that there are', () => {
    expect(unknownCommands(name)).toEqual([]);
    expect(unknownTitles(name)).toEqual([]);
  });
});

it('the sentences of the troubleshooting guide are those that Atelier says', () => {
  const phrases = JSON.parse(read('l10n/bundle.l10n.json')) as Record<string, string>;
  const headings = [...read('docs/troubleshooting.md').matchAll(/^### (.*\.)$/gm)].map(
    ([, sentence]) => sentence!,
  );
  expect(headings.length).toBeGreaterThan(15);
  expect(headings.filter(sentence => !(sentence in phrases))).toEqual([]);
});

it('finds what is wrong with a command', () => {
  expect(faultsOf('atelier stylize a.jpg b.jpg -o c.png [--overwrite]')).toEqual([]);
  expect(faultsOf('atelier stylize a.jpg --colour style')).toEqual([
    'atelier stylize a.jpg --colour style: --colour',
  ]);
  expect(faultsOf('atelier paint a.jpg')).toEqual(['atelier paint a.jpg']);
});
