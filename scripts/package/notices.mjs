import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** The folder of the npm package that a bundled file came from, if any. */
function packageOf(file) {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
  return match?.[1];
}

const licenceFile = folder => fs.readdirSync(folder).find(each => /^licen[cs]e/i.test(each));

/** The texts of the licences that a package names without enclosing them, by their SPDX identifiers. */
function namedLicences({ name, license, repository }) {
  const source = typeof repository === 'string' ? repository : repository?.url;
  if (source === undefined) throw new Error(`${name} says neither its terms nor where they are.`);
  const identifiers = license.match(/[\w.-]+/g).filter(each => each !== 'AND' && each !== 'OR');
  const texts = identifiers.map(each => {
    const { name: title, licenseText } = require(`spdx-license-list/licenses/${each}.json`);
    return `${title}\n\n${licenseText.trim()}`;
  });
  return [`${license}; the copyright holders are named in ${source.replace(/^git\+/, '')}`, ...texts].join(
    '\n\n',
  );
}

function notice(folder) {
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = licenceFile(folder);
  const terms = file ? fs.readFileSync(path.join(folder, file), 'utf8').trim() : namedLicences(manifest);
  return `${manifest.name} ${manifest.version}\n\n${terms}\n`;
}

/** The packages directly below a node_modules folder. */
function packagesIn(modules) {
  return fs
    .readdirSync(modules)
    .flatMap(name =>
      name.startsWith('@')
        ? fs.readdirSync(path.join(modules, name)).map(each => path.join(name, each))
        : [name],
    )
    .map(name => path.join(modules, name));
}

/**
 * Writes the licences of the packages that are bundled into dist/, and of those in node_modules that carry none.
 * @param {string[]} inputs the bundled files, relative to the checkout
 * @param {string} modules the packages that stay as they are
 * @throws when the terms of one of them cannot be told
 */
export function writeNotices(root, inputs, modules, file) {
  const bundled = [...new Set(inputs.map(packageOf).filter(Boolean))].sort();
  const silent = packagesIn(modules).filter(folder => licenceFile(folder) === undefined);
  const line = `\n${'-'.repeat(80)}\n\n`;
  const head = 'Atelier contains these packages, under their licences:\n';
  const notices = [...bundled.map(folder => path.join(root, folder)), ...silent].map(notice);
  fs.writeFileSync(file, [head, ...notices].join(line));
}
