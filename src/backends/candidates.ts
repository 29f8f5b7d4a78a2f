import { AtelierError, type Explanation } from '../common/errors';
import { msg } from '../common/messages';
import { DEVICE_PREFERENCE, type DeviceName, type TensorflowPlaces } from './device';
import { hasGraphicsCard } from './machine';
import { providerOf } from './open';
import { recentCrashes } from './watch';

/** A device of the ladder, and what stands in its way before anything is tried. */
export interface Candidate {
  readonly name: DeviceName;
  /** Whether somebody has installed or named it: then to compute with another has to be said. */
  readonly installed: boolean;
  readonly obstacle?: Explanation;
}

/** Crashes of the engine under a device within a day, after which `auto` leaves it alone. */
const MAX_CRASHES = 2;

/** The ladder, with what can be told of each device without opening it. */
export async function candidates(places: TensorflowPlaces): Promise<Candidate[]> {
  return Promise.all(
    DEVICE_PREFERENCE.map(async name => {
      const installed = name === 'cuda' && (await hasCuda(places));
      try {
        await requirePossible(name, places);
        return { name, installed };
      } catch (error) {
        if (!(error instanceof AtelierError)) throw error;
        return { name, installed, obstacle: error.explanation };
      }
    }),
  );
}

/** Whether a TensorFlow for CUDA was installed, or one was named, usable or not. */
async function hasCuda(places: TensorflowPlaces): Promise<boolean> {
  const { namedTensorflow } = await import('./tensorflow/locate');
  if (namedTensorflow(places) !== undefined) return true;
  const { readRuntime } = await import('./tensorflow/install/runtime');
  return (await readRuntime(places.storage))?.variant === 'cuda';
}

/** @throws `device-unavailable` with what stands in the way */
async function requirePossible(
  name: (typeof DEVICE_PREFERENCE)[number],
  places: TensorflowPlaces,
): Promise<void> {
  if (name === 'cpu' || name === 'wasm') return;
  if (name === 'webgpu') {
    providerOf(name);
    if (!(await hasGraphicsCard()))
      throw new AtelierError('device-unavailable', msg`There is no graphics card.`);
  } else {
    const { locateTensorflow } = await import('./tensorflow/locate');
    const { variant } = await locateTensorflow(places);
    if (variant === 'cpu')
      throw new AtelierError(
        'device-unavailable',
        msg`The TensorFlow that is installed is the one for the CPU.`,
      );
  }
  const crashes = recentCrashes(places.storage, name);
  if (crashes >= MAX_CRASHES) {
    throw new AtelierError(
      'device-unavailable',
      msg`The engine ended unexpectedly ${crashes} times today while it used this device.`,
      { next: msg`Update the driver; asked for by name, the device is tried all the same.` },
    );
  }
}
