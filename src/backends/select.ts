import { AtelierError, reportError } from '../errors';
import type { Network } from '../models/network';
import type { Executor } from '../nst/executor';

/** A device by name. */
export type DeviceName = 'cpu' | 'webgpu' | 'cuda' | 'wasm';

export interface DeviceOptions {
  /** `auto` takes the first of the ladder that works. */
  readonly device: 'auto' | DeviceName;
  /** Threads of one evaluation on the CPU; 0 for all physical cores. */
  readonly threads: number;
}

/** A device that is ready to compute. */
export interface Device {
  readonly name: DeviceName;
  /** For people: what computes, and with how many threads. */
  readonly title: string;
  /** Why this one and not another. */
  readonly reason: string;
  /** Image vectors are the device's own business. */
  readonly executor: Executor<unknown>;
}

/** Whether a device can be used here, and why or why not. */
export interface DeviceReport {
  readonly device: DeviceName;
  readonly title: string;
  readonly usable: boolean;
  readonly reason: string;
  /** What to do about it, when something can be done. */
  readonly next?: string;
  /** Whether `auto` takes it. */
  readonly chosen: boolean;
}

/** What `auto` tries, best first. */
const LADDER = ['cpu', 'wasm'] as const;

/**
 * Opens the device that was asked for, or the best that works here.
 * @throws `device-unavailable` with the reason, when the device that was asked for cannot be used
 */
export async function openDevice(network: Network, { device, threads }: DeviceOptions): Promise<Device> {
  if (device !== 'auto') return open(network, device, threads, 'it was asked for');
  const refusals: string[] = [];
  for (const name of LADDER) {
    try {
      const reason = refusals.length === 0 ? 'the fastest that works here' : refusals.join('; ');
      return await open(network, name, threads, reason);
    } catch (error) {
      if (!(error instanceof AtelierError) || error.code !== 'device-unavailable') throw error;
      refusals.push(`${name}: ${error.message}`);
    }
  }
  throw new AtelierError('device-unavailable', `No device can be used here: ${refusals.join('; ')}`);
}

async function open(network: Network, name: DeviceName, threads: number, reason: string): Promise<Device> {
  if (name === 'cuda') {
    throw new AtelierError('device-unavailable', 'The CUDA runtime is not installed.', {
      next: 'Choose the device auto or cpu.',
    });
  }
  const { OnnxExecutor } = await import('./onnx/executor');
  const executor = await OnnxExecutor.create(network, { provider: name, threads });
  if (name === 'webgpu') await probe(executor);
  return { name, title: titleOf(name, threads), reason, executor };
}

/** Evaluates one layer on a tiny picture: an adapter that is missing shows only when something runs. */
async function probe(executor: Executor<unknown>): Promise<void> {
  const grey = { width: 16, height: 16, data: new Float32Array(3 * 16 * 16).fill(0.5) };
  try {
    await executor.grams(grey, ['conv1_1'], { pooling: 'avg', tap: 'post' });
  } catch (cause) {
    const reason = /Failed to get a WebGPU adapter: (.*)/.exec(String(cause))?.[1] ?? String(cause);
    throw new AtelierError('device-unavailable', `No GPU can be used through WebGPU: ${reason}.`, {
      next: 'Choose the device auto or cpu.',
      cause,
    });
  }
}

function titleOf(name: DeviceName, threads: number): string {
  const title = { cpu: 'CPU', wasm: 'CPU (WebAssembly)', webgpu: 'WebGPU', cuda: 'CUDA' }[name];
  if (name === 'webgpu' || name === 'cuda') return title;
  return threads === 0 ? title : `${title}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}

/** Every device, with the truth about it. */
export async function reportDevices(threads: number): Promise<DeviceReport[]> {
  const reports: DeviceReport[] = [];
  for (const name of LADDER) {
    const chosen = !reports.some(report => report.chosen);
    const about = { device: name, title: titleOf(name, threads) };
    try {
      const { loadRuntime } = await import('./onnx/runtime');
      const { env } = await loadRuntime(name, threads);
      const version = env.versions.common;
      reports.push({ ...about, usable: true, reason: `onnxruntime ${version ?? ''} works`, chosen });
    } catch (error) {
      const { message, next } = reportError(error);
      reports.push({
        ...about,
        usable: false,
        reason: message,
        ...(next === undefined ? {} : { next }),
        chosen: false,
      });
    }
  }
  return reports;
}
