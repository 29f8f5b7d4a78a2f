import type { Backend } from './backend';
import type { DeviceName } from './device';
import { coreml, cpu, directml, wasm, webgpu } from './onnx/backend';
import { cuda, tensorflow } from './tensorflow/backend';

/** Every device, in the order in which reports name them. */
export const BACKENDS: Readonly<Record<DeviceName, Backend>> = {
  ...{ cuda, webgpu, cpu, wasm },
  // For those who ask for them: they have not been proved.
  ...{ tensorflow, directml, coreml },
};

/**
 * The ladder of `auto`: of equally fast devices the first. TensorFlow on the processor is not in it: it keeps all
 * maps of large sizes in memory, and the small network that speed is measured with says little of its speed with a
 * wide one.
 */
export const LADDER: readonly Backend[] = [cuda, webgpu, cpu, wasm];
