import type { Campaign, Trial } from '../campaign';
import { Chance } from '../chance';
import { HostileParent } from './engine';
import { HostileHost } from './pages';

/** Whom messages are for. */
export type Addressee = 'engine' | 'pages';

/** Random and hostile messages to the engine and to each page: each stays as it was, and says what is wrong. */
export class Messages implements Campaign {
  private readonly addressees: Readonly<Record<Addressee, HostileParent | HostileHost>> = {
    engine: new HostileParent(),
    pages: new HostileHost(),
  };

  /** @param to those that are told anything */
  constructor(private readonly to: readonly Addressee[] = ['engine', 'pages']) {}

  async open(): Promise<void> {
    for (const name of this.to) await this.addressees[name].open();
  }

  attempt(seed: number): Promise<Trial> {
    return this.addressees[new Chance(~seed >>> 0).pick(this.to)].attempt(seed);
  }

  async close(): Promise<readonly string[]> {
    const faults = await Promise.all(this.to.map(name => this.addressees[name].close()));
    return faults.flat();
  }
}
