import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { RegionsPainting } from './painting';

/** Where the space bar presses what has the focus, or types. */
const PRESSED = 'input, button, vscode-button, vscode-single-select';

/** Keys that paint regions with the mouse: `[` and `]` for the brush, and the space bar, which moves the picture while it is held. */
export class RegionsKeys implements ReactiveController {
  active = false;
  panning = false;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly painting: RegionsPainting,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('keydown', this.down);
    document.addEventListener('keyup', this.up);
    window.addEventListener('blur', this.left);
  }

  hostDisconnected(): void {
    document.removeEventListener('keydown', this.down);
    document.removeEventListener('keyup', this.up);
    window.removeEventListener('blur', this.left);
  }

  private readonly down = (event: KeyboardEvent): void => {
    const [target] = event.composedPath();
    if (!this.active || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    if (target instanceof Element && target.matches('input:not([type="range"])')) return;
    if (event.key === '[') this.painting.resize(1 / 1.2);
    else if (event.key === ']') this.painting.resize(1.2);
    else if (event.key === ' ' && !(target instanceof Element && target.matches(PRESSED))) this.pan(true);
    else return;
    event.preventDefault();
  };

  private readonly up = (event: KeyboardEvent): void => {
    if (event.key === ' ') this.pan(false);
  };

  private readonly left = (): void => this.pan(false);

  private pan(panning: boolean): void {
    if (panning === this.panning) return;
    this.panning = panning;
    this.host.requestUpdate();
  }
}
