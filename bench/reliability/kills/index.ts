import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Campaign, Trial } from '../campaign';
import { Chance } from '../chance';
import { SmallWorkshop } from '../smallWorkshop';
import { command } from './command';
import { engine } from './engine';
import { PAINTINGS, type Painting } from './paintings';
import { Place, type Whole } from './place';
import { chooseKill, type RunLength, type Victim } from './plan';
import { SmallDisk } from './smallDisk';

const victims: Readonly<Record<string, Victim>> = { command, engine };
const moments = { time: 'at any moment', operation: 'in a file operation' } as const;
const disks = { ample: '', full: ', disk nearly full' } as const;

/** More than any of the paintings needs, with its job. */
const ROOM = 400_000;

/**
 * Kills the engine or the command once or twice in the course of a painting, has it go on until it is done, and
 * compares its bytes with those of a painting that nothing came between.
 */
export class Kills implements Campaign {
  private readonly workshop = new SmallWorkshop();
  private readonly wholes = new Map<Painting, Whole>();
  private readonly lengths = new Map<string, RunLength>();
  private disk: SmallDisk | undefined;

  async open(): Promise<void> {
    await this.workshop.open();
    this.disk = SmallDisk.mount(path.join(this.workshop.folder, 'disk'));
    for (const painting of PAINTINGS) {
      const bytes = await this.paintWhole('command', painting);
      const earlier = painting.replaces && (await this.paintWhole('command', other(painting)));
      this.wholes.set(painting, { bytes, ...(earlier ? { earlier } : {}) });
    }
    await this.paintWhole('engine', PAINTINGS[0]!);
  }

  async attempt(seed: number): Promise<Trial> {
    const chance = new Chance(seed);
    const name = chance.pick(Object.keys(victims));
    const by = chance.pick(['time', 'operation'] as const);
    const disk = chance.pick(this.disk === undefined ? (['ample'] as const) : (['ample', 'full'] as const));
    const painting = chance.pick(PAINTINGS);
    const kind = `${name}, ${moments[by]}${disks[disk]}`;
    const whole = this.wholes.get(painting)!;
    this.disk?.clear();
    const folder = path.join(this.workshop.folder, disk === 'full' ? 'disk' : '.', `trial-${seed}`);
    const place = new Place(folder, painting, this.workshop, whole.earlier);
    if (disk === 'full') this.disk?.leave(chance.below(ROOM));
    try {
      const count = chance.happens(0.4) ? 2 : 1;
      const kills = Array.from({ length: count }, () => chooseKill(chance, by, this.lengths.get(name)!));
      const made = await victims[name]!.assault({
        ...{ workshop: this.workshop, place, whole, kills },
        isTight: disk === 'full',
        makeRoom: () => this.disk?.clear(),
      });
      place.checkDone(whole);
      return { kind: made === 0 ? `over before the kill` : kind };
    } catch (error) {
      return { kind, fault: `${painting.name}: ${error instanceof Error ? error.message : String(error)}` };
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }

  async close(): Promise<readonly string[]> {
    const left = this.workshop.processes().map(pid => `process ${pid} is left`);
    this.disk?.unmount();
    await this.workshop.close();
    return left;
  }

  private async paintWhole(victim: string, painting: Painting): Promise<Buffer> {
    const folder = path.join(this.workshop.folder, `whole-${this.lengths.size}`);
    const place = new Place(folder, painting, this.workshop);
    const length = await victims[victim]!.follow(this.workshop, place);
    // Of all paintings the shortest: a kill that comes too late is none.
    const known = this.lengths.get(victim) ?? length;
    this.lengths.set(victim, {
      operations: Math.min(known.operations, length.operations),
      milliseconds: Math.min(known.milliseconds, length.milliseconds),
    });
    const [file] = place.results();
    if (file === undefined) throw new Error(`${painting.name}: there is no painting`);
    const bytes = fs.readFileSync(file);
    fs.rmSync(folder, { recursive: true });
    return bytes;
  }
}

/** Another painting for the same place. */
function other(painting: Painting): Painting {
  return { ...painting, fields: { ...painting.fields, seed: 99 } };
}
