import type { Explanation } from '../common/errors';
import { msg } from '../common/messages';
import type { Backend } from './backend';
import type { DeviceName, TensorflowPlaces } from './device';
import { LADDER } from './registry';
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
    LADDER.map(async backend => {
      const { name } = backend;
      const installed = (await backend.isInstalled?.(places)) ?? false;
      const obstacle = (await backend.obstacle(places)) ?? crashesOf(backend, places);
      return { name, installed, ...(obstacle === undefined ? {} : { obstacle }) };
    }),
  );
}

function crashesOf({ name, usesDriver }: Backend, { storage }: TensorflowPlaces): Explanation | undefined {
  const crashes = usesDriver ? recentCrashes(storage, name) : 0;
  if (crashes < MAX_CRASHES) return undefined;
  return {
    message: msg`The engine stopped unexpectedly ${crashes} times today while using this device.`,
    next: msg`Update the driver, or choose this device explicitly to try it anyway.`,
  };
}
