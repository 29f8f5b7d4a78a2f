// Time and memory of one evaluation (loss + gradient): our graph, its direct variant, and the prototype graph beside
// the checkout, alternating in processes of their own.
// Command: npx tsx bench/evaluation/table.ts [ROUNDS] [SIZE,…]   (prints the Markdown table of bench/evaluation.md)
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { buildSync } from 'esbuild';

interface Measured {
  readonly ms: number;
  /** Processor time of all threads, which other programs on the machine disturb less. */
  readonly cpuMs: number;
  readonly peakMiB: number;
}

const root = path.resolve(__dirname, '../..');
const bundle = path.join(root, 'out', 'bench', 'ours.cjs');
const prototype = path.resolve(root, '../shared/prototypes/engine/bench-onnx.js');

function node(args: readonly string[]): Record<string, number> {
  const env = { ...process.env, NODE_PATH: path.join(root, 'node_modules') };
  return JSON.parse(execFileSync(process.execPath, args, { env, encoding: 'utf8' })) as Record<
    string,
    number
  >;
}

function ours(method: 'direct' | 'winograd', model: string) {
  return (size: number, threads: number, iterations: number): Measured => {
    const {
      ms = NaN,
      cpuMs = NaN,
      peakMiB = NaN,
    } = node([bundle, model, `${size}`, `${threads}`, `${iterations}`, method]);
    return { ms, cpuMs, peakMiB };
  };
}

function theirs(size: number, threads: number, iterations: number): Measured {
  const given = ['--size', `${size}`, '--threads', `${threads}`, '--iters', `${iterations}`];
  const { med = NaN, cpuMin = NaN, rssMB = NaN } = node([prototype, ...given]);
  return { ms: med, cpuMs: cpuMin, peakMiB: rssMB };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

function main(): void {
  const rounds = Number(process.argv[2] ?? 3);
  const sizes = (process.argv[3] ?? '256,512').split(',').map(Number);
  buildSync({
    entryPoints: [path.join(__dirname, 'ours.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    external: ['onnxruntime-node', 'onnxruntime-web', 'h5wasm', 'sharp'],
    logLevel: 'error',
  });
  const programs: [string, (size: number, threads: number, iterations: number) => Measured][] = [
    ['VGG-19 widths, Winograd', ours('winograd', 'synthetic')],
    ['VGG-19 widths, direct', ours('direct', 'synthetic')],
    ...(fs.existsSync(prototype)
      ? [['VGG-19 widths, prototype graph', theirs] as (typeof programs)[number]]
      : []),
    ['lite, Winograd', ours('winograd', 'lite')],
    ['lite, direct', ours('direct', 'lite')],
  ];
  console.log(
    '| size | threads | program | ms (median) | spread | CPU ms (least) | peak MiB |\n| - | - | - | - | - | - | - |',
  );
  for (const size of sizes) {
    for (const threads of [1, 2]) {
      const results = programs.map(() => [] as Measured[]);
      for (let round = 0; round < rounds; round++) {
        programs.forEach(([, measure], i) => results[i]?.push(measure(size, threads, size > 256 ? 3 : 7)));
      }
      programs.forEach(([name], i) => {
        const times = (results[i] ?? []).map(({ ms }) => ms);
        const spread = `${Math.min(...times).toFixed(0)}–${Math.max(...times).toFixed(0)}`;
        const peak = Math.max(...(results[i] ?? []).map(({ peakMiB }) => peakMiB));
        const cpu = Math.min(...(results[i] ?? []).map(({ cpuMs }) => cpuMs));
        console.log(
          `| ${size}² | ${threads} | ${name} | ${median(times).toFixed(0)} | ${spread} | ${cpu.toFixed(0)} | ${peak.toFixed(0)} |`,
        );
      });
    }
  }
}

main();
