import { explain } from '../common/errors';
import { joinMessages, msg, verbatim, type Message } from '../common/messages';
import { loadRuntime } from './onnx/runtime';
import type { TensorflowPlaces } from './device';
import { tryAddon } from './tensorflow/install/tryAddon';
import { findDriver } from './tensorflow/install/nvidia';
import { readRuntime } from './tensorflow/install/runtime';
import { locateTensorflow, namedTensorflow } from './tensorflow/locate';
import type { RuntimeState } from '../protocol/reply';

/** The libraries and drivers behind the devices, with their versions. */
export async function describeRuntimes(places: TensorflowPlaces): Promise<RuntimeState[]> {
  return Promise.all([
    described(verbatim('onnxruntime'), describeOnnx),
    described(msg`NVIDIA driver`, describeDriver),
    described(verbatim('TensorFlow'), () => describeTensorflow(places)),
  ]);
}

async function described(name: Message, describe: () => Promise<Message>): Promise<RuntimeState> {
  try {
    return { name, state: await describe() };
  } catch (error) {
    const { message, next } = explain(error);
    return { name, state: next === undefined ? message : joinMessages([message, next], ' ') };
  }
}

async function describeOnnx(): Promise<Message> {
  const { env } = await loadRuntime('cpu', 0);
  const { common } = env.versions;
  return common === undefined ? msg`exists` : verbatim(common);
}

async function describeDriver(): Promise<Message> {
  const driver = await findDriver();
  if (driver === undefined) return msg`not found`;
  const { version, gpus } = driver;
  const cards = gpus.map(({ name, memoryBytes }) =>
    memoryBytes === undefined
      ? verbatim(name)
      : msg`${name} with ${Math.round(memoryBytes / 2 ** 30)} GiB of memory`,
  );
  return joinMessages([version === undefined ? msg`exists` : verbatim(version), ...cards], ', ');
}

async function describeTensorflow(places: TensorflowPlaces): Promise<Message> {
  // Most people have none and need none.
  if (namedTensorflow(places) === undefined && (await readRuntime(places.storage)) === undefined)
    return msg`not installed`;
  const { addon } = await locateTensorflow(places);
  const trial = await tryAddon(addon, places);
  if (!trial.works) return msg`does not load: ${trial.reason}`;
  const { version, gpu, noGpu } = trial;
  if (gpu === undefined)
    return noGpu === undefined ? msg`${version}, on the CPU` : msg`${version}, on the CPU: ${noGpu.message}`;
  return gpu.computeCapability === undefined
    ? msg`${version}, on ${gpu.name}`
    : msg`${version}, on ${gpu.name} (compute capability ${gpu.computeCapability})`;
}
