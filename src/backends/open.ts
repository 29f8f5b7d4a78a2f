import { AtelierError } from '../common/errors';
import { msg, type Message } from '../common/messages';
import type { Network } from '../models/network';
import type { Executor } from '../nst/executor';
import { titleOf, type DeviceName, type MachineOptions } from './device';
import { classifyErrors } from './errorClassification';
import type { Provider } from './onnx/runtime';

const NO_CARD = msg`TensorFlow finds no NVIDIA card that it can use.`;

/** An executor, and what really computes. */
export interface Opened {
  readonly name: DeviceName;
  readonly title: string;
  /** Why it is not the device that TensorFlow was installed for, if so: it falls back without a word. */
  readonly fallback?: Message;
  readonly executor: Executor<unknown>;
}

/**
 * Opens a device by name, without any check of its results.
 * @throws `device-unavailable` when it cannot be used here
 */
export async function openExecutor(
  name: DeviceName,
  network: Network,
  machine: MachineOptions,
): Promise<Opened> {
  if (name === 'cuda' || name === 'tensorflow') return openTensorflow(name, network, machine);
  const { threads } = machine;
  const provider = providerOf(name);
  const { OnnxExecutor } = await import('./onnx/executor');
  const executor = await OnnxExecutor.create(network, { provider, threads });
  const title = titleOf(name, threads);
  return {
    name,
    title,
    executor: provider === 'cpu' || provider === 'wasm' ? executor : classifyErrors(executor, title),
  };
}

/** @throws `device-unavailable` on systems that the provider is not made for */
export function providerOf(name: Exclude<DeviceName, 'cuda' | 'tensorflow'>): Provider {
  const system = `${process.platform}-${process.arch}`;
  const homes: Readonly<Partial<Record<DeviceName, readonly string[]>>> = {
    webgpu: ['linux-x64', 'win32-x64', 'win32-arm64', 'darwin-arm64'],
    directml: ['win32-x64', 'win32-arm64'],
    coreml: ['darwin-arm64'],
  };
  const home = homes[name];
  if (home !== undefined && !home.includes(system)) {
    throw new AtelierError('device-unavailable', msg`onnxruntime has no ${titleOf(name)} for ${system}.`, {
      next: msg`Choose the device auto or cpu.`,
    });
  }
  return name === 'directml' ? 'dml' : name;
}

async function openTensorflow(
  name: 'cuda' | 'tensorflow',
  network: Network,
  machine: MachineOptions,
): Promise<Opened> {
  const { locateTensorflow } = await import('./tensorflow/locate');
  const { TensorflowExecutor } = await import('./tensorflow/executor');
  const { addon, variant } = await locateTensorflow(machine);
  if (name === 'cuda' && variant === 'cpu') {
    throw new AtelierError(
      'device-unavailable',
      msg`The TensorFlow that is installed is the one for the CPU.`,
      {
        next: msg`Install the CUDA runtime, or choose the device tensorflow or cpu.`,
      },
    );
  }
  const { threads } = machine;
  const executor = await TensorflowExecutor.create(network, { addon, threads, card: machine.card });
  const { usesGpu } = executor.session;
  if (name === 'cuda' && !usesGpu) {
    await executor.dispose();
    throw new AtelierError('device-unavailable', NO_CARD, {
      next: msg`The device report says why. Choose the device auto, or tensorflow for TensorFlow on the CPU.`,
    });
  }
  const title = usesGpu ? await cudaTitle(addon, machine.card) : titleOf('tensorflow', threads);
  const opened = { title, executor: classifyErrors(executor, title) };
  if (usesGpu) return { name: 'cuda', ...opened };
  return { name: 'tensorflow', ...opened, ...(variant === 'cuda' ? { fallback: NO_CARD } : {}) };
}

const titles = new Map<string, Promise<string>>();

/**
 * "CUDA: NVIDIA H200". TensorFlow tells the name of its card only while it starts, to whoever reads what it prints: a
 * process of its own, once. The driver's list is in another order.
 */
function cudaTitle(addon: string, card: string | undefined): Promise<string> {
  const key = `${addon} ${card ?? ''}`;
  const known = titles.get(key);
  if (known !== undefined) return known;
  const asked = import('./tensorflow/install/tryAddon').then(async ({ tryAddon }) => {
    const trial = await tryAddon(addon, { card });
    const name = trial.works ? trial.gpu?.name : undefined;
    return name === undefined ? titleOf('cuda') : `${titleOf('cuda')}: ${name}`;
  });
  titles.set(key, asked);
  return asked;
}
