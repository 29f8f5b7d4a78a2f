// The course of paintings over the strength slider, from what measure.ts found: rows for bench/strength.md.
// Command: npx tsx bench/strength/table.ts
import * as fs from 'node:fs';
import { strengthOf } from '../../src/protocol/strength';
import type { Measured } from './measure';

const FOLDER = 'out/strength';

/** How far from the photograph to a dissolved picture: half what was gained of the style, half what was lost of the content. */
function courseOf(rows: readonly Measured[]): (one: Measured) => number {
  const photograph = rows.find(({ ratio }) => ratio === null)?.style ?? NaN;
  const nearest = Math.min(...rows.map(({ style }) => style));
  const dissolved = rows.find(({ ratio }) => ratio === 0)?.content ?? NaN;
  return ({ style, content }) => ((photograph - style) / (photograph - nearest) + content / dissolved) / 2;
}

const measured = fs
  .readdirSync(FOLDER)
  .sort()
  .flatMap(file => JSON.parse(fs.readFileSync(`${FOLDER}/${file}`, 'utf8')) as readonly Measured[]);
const names = [...new Set(measured.map(({ pair }) => pair))];
console.log(
  `| statistic | α/β | strength | ${names.join(' | ')} |\n| - | - | - | ${names.map(() => '-').join(' | ')} |`,
);
for (const statistics of ['gram', 'bures', 'wasserstein'] as const) {
  const ofPair = names.map(name =>
    measured.filter(one => one.pair === name && one.statistics === statistics),
  );
  for (const { ratio } of ofPair[0]?.filter(one => (one.ratio ?? 0) >= 0.0009) ?? []) {
    const courses = ofPair.map(rows => {
      const one = rows.find(row => row.ratio === ratio);
      return one === undefined ? '–' : courseOf(rows)(one).toFixed(2);
    });
    const strength = Math.round(strengthOf(ratio ?? NaN, statistics));
    console.log(`| ${[statistics, Number(ratio?.toPrecision(2)), strength, ...courses].join(' | ')} |`);
  }
}
