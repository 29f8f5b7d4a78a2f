import { reportError } from '../errors';
import { loadRuntime } from './onnx/runtime';
import type { TensorflowPlaces } from './device';
import { tryAddon } from './tensorflow/install/tryAddon';
import { findDriver } from './tensorflow/install/nvidia';
import { locateTensorflow } from './tensorflow/locate';

/** A library or driver that devices depend on, and what was found of it. */
export interface RuntimeState {
  readonly name: string;
  /** A phrase for people: its version, or what is missing. */
  readonly state: string;
}

/** The libraries and drivers behind the devices, with their versions. */
export async function describeRuntimes(places: TensorflowPlaces): Promise<RuntimeState[]> {
  return Promise.all([
    described('onnxruntime', describeOnnx),
    described('NVIDIA driver', describeDriver),
    described('TensorFlow', () => describeTensorflow(places)),
  ]);
}

async function described(name: string, describe: () => Promise<string>): Promise<RuntimeState> {
  try {
    return { name, state: await describe() };
  } catch (error) {
    const { message, next } = reportError(error);
    return { name, state: next === undefined ? message : `${message} ${next}` };
  }
}

async function describeOnnx(): Promise<string> {
  const { env } = await loadRuntime('cpu', 0);
  return env.versions.common ?? 'there';
}

async function describeDriver(): Promise<string> {
  const driver = await findDriver();
  if (driver === undefined) return 'not found';
  const cards = driver.gpus.map(
    ({ name, memoryBytes }) => `${name} with ${(memoryBytes / 2 ** 30).toFixed(0)} GiB`,
  );
  return [driver.version ?? 'there', ...cards].join(', ');
}

async function describeTensorflow(places: TensorflowPlaces): Promise<string> {
  const { addon } = await locateTensorflow(places);
  const trial = await tryAddon(addon);
  if (!trial.works) return `does not load: ${trial.reason}`;
  const { version, gpu, noGpu } = trial;
  if (gpu === undefined) return `${version}, on the CPU${noGpu === undefined ? '' : `: ${noGpu}`}`;
  const capability =
    gpu.computeCapability === undefined ? '' : ` (compute capability ${gpu.computeCapability})`;
  return `${version}, on ${gpu.name}${capability}`;
}
