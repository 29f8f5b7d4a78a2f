import * as fs from 'node:fs';
import * as path from 'node:path';
import { isTemporary } from '../../../src/common/atomicFile';
import type { Ended } from '../../../test/engine/stage/workshop';
import type { Campaign, Trial } from '../campaign';
import { Chance } from '../chance';
import { runKilled } from '../kills/killed';
import { chooseKill, Killer, type Kill, type RunLength } from '../kills/plan';
import { SmallWorkshop } from '../smallWorkshop';
import type { Chore, Scene } from './chore';
import { digest } from './digest';
import { reconstructing, trading } from './figures';
import { deleting, pruning } from './jobs';
import { downloading, importing } from './networks';

const CHORES: readonly Chore[] = [importing, downloading, deleting, pruning, reconstructing, trading];

/** A chore that nothing came between. */
interface Whole extends RunLength {
  readonly outcome: string;
}

/**
 * Kills a command once or twice while it imports or downloads a network, deletes jobs, or makes a figure, asks for the same
 * again until it is done, and compares with one that nothing came between.
 */
export class Chores implements Campaign {
  private readonly workshop = new SmallWorkshop();
  private readonly wholes = new Map<Chore, Whole>();

  async open(): Promise<void> {
    await this.workshop.open();
  }

  async attempt(seed: number): Promise<Trial> {
    const chance = new Chance(seed);
    const chore = chance.pick(CHORES);
    const by = chance.pick(['time', 'operation'] as const);
    const whole = this.wholes.get(chore) ?? (await this.follow(chore));
    this.wholes.set(chore, whole);
    const kills = Array.from({ length: chance.happens(0.4) ? 2 : 1 }, () => chooseKill(chance, by, whole));
    try {
      const made = await this.inScene(chore, `trial-${seed}`, scene => this.assault(scene, kills, whole));
      return { kind: made === 0 ? 'over before the kill' : chore.name };
    } catch (error) {
      return { kind: chore.name, fault: error instanceof Error ? error.message : String(error) };
    }
  }

  async close(): Promise<readonly string[]> {
    const left = this.workshop.processes().map(pid => `process ${pid} is left`);
    await this.workshop.close();
    return left;
  }

  private follow(chore: Chore): Promise<Whole> {
    return this.inScene(chore, 'whole', async scene => {
      const began = performance.now();
      const { code, stderr } = await this.live(scene, undefined);
      if (code !== 0) throw new Error(`${chore.name}: ${stderr}`);
      const milliseconds = performance.now() - began;
      return {
        milliseconds,
        operations: new Killer(this.workshop.folder).operations,
        outcome: scene.outcome(),
      };
    });
  }

  /** @returns how many kills there were: it may be done before one */
  private async assault(scene: Scene, kills: readonly Kill[], whole: Whole): Promise<number> {
    let made = 0;
    const before = scene.kept.map(place => digest(place));
    for (const kill of [...kills, undefined]) {
      const { code, stderr } = await this.live(scene, kill);
      if (code === null) made += 1;
      const isDone = code === 0 || scene.wasDone?.(stderr) === true;
      if (!isDone && (code !== null || kill === undefined))
        throw new Error(`exit code ${code}: ${stderr.trim()}`);
      scene.kept.forEach((place, i) => {
        if (!fs.existsSync(place)) throw new Error(`${path.basename(place)} is lost`);
        if (digest(place) !== before[i]) throw new Error(`${path.basename(place)} was changed`);
      });
      if (isDone) break;
    }
    const outcome = scene.outcome();
    if (outcome !== whole.outcome) throw new Error(`it became\n${outcome}\nand not\n${whole.outcome}`);
    const names = fs.readdirSync(path.dirname(scene.storage), { recursive: true, encoding: 'utf8' });
    const left = names.filter(name => isTemporary(path.basename(name)) || name.endsWith('.part'));
    if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`);
    return made;
  }

  private live({ program, storage }: Scene, kill: Kill | undefined): Promise<Ended> {
    return runKilled(this.workshop, program, { storage }, kill);
  }

  private async inScene<T>(chore: Chore, name: string, play: (scene: Scene) => Promise<T>): Promise<T> {
    const folder = path.join(this.workshop.folder, name);
    fs.mkdirSync(folder, { recursive: true });
    const scene = await chore.set(folder, this.workshop);
    try {
      return await play(scene);
    } finally {
      await scene.close?.();
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
}
