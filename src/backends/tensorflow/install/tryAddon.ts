import * as fs from 'node:fs/promises';
import { phrase, verbatim, type Phrase } from '../../../phrase';
import { runtimeEnvironment } from '../environment';
import { stopped } from './failure';
import { runProgram } from './program';

/** What an addon is found to be, in a process of its own. */
export type Trial =
  | {
      readonly works: true;
      /** TensorFlow's version. */
      readonly version: string;
      /** The card that TensorFlow computes on; undefined when it computes on the CPU. */
      readonly gpu?: Gpu;
      /** Why it computes on the CPU, in TensorFlow's words, where it says so. */
      readonly noGpu?: Phrase;
    }
  | { readonly works: false; readonly reason: Phrase };

export interface Gpu {
  readonly name: string;
  readonly memoryBytes?: number;
  /** For example 9.0. */
  readonly computeCapability?: string;
}

const SCRIPT = `
const loaded = { exports: {} };
process.dlopen(loaded, process.argv[1]);
const { TF_Version: version, isUsingGpuDevice } = loaded.exports;
process.stdout.write('\\nATELIER ' + JSON.stringify({ version, gpu: isUsingGpuDevice() }) + '\\n');
`;

/** Loads the addon in another process, where nothing that it does can hurt this one. */
export async function tryAddon(addon: string, signal?: AbortSignal): Promise<Trial> {
  const present = await fs.stat(addon).catch(() => undefined);
  if (present === undefined) return { works: false, reason: phrase`${addon} is not there` };
  const { code, output } = await runProgram(process.execPath, ['-e', SCRIPT, addon], {
    ...(signal === undefined ? {} : { signal }),
    timeout: 120_000,
    // Its first level of messages names the card, or says why there is none.
    env: { ...process.env, ...runtimeEnvironment(0), TF_CPP_MIN_LOG_LEVEL: '0', ELECTRON_RUN_AS_NODE: '1' },
  });
  if (signal?.aborted) throw stopped();
  return readTrial(code, output);
}

/** Reads the result and TensorFlow's messages around it. */
export function readTrial(code: number | null, output: string): Trial {
  const answer = /^ATELIER (.*)$/m.exec(output)?.[1];
  if (answer === undefined) {
    const error = /Error: (.*)/.exec(output)?.[1];
    if (error !== undefined) return { works: false, reason: verbatim(error.slice(0, 300)) };
    return {
      works: false,
      reason: code === null ? phrase`the process was ended` : phrase`exit code ${String(code)}`,
    };
  }
  const { version, gpu } = JSON.parse(answer) as { version: string; gpu: boolean };
  if (gpu) return { works: true, version, gpu: gpuOf(output) };
  const noGpu = REASONS.find(({ pattern }) => pattern.test(output))?.reason;
  return { works: true, version, ...(noGpu === undefined ? {} : { noGpu }) };
}

const REASONS = [
  {
    pattern: /Cannot dlopen some GPU libraries/,
    reason: phrase`some of NVIDIA’s libraries cannot be loaded`,
  },
  { pattern: /Could not find cuda drivers/i, reason: phrase`there is no NVIDIA driver` },
  { pattern: /CUDA_ERROR_NO_DEVICE|no CUDA-capable device/, reason: phrase`there is no NVIDIA card` },
  { pattern: /driver version is insufficient/, reason: phrase`the NVIDIA driver is too old` },
  { pattern: /failed call to cuInit/, reason: phrase`the NVIDIA driver does not answer` },
];

/** From "Created device … with 131072 MB memory:  -> device: 0, name: NVIDIA …, … compute capability: 9.0". */
function gpuOf(output: string): Gpu {
  const created =
    /Created device \S*GPU:\d+ with (\d+) MB memory.*?name: ([^,\n]+).*?compute capability: ([\d.]+)/;
  const [, megabytes, name, computeCapability] = created.exec(output) ?? [];
  if (name === undefined) return { name: 'GPU' };
  return {
    name: name.trim(),
    memoryBytes: Number(megabytes) * 2 ** 20,
    ...(computeCapability === undefined ? {} : { computeCapability }),
  };
}
