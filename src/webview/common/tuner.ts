import type { Controls, Tuning } from '../../protocol/studio';
import { mergedTuning } from '../../protocol/tuning';

/** Milliseconds that a slider may rest before its change is sent. */
const REST_MS = 200;

/** The controls after a tuning; absent fields stay. */
function tunedControls(controls: Controls, { ratio, tv, styleLayers }: Tuning): Controls {
  return {
    ratio: ratio ?? controls.ratio,
    tv: tv ?? controls.tv,
    styleLayers: { ...controls.styleLayers, ...styleLayers },
  };
}

/**
 * Changes on their way to the engine: gathered while a slider moves, sent when it rests, or held back while nothing
 * runs and handed over with the next resume or run.
 */
export class Tuner {
  private pending: Tuning | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly send: (tuning: Tuning) => void) {}

  /** What the person has set and the host has not confirmed, over what it says. */
  over(controls: Controls): Controls {
    return this.pending === undefined ? controls : tunedControls(controls, this.pending);
  }

  /** @param now the engine takes it at once */
  change(tuning: Tuning, now: boolean): void {
    this.pending = mergedTuning(this.pending ?? {}, tuning);
    clearTimeout(this.timer);
    this.timer = undefined;
    if (now) this.timer = setTimeout(() => this.flush(), REST_MS);
  }

  /** The host says that the engine took a change: what is not on its way any more is done. */
  confirm(): void {
    if (this.timer === undefined) this.pending = undefined;
  }

  /** Changes that the host has not confirmed, for a request after which they are still held. */
  get held(): Tuning | undefined {
    return this.pending;
  }

  /** The held changes, which then travel with another request. */
  take(): Tuning | undefined {
    const { pending } = this;
    this.clear();
    return pending;
  }

  /** Another run is shown: its changes are not these. */
  clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.pending = undefined;
  }

  private flush(): void {
    this.timer = undefined;
    if (this.pending !== undefined) this.send(this.pending);
  }
}
