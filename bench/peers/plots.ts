import * as fs from 'node:fs';
import * as path from 'node:path';
import { chart, sheet } from '../optimizers/chart';
import { races } from './table';

/** Writes a sheet of loss against seconds for each set of races into `folder`; returns the Markdown that shows them. */
export function plots(folder: string): string[] {
  fs.mkdirSync(folder, { recursive: true });
  return [...races()].map(([title, records]) => {
    const file = `seconds-${title.replaceAll(/[^\w]+/g, '-')}.svg`;
    const charts = records.map(({ pair, init, curves }) => {
      const lines = Object.entries(curves).map(([name, { seconds, losses }]) => ({
        name,
        x: seconds,
        y: losses,
      }));
      return (at: [number, number]) => chart(`${pair}, start: ${init}`, 'seconds', lines, at);
    });
    fs.writeFileSync(path.join(folder, file), sheet(charts));
    return `![Loss against seconds: ${title}](results/${file})`;
  });
}
