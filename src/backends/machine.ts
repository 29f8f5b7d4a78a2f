import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { TENSORFLOW_VERSION } from './tensorflow/install/wheels';
import type { TensorflowPlaces } from './device';
import { namedTensorflow } from './tensorflow/locate';
import { readRuntime } from './tensorflow/install/runtime';
import { version } from '../common/version';

/**
 * Names this machine as far as the speed and soundness of its devices depend on it: processor, cards, drivers,
 * runtimes, and this version of Atelier. Measurements of another fingerprint are void.
 */
export async function machineFingerprint(places: TensorflowPlaces): Promise<string> {
  const runtime = await readRuntime(places.storage);
  const parts = [
    ...[version, process.platform, process.arch, os.release(), os.cpus()[0]?.model ?? ''],
    ...[String(os.availableParallelism()), ...(await graphicsCards())],
    ...(runtime === undefined ? [] : [runtime.variant, runtime.version, TENSORFLOW_VERSION]),
    ...[namedTensorflow(places), process.env.VK_ICD_FILENAMES, process.env.VK_DRIVER_FILES],
    ...[places.card, places.precision, process.env.CUDA_VISIBLE_DEVICES, process.env.CUDA_DEVICE_ORDER],
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/** Linux shows a card and its driver here; elsewhere the system's release has to do. */
async function graphicsCards(): Promise<string[]> {
  const cards = await fs.readdir('/sys/class/drm').catch(() => []);
  const nodes = cards.filter(name => name.startsWith('renderD')).sort();
  const identified = nodes.map(async node => {
    const device = path.join('/sys/class/drm', node, 'device');
    const [vendor, model] = await Promise.all(
      ['vendor', 'device'].map(name => readText(path.join(device, name))),
    );
    return `${vendor ?? ''}:${model ?? ''}`;
  });
  const nvidia = await readText('/proc/driver/nvidia/version');
  return [...(await Promise.all(identified)), nvidia ?? ''];
}

/** Whether this machine has a graphics card at all, as far as can be told without opening it. */
export async function hasGraphicsCard(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  // Somebody names a driver, of a software adapter for instance.
  if (process.env.VK_ICD_FILENAMES ?? process.env.VK_DRIVER_FILES) return true;
  const nodes = await fs.readdir('/dev/dri').catch(() => []);
  if (nodes.some(name => name.startsWith('renderD'))) return true;
  // NVIDIA's own device, and Windows's card inside WSL2.
  return (await exists('/dev/nvidia0')) || (await exists('/dev/dxg'));
}

function readText(file: string): Promise<string | undefined> {
  return fs.readFile(file, 'utf8').then(
    text => text.trim(),
    () => undefined,
  );
}

function exists(file: string): Promise<boolean> {
  return fs.access(file).then(
    () => true,
    () => false,
  );
}
