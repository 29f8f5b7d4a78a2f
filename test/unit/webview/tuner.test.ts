import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Tuner } from '../../../src/webview/common/tuner';

const controls = { ratio: 1, tv: 60, styleLayers: { conv1_1: 0.2, conv2_1: 0.2 } };

describe('changes of the controls', () => {
  const send = vi.fn();
  let tuner: Tuner;
  beforeEach(() => {
    vi.useFakeTimers();
    send.mockClear();
    tuner = new Tuner(send);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('go out together when the sliders rest', () => {
    tuner.change({ ratio: 0.5 }, true);
    vi.advanceTimersByTime(150);
    tuner.change({ styleLayers: { conv1_1: 1 } }, true);
    vi.advanceTimersByTime(150);
    expect(send).not.toHaveBeenCalled();
    tuner.change({ styleLayers: { conv2_1: 2 } }, true);
    vi.advanceTimersByTime(1000);
    expect(send.mock.calls).toEqual([[{ ratio: 0.5, styleLayers: { conv1_1: 1, conv2_1: 2 } }]]);
  });

  it('are shown at once, and until the engine has taken them', () => {
    tuner.change({ tv: 0 }, true);
    expect(tuner.over(controls)).toEqual({ ...controls, tv: 0 });
    vi.advanceTimersByTime(1000);
    expect(tuner.over(controls).tv).toBe(0);
    tuner.confirm();
    expect(tuner.over(controls)).toBe(controls);
  });

  it('that nothing takes now are held, also when they have been told', () => {
    expect(tuner.held).toBeUndefined();
    tuner.change({ tv: 0 }, false);
    expect(tuner.held).toEqual({ tv: 0 });
    expect(tuner.take()).toEqual({ tv: 0 });
    expect(tuner.held).toBeUndefined();
  });

  it('that are made while a confirmation is on its way are not forgotten', () => {
    tuner.change({ tv: 0 }, true);
    vi.advanceTimersByTime(1000);
    tuner.change({ ratio: 2 }, true);
    tuner.confirm();
    expect(tuner.over(controls).ratio).toBe(2);
    vi.advanceTimersByTime(1000);
    expect(send).toHaveBeenLastCalledWith({ tv: 0, ratio: 2 });
  });

  it('wait for the next run while nothing runs', () => {
    tuner.change({ ratio: 0.1 }, false);
    vi.advanceTimersByTime(10_000);
    expect(send).not.toHaveBeenCalled();
    expect(tuner.take()).toEqual({ ratio: 0.1 });
    expect(tuner.take()).toBeUndefined();
  });
});
