// Atelier as one of the programs that are compared: answers the requests of protocol.ts, a JSON line each.
import * as fs from 'node:fs';
import * as readline from 'node:readline';
import { version } from '../../src/common/version';
import type { Exchange } from './protocol';
import { Descent } from './descent';
import { Opened } from './opened';

let opened: Opened | undefined;
let descent: Descent | undefined;

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('no problem is open');
  return value;
}

type Answers = { [K in keyof Exchange]: (request: Exchange[K]['request']) => Promise<Exchange[K]['answer']> };

const answers: Answers = {
  hello: () => Promise.resolve({ version: `Atelier ${version}` }),
  open: async ({ folder, threads, convolution }) => {
    await opened?.dispose();
    opened = await Opened.read(folder, threads, convolution);
    return {};
  },
  tune: () => Promise.resolve({}),
  evaluate: ({ count }) => known(opened).evaluate(count),
  descend: ({ way, evaluations }) => {
    descent = new Descent(known(opened), way, evaluations);
    return Promise.resolve({});
  },
  advance: ({ evaluations }) => known(descent).advance(evaluations),
  picture: ({ file }) => {
    known(descent).picture(file);
    return Promise.resolve({});
  },
  memory: () => Promise.resolve(memory()),
};

/** Largest and present resident set of this process, MiB. */
function memory(): Exchange['memory']['answer'] {
  const nowMiB = process.memoryUsage().rss / 2 ** 20;
  if (process.platform !== 'linux') return { peakMiB: process.resourceUsage().maxRSS / 1024, nowMiB };
  // What rusage calls the peak begins with that of the process this one was forked from.
  const [, peak] = /VmHWM:\s+(\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8')) ?? [];
  return { peakMiB: Number(peak) / 1024, nowMiB };
}

async function main(): Promise<void> {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { do: name, ...request } = JSON.parse(line) as { do: keyof Exchange };
    const answer = await (answers[name] as (request: object) => Promise<object>)(request);
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  await opened?.dispose();
}

void main();
