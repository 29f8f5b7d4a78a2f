import * as fs from 'node:fs';
import * as path from 'node:path';
import { chart, sheet } from '../path/chart';
import { secondsAt } from './pace';
import { clocksOf, races, threadsOf } from './table';

/** Writes a sheet of loss against seconds for each set of races into `folder`; returns the Markdown that shows them. */
export function plots(folder: string): string[] {
  fs.mkdirSync(folder, { recursive: true });
  return [...races()].flatMap(([title, records]) => {
    const [clock] = clocksOf(records);
    if (clock === undefined) return [];
    const file = `seconds-${title.replaceAll(/[^\w]+/g, '-')}.svg`;
    const charts = records.map(({ pair, init, losses }) => {
      const lines = Object.entries(losses).map(([name, y]) => ({
        name,
        x: y.map((_, i) => secondsAt(clock.seconds[name]!, i + 1)),
        y,
      }));
      return (at: [number, number]) =>
        chart(`${pair}, start: ${init}`, `seconds, ${threadsOf(clock)}`, lines, at);
    });
    fs.writeFileSync(path.join(folder, file), sheet(charts));
    return [`![Loss against seconds: ${title}](results/${file})`];
  });
}
