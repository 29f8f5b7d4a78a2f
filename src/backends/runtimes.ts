import { explain } from '../common/errors';
import { joined, phrase, verbatim, type Phrase } from '../common/messages';
import { loadRuntime } from './onnx/runtime';
import type { TensorflowPlaces } from './device';
import { tryAddon } from './tensorflow/install/tryAddon';
import { findDriver } from './tensorflow/install/nvidia';
import { readRuntime } from './tensorflow/install/runtime';
import { locateTensorflow, namedTensorflow } from './tensorflow/locate';

/** A library or driver that devices depend on, and what was found of it. */
export interface RuntimeState {
  readonly name: Phrase;
  /** Its version, or what is missing. */
  readonly state: Phrase;
}

/** The libraries and drivers behind the devices, with their versions. */
export async function describeRuntimes(places: TensorflowPlaces): Promise<RuntimeState[]> {
  return Promise.all([
    described(verbatim('onnxruntime'), describeOnnx),
    described(phrase`NVIDIA driver`, describeDriver),
    described(verbatim('TensorFlow'), () => describeTensorflow(places)),
  ]);
}

async function described(name: Phrase, describe: () => Promise<Phrase>): Promise<RuntimeState> {
  try {
    return { name, state: await describe() };
  } catch (error) {
    const { message, next } = explain(error);
    return { name, state: next === undefined ? message : joined([message, next], ' ') };
  }
}

async function describeOnnx(): Promise<Phrase> {
  const { env } = await loadRuntime('cpu', 0);
  const { common } = env.versions;
  return common === undefined ? phrase`there` : verbatim(common);
}

async function describeDriver(): Promise<Phrase> {
  const driver = await findDriver();
  if (driver === undefined) return phrase`not found`;
  const { version, gpus } = driver;
  const cards = gpus.map(({ name, memoryBytes }) =>
    memoryBytes === undefined
      ? verbatim(name)
      : phrase`${name} with ${Math.round(memoryBytes / 2 ** 30)} GiB of memory`,
  );
  return joined([version === undefined ? phrase`there` : verbatim(version), ...cards], ', ');
}

async function describeTensorflow(places: TensorflowPlaces): Promise<Phrase> {
  // Most people have none and need none.
  if (namedTensorflow(places) === undefined && (await readRuntime(places.storage)) === undefined)
    return phrase`not installed`;
  const { addon } = await locateTensorflow(places);
  const trial = await tryAddon(addon, places);
  if (!trial.works) return phrase`does not load: ${trial.reason}`;
  const { version, gpu, noGpu } = trial;
  if (gpu === undefined)
    return noGpu === undefined
      ? phrase`${version}, on the CPU`
      : phrase`${version}, on the CPU: ${noGpu.message}`;
  return gpu.computeCapability === undefined
    ? phrase`${version}, on ${gpu.name}`
    : phrase`${version}, on ${gpu.name} (compute capability ${gpu.computeCapability})`;
}
