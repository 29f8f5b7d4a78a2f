import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** Names and bytes of a file, or of all files below a folder. */
export function digest(place: string, wanted: (name: string) => boolean = () => true): string {
  if (!fs.statSync(place).isDirectory()) return hashOf(place);
  const names = fs.readdirSync(place, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter(name => wanted(name) && fs.statSync(path.join(place, name)).isFile());
  return files.map(name => `${name} ${hashOf(path.join(place, name))}`).join('\n');
}

function hashOf(file: string): string {
  return createHash('sha256').update(fs.readFileSync(file)).digest('hex').slice(0, 12);
}
