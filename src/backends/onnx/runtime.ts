import type * as Ort from 'onnxruntime-common';
import type { MapLayout } from '../device';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';

/** The onnxruntime API, from the native package or from the WebAssembly one. */
export type Runtime = typeof Ort;

/** Where a graph runs. `wasm` runs wherever Node does; the others need the native package. */
export type Provider = 'cpu' | 'webgpu' | 'dml' | 'coreml' | 'wasm';

/**
 * Loads the runtime of a provider.
 *
 * @throws `device-unavailable` when the package has no binary for this platform.
 */
export async function loadRuntime(provider: Provider, threads: number): Promise<Runtime> {
  if (provider === 'wasm') {
    const web = await import('onnxruntime-web');
    if (threads > 0) web.env.wasm.numThreads = threads;
    return web;
  }
  // The library's own switch, read once when it is loaded: without it, it reports its use to its maker over the
  // network and leaves an identifier in the home folder. Nothing leaves this machine unasked.
  process.env.ORT_DISABLE_TELEMETRY = '1';
  try {
    return await import('onnxruntime-node');
  } catch (cause) {
    const platform = `${process.platform}-${process.arch}`;
    throw new AtelierError('device-unavailable', msg`onnxruntime has no native build for ${platform} here.`, {
      next: msg`Choose the device wasm.`,
      cause,
    });
  }
}

/**
 * Options of a session.
 *
 * @param threads threads of one evaluation; 0 lets the runtime take all physical cores.
 * @param layout of the provider's own maps, where it has a choice; by default its own
 */
export function sessionOptions(
  provider: Provider,
  threads: number,
  layout?: MapLayout,
): Ort.InferenceSession.SessionOptions {
  return {
    executionProviders: [layout === undefined ? provider : { name: provider, preferredLayout: layout }],
    graphOptimizationLevel: 'all',
    ...(threads > 0 ? { intraOpNumThreads: threads } : {}),
    interOpNumThreads: 1,
    // Threads that wait for work by spinning hold the cores that the optimizer, previews and other programs could use: without,
    // a painting took less time, and a third less of the processor's.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    // A memory pattern is one more block beside what the first run allocated: half again as much, no faster.
    enableMemPattern: false,
    // Warnings about initializers and provider assignment are for authors of models, not for people.
    logSeverityLevel: 3,
  };
}
