import type * as Tfjs from '@tensorflow/tfjs-core';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';
import type { TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding';
import * as util from 'node:util';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { runtimeEnvironment, type RuntimeOptions } from './environment';

/** The name under which tfjs knows the backend; its kernels are registered for this one. */
const BACKEND = 'tensorflow';

/** TensorFlow in this process, with tfjs on top of it. */
export interface Session {
  readonly tf: typeof Tfjs;
  readonly backend: NodeJSKernelBackend;
  /** TensorFlow's version. */
  readonly version: string;
  /** The truth about what computes: tfjs falls back to the CPU without a word. */
  readonly usesGpu: boolean;
  /**
   * Allows the operations that follow to round products to TensorFloat-32, or forbids it, on a card that was asked to be
   * fast; undefined where everything is exact.
   */
  readonly allowRounding?: (allowed: boolean) => void;
}

/** Our own addon's; that of a package of tfjs-node has no switch, nor has one for a TensorFlow without it. */
export interface Binding extends TFJSBinding {
  readonly enableTensorFloat32?: (enabled: boolean) => void;
}

let opened: { readonly addon: string; readonly binding: Binding; readonly session: Session } | undefined;

/**
 * Loads TensorFlow through its addon. It cannot be unloaded: a process has one at most.
 * @param options count for the first call only, but for `precision`
 * @throws `device-unavailable` when the addon does not load, or when another one is loaded already
 */
export async function openSession(addon: string, options: RuntimeOptions): Promise<Session> {
  if (opened?.addon === addon) return withPrecision(opened.session, opened.binding, options);
  if (opened !== undefined) {
    throw new AtelierError('device-unavailable', msg`TensorFlow is already loaded from ${opened.addon}.`, {
      next: msg`Restart the program to use another one.`,
    });
  }
  Object.assign(process.env, runtimeEnvironment(options));
  const binding = loadAddon(addon);
  restoreUtil();
  const tf = await import('@tensorflow/tfjs-core');
  const { NodeJSKernelBackend } = await import('@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend');
  const backend = new NodeJSKernelBackend(binding, '@tensorflow/tfjs-node-gpu');
  tf.registerBackend(BACKEND, () => backend);
  if (!(await tf.setBackend(BACKEND))) throw new Error('tfjs refuses the backend');
  const session = { tf, backend, version: binding.TF_Version, usesGpu: backend.isUsingGpuDevice };
  opened = { addon, binding, session };
  return withPrecision(session, binding, options);
}

/** TensorFlow itself begins with rounding allowed. */
export function withPrecision(session: Session, binding: Binding, { precision }: RuntimeOptions): Session {
  const { enableTensorFloat32 } = binding;
  enableTensorFloat32?.(false);
  // What NVIDIA's libraries have read as they were loaded holds for as long as the process does.
  const mayRound = precision === 'fast' && session.usesGpu && process.env.NVIDIA_TF32_OVERRIDE !== '0';
  return mayRound && enableTensorFloat32 !== undefined
    ? { ...session, allowRounding: enableTensorFloat32 }
    : session;
}

function loadAddon(addon: string): Binding {
  const loaded: { exports: unknown } = { exports: {} };
  try {
    process.dlopen(loaded, addon);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AtelierError('device-unavailable', msg`TensorFlow does not load: ${reason}.`, {
      next: msg`Install the CUDA runtime again, or choose another device.`,
      cause,
    });
  }
  return loaded.exports as Binding;
}

/** tfjs-node 4.22 calls functions of `node:util` that Node 23 has removed. */
function restoreUtil(): void {
  const removed = {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  };
  // A namespace object cannot be written to; the module that tfjs requires can.
  const target = ((util as { default?: object }).default ?? util) as Record<string, unknown>;
  for (const [name, substitute] of Object.entries(removed)) target[name] ??= substitute;
}
