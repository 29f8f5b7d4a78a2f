import fs from 'node:fs';
import path from 'node:path';

/** The folder of the npm package that a bundled file came from, if any. */
function packageOf(file) {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
  return match?.[1];
}

function notice(folder) {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = fs.readdirSync(folder).find(each => /^licen[cs]e/i.test(each));
  const terms = file ? fs.readFileSync(path.join(folder, file), 'utf8').trim() : `Licence: ${license}`;
  return `${name} ${version}\n\n${terms}\n`;
}

/**
 * Writes the licences of the packages that are bundled into dist/; those that stay in node_modules carry theirs.
 * @param {string[]} inputs the bundled files, relative to the checkout
 */
export function writeNotices(root, inputs, file) {
  const folders = [...new Set(inputs.map(packageOf).filter(Boolean))].sort();
  const line = `\n${'-'.repeat(80)}\n\n`;
  const head = 'Atelier contains code of these packages, under their licences:\n';
  fs.writeFileSync(file, [head, ...folders.map(folder => notice(path.join(root, folder)))].join(line));
}
