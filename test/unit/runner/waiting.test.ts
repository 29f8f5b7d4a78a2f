import { describe, expect, it } from 'vitest';

import { clickUntil, until } from '../../e2e/host/waiting';

const brief = { timeout: 30, interval: 1 };

describe('Waiting in end-to-end tests', () => {
  it('looks until what is there is what is awaited', async () => {
    let step = 0;
    const found = await until(
      'step 3',
      () => ++step,
      now => now >= 3,
      brief,
    );
    expect(found).toBe(3);
  });

  it('says in the end what was awaited, and what was there instead', async () => {
    const phase = () => Promise.resolve('Painting');
    const waiting = until('the studio to say “Done”', phase, said => said === 'Done', brief);
    await expect(waiting).rejects.toThrow(
      /^Waited \d+ s for the studio to say “Done”; there was "Painting"\.$/,
    );
  });

  it('takes what cannot be read for not there yet, and says so', async () => {
    let looks = 0;
    const late = () => {
      if (++looks < 3) throw new Error('no such frame\nand more');
      return 'there';
    };
    expect(await until('a frame', late, () => true, brief)).toBe('there');
    const never = () => {
      throw new Error('no such frame\nand more');
    };
    await expect(until('a frame', never, () => true, brief)).rejects.toThrow(
      'for a frame; there was an error: Error: no such frame.',
    );
  });
});

describe('A click in end-to-end tests', () => {
  const quick = { times: 3, patience: 40 };

  it('that has its effect is made once', async () => {
    let clicks = 0;
    const click = () => Promise.resolve(void clicks++);
    await clickUntil('an effect', click, () => Promise.resolve(clicks > 0), quick);
    expect(clicks).toBe(1);
  });

  it('that is lost is made again', async () => {
    let clicks = 0;
    const click = () => Promise.resolve(void clicks++);
    await clickUntil('an effect', click, () => Promise.resolve(clicks > 1), quick);
    expect(clicks).toBe(2);
  });

  it('counts when what was clicked has gone because of it', async () => {
    let gone = false;
    const click = () => {
      gone = true;
      return Promise.reject(new Error('detached'));
    };
    await clickUntil('an effect', click, () => Promise.resolve(gone), quick);
  });

  it('that never has an effect is told of, with what went wrong', async () => {
    const click = () => Promise.reject(new Error('covered by a dialog'));
    await expect(clickUntil('the menu to close', click, () => Promise.resolve(false), quick)).rejects.toThrow(
      'Clicked 3 times for the menu to close, without effect; the last click failed: Error: covered by a dialog.',
    );
  });
});
