// `npm run walls`: checks the walls between the rooms of `src` (.dependency-cruiser.mjs), and that the drawing of the rooms
// in CONTRIBUTING.md is that of the imports; `npm run walls -- --draw` draws it.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, format } from 'dependency-cruiser';
import walls from '../.dependency-cruiser.mjs';
import { drawRooms } from './walls/rooms.mjs';

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));
const { forbidden, options } = walls;
const { output } = await cruise(['src'], { ...options, ruleSet: { forbidden }, validate: true });
if (output.summary.violations.length > 0) {
  process.stdout.write((await format(output, { outputType: 'err-long' })).output);
  process.exitCode = 1;
}

const [before, after] = ['<!-- rooms: npm run walls -- --draw -->\n', '<!-- end of rooms -->\n'];
const text = fs.readFileSync('CONTRIBUTING.md', 'utf8');
const [head, rest] = text.split(before);
const tail = rest?.split(after)[1];
if (tail === undefined) throw new Error(`CONTRIBUTING.md has no place between ${before} and ${after}`);
const drawn = `${head}${before}\n\`\`\`mermaid\n${drawRooms(output.modules)}\`\`\`\n\n${after}${tail}`;
if (process.argv.includes('--draw')) fs.writeFileSync('CONTRIBUTING.md', drawn);
else if (drawn !== text) {
  console.error(
    'The drawing in CONTRIBUTING.md is not that of the imports. Draw it: npm run walls -- --draw',
  );
  process.exitCode = 1;
}
