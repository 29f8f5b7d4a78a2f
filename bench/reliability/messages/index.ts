import type { Campaign, Trial } from '../campaign';
import { Chance } from '../chance';
import { HostileParent } from './engine';
import { HostileHost } from './pages';

/** Whom messages are for. */
export type Addressee = 'engine' | 'pages';

/** Random and hostile messages to the engine and to each page: each stays as it was, and says what is wrong. */
export class Messages implements Campaign {
  private readonly addressees: readonly (HostileParent | HostileHost)[];

  /** @param to those that are told anything */
  constructor(to: readonly Addressee[] = ['engine', 'pages']) {
    this.addressees = to.map(name => (name === 'engine' ? new HostileParent() : new HostileHost()));
  }

  async open(): Promise<void> {
    for (const one of this.addressees) await one.open();
  }

  attempt(seed: number): Promise<Trial> {
    return new Chance(~seed >>> 0).pick(this.addressees).attempt(seed);
  }

  async close(): Promise<readonly string[]> {
    const faults = await Promise.all(this.addressees.map(one => one.close()));
    return faults.flat();
  }
}
