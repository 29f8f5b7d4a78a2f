import { withThreads } from '../common/deviceTitle';
import type { Explanation } from '../common/errors';
import type { Message } from '../common/messages';
import type { Network } from '../models/network';
import type { Executor } from '../nst/executor';
import type { DeviceName, MachineOptions, MapLayout, TensorflowPlaces } from './device';

/** A device as the program knows it: what it is called, what stands in its way, and how it is opened. */
export interface Backend {
  readonly name: DeviceName;
  /** For people, before it is known more closely. */
  readonly title: string;
  /** Whether it computes on a graphics card, whose driver can fail where a processor does not. */
  readonly usesDriver: boolean;
  /** Whether it computes what is too large to be kept in bands; otherwise it keeps all maps for the way back. */
  readonly mayBand: boolean;
  /** The order of maps that its library takes by itself, and others that may be faster; by default there is no choice. */
  readonly layouts?: readonly [MapLayout, ...MapLayout[]];
  /** Whether its results are what those of the others are compared with. */
  readonly isReference?: true;
  /** Whether it is for where nothing else is, however fast it may be. */
  readonly isLastResort?: true;
  /** What stands in its way, as far as can be told without opening it; undefined when nothing does. */
  obstacle(places: TensorflowPlaces): Promise<Explanation | undefined>;
  /** Why it can never be had here, which a report says in place of the obstacle; undefined when it can. */
  lastingObstacle?(places: TensorflowPlaces): Promise<Explanation | undefined>;
  /** Whether somebody has installed or named it, usable or not; by default nobody has. */
  isInstalled?(places: TensorflowPlaces): Promise<boolean>;
  /** Memory of the card in bytes, undefined when unknown; by default it computes in that of the machine. */
  cardBytes?(): Promise<number | undefined>;
  /**
   * Opens it, without any check of its results.
   * @throws `device-unavailable` when it cannot be used here
   */
  open(network: Network, machine: MachineOptions): Promise<Opened>;
}

/** An executor, and what really computes. */
export interface Opened {
  readonly name: DeviceName;
  readonly title: string;
  /** Why it is not the device that was to be expected, if so: a library may fall back without a word. */
  readonly fallback?: Message;
  /** Whether it rounds products, so that its results are only about those of the others. */
  readonly rounds?: true;
  readonly executor: Executor<unknown>;
}

/** The title, with the threads where they say how fast it is. */
export function titleWith({ title, usesDriver }: Pick<Backend, 'title' | 'usesDriver'>, threads = 0): string {
  return usesDriver || threads === 0 ? title : withThreads(title, threads);
}
