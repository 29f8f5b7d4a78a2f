import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Chance } from '../chance';
import type { SmallWorkshop } from '../smallWorkshop';
import type { Place, Whole } from './place';

/** How a process is to end before its time. */
export type Kill =
  /** In its n-th operation on files: before it, in the middle of its bytes, or after it. */
  | { readonly operation: number; readonly phase: 'before' | 'half' | 'after' }
  /** So long after its start. */
  | { readonly afterMs: number };

/** What an undisturbed process takes, from which the moments of kills are chosen. */
export interface RunLength {
  readonly operations: number;
  readonly milliseconds: number;
}

/** A painting that is made in spite of kills. */
export interface Assault {
  readonly workshop: SmallWorkshop;
  readonly place: Place;
  readonly whole: Whole;
  readonly kills: readonly Kill[];
  /** Frees the disk, when it was filled. */
  readonly makeRoom: () => void;
  /** Whether there is too little room until then. */
  readonly isTight: boolean;
}

/** What is killed. */
export interface Victim {
  /** Has a painting made without disturbance, and measures how that went. */
  follow(workshop: SmallWorkshop, place: Place): Promise<RunLength>;
  /**
   * Kills it as planned and has the painting gone on with until it is done.
   * @returns how many kills there were: it may be done before one
   * @throws what does not go as it has to
   */
  assault(assault: Assault): Promise<number>;
}

/** A moment anywhere in the course of a process. */
export function chooseKill(chance: Chance, by: 'time' | 'operation', length: RunLength): Kill {
  if (by === 'time') return { afterMs: chance.part() * length.milliseconds };
  return {
    operation: 1 + chance.below(length.operations),
    phase: chance.pick(['before', 'half', 'after'] as const),
  };
}

/** The program that is loaded into a process which is to be killed, and the environment that it is told by. */
export class Killer {
  static readonly program = path.join(__dirname, 'killer.js');
  private readonly plan: string;
  private readonly counted: string;

  constructor(folder: string) {
    this.plan = path.join(folder, 'kills');
    this.counted = path.join(folder, 'operations');
  }

  get env(): NodeJS.ProcessEnv {
    return { ATELIER_KILL_PLAN: this.plan, ATELIER_OPERATION_COUNT: this.counted };
  }

  /** @param kills of the processes to come, in their order; those after them live on */
  plot(kills: readonly Kill[]): void {
    const line = (kill: Kill) => ('operation' in kill ? `${kill.operation} ${kill.phase}` : '');
    fs.writeFileSync(this.plan, kills.map(line).join('\n'));
  }

  /** Operations on files of the process that has ended last. */
  get operations(): number {
    return Number(fs.readFileSync(this.counted, 'utf8'));
  }
}
