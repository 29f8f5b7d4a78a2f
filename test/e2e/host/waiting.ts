import { setTimeout as sleep } from 'node:timers/promises';

export interface Waiting {
  /** Milliseconds after which it is given up. */
  readonly timeout?: number;
  /** Milliseconds between two looks. */
  readonly interval?: number;
}

/**
 * Looks again and again until what is there is what is awaited.
 * @param what the thing that is awaited, for the sentence that tells of it: "the studio to say “Done”"
 * @param look reads what is there now; when it throws, there is nothing yet
 * @returns what was there then
 * @throws a sentence that says what was awaited, and what was there instead
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  isIt: (there: T) => boolean | Promise<boolean>,
  { timeout = 120_000, interval = 50 }: Waiting = {},
): Promise<T> {
  const started = Date.now();
  for (let there = 'nothing'; ; await sleep(interval)) {
    try {
      const found = await look();
      if (await isIt(found)) return found;
      there = JSON.stringify(found) ?? 'nothing';
    } catch (error) {
      there = `an error: ${String(error).split('\n')[0]}`;
    }
    const waited = Date.now() - started;
    if (waited > timeout)
      throw new Error(`Waited ${(waited / 1000).toFixed(0)} s for ${what}; there was ${there}.`);
  }
}

export interface Clicking {
  /** How often it is clicked at most. */
  readonly times?: number;
  /** Milliseconds without an effect after which a click is taken for lost. */
  readonly patience?: number;
}

/**
 * Clicks, and clicks again when the effect does not come: what is under the pointer may be exchanged between its going down
 * and coming up, and the click is then nobody's. Only for clicks that may be made twice, or that find nothing to click on
 * once they had their effect.
 * @param what what is awaited of the click
 */
export async function clickUntil(
  what: string,
  click: () => Promise<void>,
  hadEffect: () => Promise<boolean>,
  { times = 5, patience = 5000 }: Clicking = {},
): Promise<void> {
  let problem = '';
  for (let time = 1; time <= times; time++) {
    try {
      await click();
    } catch (error) {
      // What was to be clicked may have gone because of the click before.
      problem = `; the last click failed: ${String(error).split('\n')[0]}`;
    }
    for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(30))
      if (await hadEffect()) return;
  }
  throw new Error(`Clicked ${times} times for ${what}, without effect${problem}.`);
}
