import { parseArgs } from 'node:util';
import { kills } from './kills';
import { overhead } from './overhead';
import { pair } from './pair';
import { Yard } from './yard';

/** `npx tsx bench/many overhead|pair|kills`: what queues cost, and what they survive. Prints a table in Markdown. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      count: { type: 'string' },
      kills: { type: 'string', default: '100' },
      size: { type: 'string', default: '256' },
      steps: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
    },
  });
  const number = (text: string | undefined, otherwise: number) =>
    text === undefined ? otherwise : Number(text);
  const yard = new Yard();
  try {
    await yard.open();
    const recipe = { size: Number(values.size), steps: Number(values.steps) };
    switch (positionals[0]) {
      case 'overhead':
        return console.log(await overhead(yard, { ...recipe, count: number(values.count, 20) }));
      case 'pair':
        return console.log(await pair(yard, { ...recipe, count: number(values.count, 10) }));
      case 'kills':
        return console.log(
          await kills(yard, {
            count: number(values.count, 24),
            kills: Number(values.kills),
            seed: Number(values.seed),
          }),
        );
      default:
        console.error('There are overhead, pair and kills.');
        process.exitCode = 2;
    }
  } finally {
    await yard.close();
  }
}

void main();
