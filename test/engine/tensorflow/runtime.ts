import * as path from 'node:path';
import { addonPath, installRuntime } from '../../../src/backends/tensorflow/install/runtime';
import { indexEnvironment } from './wheel';

/** Outside the temporary folder and ignored by git: what is fetched serves all runs of the tests. */
export const runtimeStorage = path.resolve(__dirname, '../../../.atelier');

/** TensorFlow for the CPU, installed by the product's own installer unless it is there. */
export async function tensorflowAddon(): Promise<string> {
  Object.assign(process.env, await indexEnvironment());
  await installRuntime({ storage: runtimeStorage, variant: 'cpu', consent: true });
  return addonPath(runtimeStorage);
}
