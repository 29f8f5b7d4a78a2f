import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Feed } from '../../../src/extension/studio/feed';
import type { HistoryPoint } from '../../../src/jobs/history';
import type { StudioUpdate } from '../../../src/protocol/studio';
import type { Status } from '../../../src/protocol/run';

const status: Status = { phase: 'running', resumable: false };
const point = (step: number): HistoryPoint => ({
  step,
  evaluations: step,
  seconds: step / 10,
  losses: { terms: {}, total: 1 },
});

describe('what the panel is told', () => {
  let sent: (StudioUpdate & { type: 'progress' })[];
  let feed: Feed;

  beforeEach(() => {
    vi.useFakeTimers();
    sent = [];
    feed = new Feed(
      update => {
        if (update.type !== 'progress') throw new Error(`${update.type} is not the feed's to send`);
        sent.push(update);
      },
      () => status,
    );
  });
  afterEach(() => vi.useRealTimers());

  it('comes at most twice a second without previews, however fast the steps are', () => {
    for (let step = 1; step <= 1000; step++) {
      feed.step(point(step));
      vi.advanceTimersByTime(1);
    }
    vi.advanceTimersByTime(500);
    expect(sent.length).toBeLessThanOrEqual(3);
    expect(sent.flatMap(({ points }) => points.map(({ step }) => step))).toEqual(
      Array.from({ length: 1000 }, (_, index) => index + 1),
    );
  });

  it('is a preview at once, in one message with the steps so far and the status of that moment, and nothing twice', () => {
    const frame = { uri: 'u', step: 1, scale: [8, 8] } as const;
    feed.step(point(1));
    feed.frame(frame);
    expect(sent).toEqual([{ type: 'progress', points: [point(1)], frames: [frame], status }]);
    vi.advanceTimersByTime(1000);
    expect(sent).toHaveLength(1);
  });

  it('comes at once when the state changes, after what was gathered', () => {
    feed.step(point(1));
    feed.flush();
    expect(sent).toEqual([{ type: 'progress', points: [point(1)], frames: [], status }]);
    vi.advanceTimersByTime(1000);
    expect(sent).toHaveLength(1);
  });

  it('forgets what was gathered for nobody', () => {
    feed.step(point(1));
    feed.clear();
    vi.advanceTimersByTime(1000);
    expect(sent).toEqual([]);
  });
});
