import { describe, expect, it, vi } from 'vitest';
import { RunControl, StopSignal } from '../../../../src/engine/run/control';

const quiet = { paused: () => undefined, continued: () => undefined };
const soon = () => new Promise<void>(resolve => setTimeout(resolve, 5));

describe('control over a run', () => {
  it('lets it pass, and lets the event loop turn', async () => {
    const control = new RunControl();
    let turned = false;
    setImmediate(() => (turned = true));
    await control.gate(quiet);
    expect(turned).toBe(true);
  });

  it('holds it while it is paused, and says so', async () => {
    const control = new RunControl();
    const listener = { paused: vi.fn(), continued: vi.fn() };
    control.pause();
    let passed = false;
    const gate = control.gate(listener).then(() => (passed = true));
    await soon();
    expect(passed).toBe(false);
    expect(listener.paused).toHaveBeenCalledOnce();
    expect(listener.continued).not.toHaveBeenCalled();
    control.continue();
    await gate;
    expect(listener.continued).toHaveBeenCalledOnce();
  });

  it('stops it at the gate, also out of a pause, with the first wish', async () => {
    const control = new RunControl();
    control.stop(true);
    control.stop(false);
    await expect(control.gate(quiet)).rejects.toMatchObject({ keep: true });
    const paused = new RunControl();
    paused.pause();
    const gate = paused.gate(quiet);
    await soon();
    paused.stop(false);
    await expect(gate).rejects.toBeInstanceOf(StopSignal);
  });

  it('does not hold still what is to be finished', async () => {
    const control = new RunControl();
    expect(control.isFinishing).toBe(false);
    control.pause();
    control.finish();
    await control.gate(quiet);
    expect(control.isFinishing).toBe(true);
  });

  it('hands out the changes asked for once, merged', () => {
    const control = new RunControl();
    expect(control.takeTuning()).toBeUndefined();
    control.retune({ tv: 1, ratio: 2 });
    control.retune({ tv: 3 });
    control.retune({ styleLayers: { conv1_1: 0.7 } });
    control.retune({ styleLayers: { conv2_1: 0.1 }, contentLayers: { conv4_2: 2 } });
    control.retune({ styleLayers: { conv1_1: 0.8 } });
    expect(control.takeTuning()).toEqual({
      tv: 3,
      ratio: 2,
      styleLayers: { conv1_1: 0.8, conv2_1: 0.1 },
      contentLayers: { conv4_2: 2 },
    });
    expect(control.takeTuning()).toBeUndefined();
  });
});
