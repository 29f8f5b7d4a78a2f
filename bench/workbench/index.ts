// The workbench's promises on the installed package, in VS Code's server build and Chromium.
// Command: npm run package && npx tsx bench/workbench/index.ts [preview] [cost] [hidden] [long]   (all when none is named)
// Prints the Markdown tables of bench/workbench.md.
import type { Session } from '../../test/e2e/host/session';
import { cost } from './cost';
import { hidden } from './hidden';
import { long } from './long';
import { preview } from './preview';
import { startSession, type Table } from './stage';

const measures: Readonly<Record<string, (session: Session) => Promise<Table>>> = {
  preview,
  cost,
  hidden,
  long,
};

async function main(asked: readonly string[]): Promise<void> {
  for (const [name, measure] of Object.entries(measures)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const session = await startSession();
    try {
      const { columns, rows } = await measure(session);
      const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
      console.log(`\n${line([name, ...columns])}\n${line([name, ...columns].map(() => '-'))}`);
      for (const row of rows) console.log(line(row));
    } finally {
      await session.stop();
    }
  }
}

void main(process.argv.slice(2));
