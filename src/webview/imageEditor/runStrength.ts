import type { RunInfo } from '../../protocol/imageEditor';
import { Tuner } from '../common/tuner';

/** The strength of the painting at work, as the person moves it and as the engine has it. */
export class RunStrength {
  private readonly tuner: Tuner;

  /** @param send tells the host another α/β */
  constructor(send: (ratio: number) => void) {
    this.tuner = new Tuner(({ ratio }) => {
      if (ratio !== undefined) send(ratio);
    });
  }

  /** Another α/β, as the slider moves. */
  set(ratio: number): void {
    this.tuner.change({ ratio }, true);
  }

  /** The run with what the person has set, which the engine may not have taken yet. */
  over(run: RunInfo | undefined): RunInfo | undefined {
    if (run?.strength === undefined) return run;
    const { ratio } = this.tuner.over({ ratio: run.strength.ratio, tv: 0, styleLayers: {} });
    return { ...run, strength: { ...run.strength, ratio } };
  }

  /** The host says how the run stands; without one, nothing is on its way any more. */
  heard(run: RunInfo | undefined): void {
    if (run === undefined) this.tuner.clear();
    else if (run.strength?.ratio === this.tuner.held?.ratio) this.tuner.confirm();
  }
}
