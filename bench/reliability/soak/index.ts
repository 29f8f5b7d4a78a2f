import * as fs from 'node:fs';
import * as path from 'node:path';
import type { EngineClientOptions } from '../../../src/engine/process/client';
import { deleteJob } from '../../../src/jobs/deletion';
import { createJob } from '../../../src/jobs/folder';
import type { Recipe } from '../../../src/recipe/recipe';
import type { Campaign, Trial } from '../campaign';
import { Chance } from '../chance';
import { SmallWorkshop } from '../smallWorkshop';
import { table } from '../tally';
import { ROUNDS, type Desk } from './rounds';
import { growth, vitalsOf, type Vitals } from './vitals';
import { Window } from './window';

/** How often memory and handles are read. */
const SAMPLE_MS = 20_000;

interface Sample {
  readonly minutes: number;
  readonly rounds: number;
  readonly engine: Vitals;
  readonly supervisor: Vitals;
}

/**
 * Paintings, figures, cancels and reloads in turn, round by round, against one engine and its supervisor, this
 * process. Nothing may grow, and nothing may be left.
 */
export class Soak implements Campaign {
  readonly samples: Sample[] = [];
  private readonly workshop = new SmallWorkshop();
  private readonly wholes = new Map<string, Promise<Buffer>>();
  private window!: Window;
  private readonly began = performance.now();
  private enginePid = 0;
  private rounds = 0;
  private sampledAt = -Infinity;

  async open(): Promise<void> {
    await this.workshop.open();
    this.window = this.openWindow();
    await this.whole({});
    this.enginePid = this.window.client.pid ?? 0;
  }

  async attempt(seed: number): Promise<Trial> {
    const chance = new Chance(seed);
    const kind = chance.pick(Object.keys(ROUNDS));
    const fault = await this.play(kind, chance);
    this.rounds += 1;
    if (performance.now() - this.sampledAt > SAMPLE_MS) this.sample();
    return { kind, ...(fault === undefined ? {} : { fault }) };
  }

  async close(): Promise<readonly string[]> {
    const { workshop } = this;
    const grown = [
      ...growth(this.samples.map(({ engine }) => engine)).map(words => `engine: ${words}`),
      ...growth(this.samples.map(({ supervisor }) => supervisor)).map(words => `supervisor: ${words}`),
    ];
    await this.window.client.close();
    const left = workshop.processes().map(pid => `process ${pid} is left`);
    const files = this.leftFiles().map(file => `${file} is left`);
    await workshop.close();
    return [...grown, ...left, ...files];
  }

  /** Memory and handles over time: a row for every twelfth of it. */
  table(): string {
    const every = Math.max(1, Math.ceil(this.samples.length / 12));
    const rows = this.samples.filter((_, i) => i % every === 0 || i === this.samples.length - 1);
    const cells = ({ residentMiB, handles, threads }: Vitals) =>
      [residentMiB, handles, threads].map(value => value.toFixed(0));
    return table(
      [
        ...['minute', 'rounds', 'engine, MiB', 'handles', 'threads'],
        ...['supervisor, MiB', 'handles', 'threads'],
      ],
      rows.map(({ minutes, rounds, engine, supervisor }) => [
        ...[minutes.toFixed(0), String(rounds)],
        ...[...cells(engine), ...cells(supervisor)],
      ]),
    );
  }

  private async play(kind: string, chance: Chance): Promise<string | undefined> {
    const { workshop, window } = this;
    const desk: Desk = {
      ...{ workshop, chance, window },
      openWindow: () => this.openWindow(),
      whole: fields => this.whole(fields),
    };
    try {
      await ROUNDS[kind]?.(desk);
      if (window.client.pid !== this.enginePid) throw new Error('it is another engine');
      const complaints = window.takeComplaints();
      if (complaints.length > 0) throw new Error(`the engine said: ${complaints.join('; ')}`);
      return undefined;
    } catch (error) {
      this.enginePid = window.client.pid ?? 0;
      this.cleanUp();
      return error instanceof Error ? error.message : String(error);
    }
  }

  private openWindow(): Window {
    const options: EngineClientOptions = {
      entry: this.workshop.engineEntry,
      settings: { device: 'cpu', threads: 1, storage: this.workshop.storage, mirror: '' },
    };
    return new Window(options);
  }

  private whole(fields: Partial<Recipe>): Promise<Buffer> {
    const key = JSON.stringify(fields);
    const known = this.wholes.get(key) ?? this.paintWhole(fields, this.wholes.size);
    this.wholes.set(key, known);
    return known;
  }

  private async paintWhole(fields: Partial<Recipe>, index: number): Promise<Buffer> {
    const { workshop } = this;
    const output = workshop.at(`whole-${index}.png`);
    const job = createJob(workshop.storage, workshop.recipe({ ...fields, output }));
    await this.window.run(job, 'done');
    deleteJob(workshop.storage, job);
    return fs.readFileSync(output);
  }

  private sample(): void {
    const { pid } = this.window.client;
    if (pid === undefined) return;
    this.sampledAt = performance.now();
    globalThis.gc?.();
    this.samples.push({
      minutes: (performance.now() - this.began) / 60_000,
      rounds: this.rounds,
      engine: vitalsOf(pid),
      supervisor: vitalsOf(process.pid),
    });
  }

  /** After a fault, so that it is not told again as that of the next round. */
  private cleanUp(): void {
    for (const folder of ['jobs', 'figures'])
      fs.rmSync(path.join(this.workshop.storage, folder), { recursive: true, force: true });
  }

  /** What the storage holds after every round has cleaned up behind itself. */
  private leftFiles(): string[] {
    const { storage } = this.workshop;
    const inside = (folder: string) => {
      const place = path.join(storage, folder);
      return fs.existsSync(place) ? fs.readdirSync(place).map(name => path.join(folder, name)) : [];
    };
    const locks = fs.readdirSync(storage).filter(name => name.includes('lock'));
    return [...inside('jobs'), ...inside('figures'), ...locks];
  }
}
