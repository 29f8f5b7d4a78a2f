import type { Executor } from '../nst/executor';
import type { Message } from '../common/messages';

/**
 * Devices by name. `tensorflow` is TensorFlow wherever it computes; `cuda` is TensorFlow on an NVIDIA card and nothing
 * else. The last two are for those who ask for them: they have not been proved.
 */
export const DEVICES = ['cuda', 'webgpu', 'cpu', 'wasm', 'tensorflow', 'directml', 'coreml'] as const;

export type DeviceName = (typeof DEVICES)[number];

/**
 * How products are computed: `exact` in float32 everywhere; `fast` lets an NVIDIA card round what its convolutions
 * multiply to 10 bits (TensorFloat-32).
 */
export const PRECISIONS = ['exact', 'fast'] as const;

export type Precision = (typeof PRECISIONS)[number];

/** A device that is ready to compute. */
export interface Device {
  /** What really computes, which is not always what was asked for. */
  readonly name: DeviceName;
  /** For people: what computes, and with how many threads. */
  readonly title: string;
  /** Why this one and not another. */
  readonly reason: Message;
  /** Why it is not the device that was to be expected, if so: people are told. */
  readonly fallback?: Message;
  /** Image vectors are the device's own business. */
  readonly executor: Executor<unknown>;
}

/** Orders of the values of a feature map: channels first, or last. */
export const MAP_LAYOUTS = ['NHWC', 'NCHW'] as const;

export type MapLayout = (typeof MAP_LAYOUTS)[number];

export interface MachineOptions {
  /** Threads of one evaluation on the CPU; 0 for all physical cores. */
  readonly threads: number;
  /** Holds the TensorFlow runtime and what was measured. */
  readonly storage: string;
  /** Folder of a TensorFlow to use in place of the runtime; by default what the environment names, if anything. */
  readonly tensorflow?: string;
  /** The NVIDIA card to compute on: its number, the fastest being 0, or its UUID; by default the fastest. */
  readonly card?: string;
  /** `exact` by default. */
  readonly precision?: Precision;
  /** Of the devices that have a choice, the one that was measured to be the faster; by default their library's. */
  readonly layout?: MapLayout;
}

/** Where a TensorFlow may be. */
export type TensorflowPlaces = Pick<MachineOptions, 'storage' | 'tensorflow' | 'card' | 'precision'>;

export interface DeviceOptions extends MachineOptions {
  /** `auto` takes the fastest of the ladder that works. */
  readonly device: 'auto' | DeviceName;
}
