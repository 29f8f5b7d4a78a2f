import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { engines } from '../../../package.json';
import { nodeProblem, OLDEST_NODE } from '../../../src/common/nodeVersion';

/** What is used of it: it comes without types. */
interface Semver {
  subset(range: string, other: string): boolean;
  minVersion(range: string): { readonly version: string };
}
const semver = createRequire(__filename)('semver') as Semver;

const root = path.resolve(__dirname, '../../..');
const lock = fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8');
const { packages } = JSON.parse(lock) as { packages: Readonly<Record<string, Locked>> };

interface Locked {
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly engines?: { readonly node?: string };
}

/** The pinned packages that do not run on every Node of a range; optional ones are for other machines. */
function refusing(range: string, ofTheProduct: boolean): string[] {
  return Object.entries(packages)
    .filter(([name, { dev = false, optional = false }]) => name !== '' && !optional && !(dev && ofTheProduct))
    .map(([name, locked]) => [name, locked.engines?.node ?? '*'] as const)
    .filter(([, wanted]) => !semver.subset(range, wanted))
    .map(([name, wanted]) => `${name} wants ${wanted}`);
}

describe('the Node that is asked for', () => {
  it('is one that every pinned package runs on', () => {
    expect(refusing(engines.node, false)).toEqual([]);
  });

  it('is, to run the program alone, one that the packages of the program run on', () => {
    expect(refusing(`>=${OLDEST_NODE.join('.')}.0`, true)).toEqual([]);
    expect(refusing('>=18.0.0', true)).not.toEqual([]);
  });

  it('is the one that the README names', () => {
    const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');
    const versions = engines.node
      .split(' || ')
      .map(range => semver.minVersion(range).version.replace(/(\.0)+$/, ''));
    expect(readme).toContain(`Node ${versions.slice(0, -1).join(', ')}, or ${versions.at(-1)} and newer`);
  });
});

describe('a Node that is too old', () => {
  it.each(['12.22.12', '18.20.4', '20.18.3'])('%s is refused with a sentence', version => {
    expect(nodeProblem(version)).toBe(`Atelier needs Node 20.19 or newer; this is Node ${version}.`);
  });

  it.each(['20.19.0', '21.0.0', '22.13.1', process.versions.node])('%s is not', version => {
    expect(nodeProblem(version)).toBeUndefined();
  });
});
