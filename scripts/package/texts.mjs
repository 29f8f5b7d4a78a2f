// The README and the change log as a package has them: VS Code shows them without the files around them.
import fs from 'node:fs';
import path from 'node:path';

/** Sections that are about a clone. */
const OF_A_CLONE = ['Gallery', 'Try it', 'On the command line', 'What is measured', 'More'];

/** What a link or a picture points to when it is a file. */
const FILE = String.raw`\((?!https?:|#)[^)]*\)`;

/** Pictures that are files go, and links to files that are in parentheses by themselves; other such links become their words. */
export const withoutFiles = markdown =>
  markdown
    .replaceAll(new RegExp(String.raw`!\[[^\]]*\]${FILE}\n*`, 'g'), '')
    .replaceAll(new RegExp(String.raw`\s+\(\[[^\]]*\]${FILE}\)`, 'g'), '')
    .replaceAll(new RegExp(String.raw`\[([^\]]*)\]${FILE}`, 'g'), '$1');

/** Without what is about a clone. Throws when there is no such section any more. */
export function packagedReadme(markdown) {
  const sections = markdown.split(/^(?=## )/m);
  const titles = sections.map(section => /^## (.*)/.exec(section)?.[1]);
  for (const title of OF_A_CLONE)
    if (!titles.includes(title)) throw new Error(`The README has no section “${title}”.`);
  return withoutFiles(sections.filter((_, index) => !OF_A_CLONE.includes(titles[index])).join(''));
}

/** Writes both into the folder of a package. */
export function writeTexts(root, folder) {
  const read = name => fs.readFileSync(path.join(root, name), 'utf8');
  fs.writeFileSync(path.join(folder, 'README.md'), packagedReadme(read('README.md')));
  fs.writeFileSync(path.join(folder, 'CHANGELOG.md'), withoutFiles(read('CHANGELOG.md')));
}
