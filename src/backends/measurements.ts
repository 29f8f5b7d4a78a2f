import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { z } from 'zod';
import { writeJsonAtomically } from '../common/atomicFile';
import { DEVICES, MAP_LAYOUTS, type DeviceName, type TensorflowPlaces } from './device';
import { machineFingerprint } from './machine';
import type { Probe } from './probe';
import { messageSchema } from '../common/messageSchema';
import { makeFolder } from '../common/makeFolder';

const probe = z.union([
  z.object({
    works: z.literal(true),
    title: z.string(),
    ms: z.number().positive(),
    layout: z.enum(MAP_LAYOUTS).exactOptional(),
    agreement: z.object({ losses: z.number(), gradient: z.number() }).exactOptional(),
  }),
  z.object({ works: z.literal(false), reason: messageSchema, next: z.exactOptional(messageSchema) }),
]);

const file = z.object({
  machine: z.string(),
  devices: z.partialRecord(z.enum(DEVICES), probe),
});

/** What was found out about the devices of this machine, remembered in the storage. */
export class Measurements {
  private constructor(
    private readonly file: string,
    private readonly machine: string,
    private devices: Readonly<Partial<Record<DeviceName, Probe>>>,
  ) {}

  /** Those of this machine and its drivers; none when anything about it has changed. */
  static async open(places: TensorflowPlaces): Promise<Measurements> {
    const name = path.join(places.storage, 'devices.json');
    const machine = await machineFingerprint(places);
    const text = await fs.readFile(name, 'utf8').catch(() => '');
    const stored = parse(text);
    return new Measurements(name, machine, stored?.machine === machine ? stored.devices : {});
  }

  of(device: DeviceName): Probe | undefined {
    return this.devices[device] ?? undecided.get(this.machine)?.get(device);
  }

  /**
   * Remembers, what was not decided for as long as this process lives; a storage that cannot be written costs the
   * memory, not the run.
   */
  remember(device: DeviceName, found: Probe): void {
    if (!found.works && found.undecided) {
      undecided.set(this.machine, new Map([...(undecided.get(this.machine) ?? []), [device, found]]));
      return;
    }
    undecided.get(this.machine)?.delete(device);
    this.devices = { ...this.devices, [device]: found };
    try {
      makeFolder(path.dirname(this.file));
      writeJsonAtomically(this.file, { machine: this.machine, devices: this.devices });
    } catch {
      // Measured again next time.
    }
  }
}

/** By machine: devices that were given up in this process, so that not every painting waits for them again. */
const undecided = new Map<string, Map<DeviceName, Probe>>();

function parse(text: string): z.infer<typeof file> | undefined {
  try {
    return file.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
