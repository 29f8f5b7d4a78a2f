// Pairs painted by several programs, their scores, and sheets on which nobody can tell them apart (bench/pictures.md).
// npx tsx bench/pictures paint [PROGRAM,…] [PAIR,…] [SIZE]   what is there already is kept
// npx tsx bench/pictures sheet PROGRAM,… [SIZE]              a shuffled sheet a pair, and the key
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Random } from '../../src/nst/random';
import { writeSheet } from '../contactSheet';
import { folder, makeSources, PAIRS, prepared } from './pairs';
import { PROGRAMS } from './programs';

function chosen(text: string | undefined, all: readonly string[]): readonly string[] {
  const names = text === undefined || text === '' ? all : text.split(',');
  const unknown = names.filter(name => !all.includes(name));
  if (unknown.length > 0) throw new Error(`there is no ${unknown.join(', ')}; there are ${all.join(', ')}`);
  return names;
}

const paintingOf = (program: string, pair: string, size: number): string =>
  path.join(folder, String(size), program, `${pair}.png`);

async function paint(programs: readonly string[], pairs: readonly string[], size: number): Promise<void> {
  for (const program of programs)
    for (const pair of pairs) {
      const out = paintingOf(program, pair, size);
      if (fs.existsSync(out)) continue;
      fs.mkdirSync(path.dirname(out), { recursive: true });
      const { content, style } = await prepared(pair, size);
      const started = performance.now();
      await PROGRAMS[program]!.paint(content, style, `${out}.part.png`, size);
      fs.renameSync(`${out}.part.png`, out);
      console.log(`${program} ${pair} ${((performance.now() - started) / 1000).toFixed(1)} s`);
    }
}

/** One row a pair: content, style, and the programs' paintings in an order that only the key tells. */
async function sheet(programs: readonly string[], size: number): Promise<void> {
  const random = Random.seeded(17);
  const key: Record<string, readonly string[]> = {};
  for (const pair of Object.keys(PAIRS)) {
    const order = programs
      .map(program => ({ program, at: random.uniform() }))
      .sort((a, b) => a.at - b.at)
      .map(({ program }) => program);
    key[pair] = order;
    const { content, style } = await prepared(pair, size);
    const tiles = [
      { label: pair, image: content },
      { label: 'style', image: style },
      ...order.map((program, i) => ({
        label: String.fromCharCode(65 + i),
        image: paintingOf(program, pair, size),
      })),
    ];
    const half = Math.ceil(tiles.length / 2);
    await writeSheet(path.join(folder, `sheet-${pair}.jpg`), [tiles.slice(0, half), tiles.slice(half)]);
  }
  fs.writeFileSync(path.join(folder, 'key.json'), `${JSON.stringify(key, undefined, 2)}\n`);
}

async function main(): Promise<void> {
  const [task, ...args] = process.argv.slice(2);
  await makeSources();
  const all = Object.keys(PROGRAMS);
  if (task === 'paint')
    await paint(chosen(args[0], all), chosen(args[1], Object.keys(PAIRS)), Number(args[2] ?? 512));
  else if (task === 'sheet') await sheet(chosen(args[0], all), Number(args[1] ?? 512));
  else throw new Error('tasks: paint, sheet');
}

void main();
