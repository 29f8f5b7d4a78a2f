import * as fs from 'node:fs/promises';
import type { Explanation } from '../../../common/errors';
import { msg, verbatim, type Message } from '../../../common/messages';
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
      /** Why it computes on the CPU, and what can be done about it. */
      readonly noGpu?: Required<Explanation>;
    }
  | { readonly works: false; readonly reason: Message; readonly next?: Message };

interface Gpu {
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
export async function tryAddon(
  addon: string,
  { signal, card }: { readonly signal?: AbortSignal | undefined; readonly card?: string | undefined } = {},
): Promise<Trial> {
  const present = await fs.stat(addon).catch(() => undefined);
  if (present === undefined) return { works: false, reason: msg`${addon} does not exist` };
  const { code, output } = await runProgram(process.execPath, ['-e', SCRIPT, addon], {
    ...(signal === undefined ? {} : { signal }),
    timeout: 120_000,
    // Its first level of messages names the card, or says why there is none.
    env: {
      ...process.env,
      ...runtimeEnvironment({ threads: 0, card }),
      TF_CPP_MIN_LOG_LEVEL: '0',
      ELECTRON_RUN_AS_NODE: '1',
    },
  });
  if (signal?.aborted) throw stopped();
  return readTrial(code, output);
}

/** Reads the result and TensorFlow's messages around it. */
export function readTrial(code: number | null, output: string): Trial {
  const answer = /^ATELIER (.*)$/m.exec(output)?.[1];
  const known = REASONS.find(({ pattern }) => pattern.test(output));
  if (answer === undefined) {
    if (known !== undefined) return { works: false, reason: known.reason, next: known.next };
    const error = (/^\s*what\(\): +(.*)/m.exec(output) ?? /Error: (.*)/.exec(output))?.[1];
    if (error !== undefined) return { works: false, reason: verbatim(error.slice(0, 300)) };
    return {
      works: false,
      reason: code === null ? msg`the process was ended` : msg`exit code ${String(code)}`,
    };
  }
  const { version, gpu } = JSON.parse(answer) as { version: string; gpu: boolean };
  if (gpu) return { works: true, version, gpu: gpuOf(output) };
  const { reason, next } = known ?? UNSEEN;
  return { works: true, version, noGpu: { message: reason, next } };
}

const REINSTALL = msg`Remove the CUDA runtime and install it again.`;
const DRIVER = msg`Install the driver of your NVIDIA card, then start again.`;

/** TensorFlow's words, and what they mean. */
const REASONS = [
  {
    pattern: /Cannot dlopen some GPU libraries/,
    reason: msg`some of NVIDIA’s libraries cannot be loaded`,
    next: REINSTALL,
  },
  {
    pattern: /Could not find cuda drivers|kernel driver does not appear|failed call to cuInit.*\(303\)/i,
    reason: msg`there is no NVIDIA driver`,
    next: DRIVER,
  },
  {
    pattern: /CUDA_ERROR_NO_DEVICE|no CUDA-capable/,
    reason: msg`there is no NVIDIA card`,
    next: DRIVER,
  },
  {
    pattern: /driver version is insufficient|cudaErrorInsufficientDriver/,
    reason: msg`the NVIDIA driver is too old`,
    next: msg`Update the driver, then start again.`,
  },
  {
    pattern: /Ignoring visible gpu device/,
    reason: msg`the NVIDIA card is too old for this TensorFlow`,
    next: msg`Choose the device webgpu or cpu.`,
  },
  {
    pattern: /failed call to cuInit/i,
    reason: msg`the NVIDIA driver does not answer`,
    next: msg`Restart the machine: the driver may have been updated since it started.`,
  },
] as const;

/** It says nothing where no card is shown to it. */
const UNSEEN = {
  reason: msg`TensorFlow finds no card`,
  next: msg`Check the setting atelier.cudaCard and the variable CUDA_VISIBLE_DEVICES.`,
};

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
