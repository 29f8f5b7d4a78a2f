import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { Painter } from './painter';
import { isAlive, Workshop } from './workshop';

type Options = ConstructorParameters<typeof Painter> extends [unknown, ...infer Rest] ? Rest : never;

/** A suite's workshop, and engines in it that are closed after each test and leave no process. */
export class Painters {
  readonly workshop = new Workshop();
  private readonly made: Painter[] = [];

  constructor() {
    beforeAll(async () => void (await this.workshop.open()));
    afterEach(async () => {
      const clients = this.made.splice(0).map(({ client }) => client);
      const pids = clients.map(({ pid }) => pid).filter(pid => pid !== undefined);
      await Promise.all(clients.map(client => client.close()));
      expect(pids.filter(isAlive)).toEqual([]);
    });
    afterAll(() => this.workshop.close());
  }

  /** Another engine. */
  readonly start = (...options: Options): Painter => {
    const painter = new Painter(this.workshop, ...options);
    this.made.push(painter);
    return painter;
  };
}
