// Campaigns against what Atelier promises: nothing of a user's is lost, misread or left hanging.
// Command: npm run campaign -- kills|chores|inputs|messages|soak [--count N] [--minutes M] [--seed S]
// Prints the table of bench/reliability.md, and for each fault the seed that shows it again (`--count 1 --seed …`).
// After Ctrl-C the trial under way is finished and the table printed.
import * as fs from 'node:fs';
import { Argument, Command, Option } from 'commander';
import { runCampaign, type Campaign } from './campaign';
import type { Addressee } from './messages';
import { Tally } from './tally';

interface Options {
  readonly count?: number;
  readonly minutes?: number;
  readonly seed: number;
  readonly add?: string;
  readonly to?: Addressee;
}

/** Loaded when they are asked for. */
const campaigns: Readonly<
  Record<string, (options: Options) => Promise<Campaign & { table?: () => string }>>
> = {
  chores: async () => new (await import('./chores')).Chores(),
  inputs: async () => new (await import('./inputs')).Inputs(),
  kills: async () => new (await import('./kills')).Kills(),
  messages: async ({ to }) => new (await import('./messages')).Messages(to && [to]),
  soak: async () => new (await import('./soak')).Soak(),
};

async function main(name: string, options: Options): Promise<void> {
  const { count = Infinity, minutes = Infinity, seed, add } = options;
  const elsewhere = name === 'kills' ? (await import('./kills/smallDisk')).runWithMounts() : undefined;
  // A campaign has folders as soon as it is made.
  const campaign = elsewhere === undefined ? await campaigns[name]?.(options) : undefined;
  if (campaign === undefined) {
    process.exitCode = elsewhere ?? 2;
    return;
  }
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 60_000;
  const tally = new Tally(({ seed, kind, what }) => console.log(`FAULT --seed ${seed} (${kind}): ${what}`));
  const most = count === Infinity && minutes === Infinity ? 100 : count;
  let told = began;
  let interrupted = false;
  process.once('SIGINT', () => (interrupted = true));
  const goesOn = (made: number) => {
    if (performance.now() - told > 60_000) {
      told = performance.now();
      console.log(`${made} trials in ${elapsed().toFixed(0)} minutes`);
    }
    return !interrupted && made < most && elapsed() < minutes;
  };
  await runCampaign(campaign, { seed, goesOn }, tally);
  if (add !== undefined) {
    const sum = new Tally();
    if (fs.existsSync(add)) sum.add(JSON.parse(fs.readFileSync(add, 'utf8')) as ReturnType<Tally['toJSON']>);
    sum.add(tally.toJSON());
    fs.writeFileSync(add, JSON.stringify(sum));
    console.log(`\nWith what ${add} had:\n\n${sum.table()}`);
  } else console.log(`\n${tally.table()}`);
  if (campaign.table !== undefined) console.log(`\n${campaign.table()}`);
  console.log(`\n${elapsed().toFixed(1)} minutes, seeds from ${seed} on.`);
  process.exitCode = tally.faults.length === 0 ? 0 : 1;
}

void new Command('npm run campaign --')
  .description('Makes many seeded trials of what Atelier promises, and tells which of them went wrong.')
  .addArgument(new Argument('<name>', 'which campaign').choices(Object.keys(campaigns)))
  .option('--count <n>', 'trials, 100 unless --minutes is given', Number)
  .option('--minutes <m>', 'begin no trial after so long', Number)
  .option('--seed <s>', 'of the first trial; each has the next', Number, 1)
  .addOption(new Option('--to <whom>', 'messages only: by default both').choices(['engine', 'pages']))
  .option('--add <file>', 'add the counts to those of earlier runs in this file')
  .action(main)
  .parseAsync();
