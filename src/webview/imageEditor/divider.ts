import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../common/styles';

/** A vertical line over its parent, to drag or to move with the arrow keys. Fires `at` with a fraction of the width. */
@customElement('atelier-divider')
export class Divider extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        bottom: 0;
        cursor: ew-resize;
        left: calc(var(--at) * 100%);
        margin-left: -14px;
        position: absolute;
        top: 0;
        touch-action: none;
        width: 28px;
      }
      :host(:focus-visible) {
        outline: none;
      }
      .line {
        background: var(--vscode-editor-background);
        border: 0 solid var(--vscode-editor-foreground);
        border-width: 0 1px;
        bottom: 0;
        left: 12px;
        position: absolute;
        top: 0;
        width: 4px;
      }
      .grip {
        align-items: center;
        background: var(--vscode-editor-background);
        border: 1px solid var(--vscode-editor-foreground);
        border-radius: 14px;
        display: flex;
        height: 28px;
        justify-content: center;
        left: 0;
        position: absolute;
        top: calc(50% - 14px);
        width: 28px;
      }
      svg {
        fill: none;
        height: 16px;
        stroke: var(--vscode-editor-foreground);
        stroke-width: 1.5;
        width: 16px;
      }
      :host(:focus-visible) .grip {
        outline: 2px solid var(--vscode-focusBorder);
        outline-offset: 1px;
      }
    `,
  ];

  @property() label = '';
  /** 0 … 1. */
  @property({ type: Number }) at = 0.5;

  override connectedCallback(): void {
    super.connectedCallback();
    this.tabIndex = 0;
    this.setAttribute('role', 'slider');
    this.setAttribute('aria-valuemin', '0');
    this.setAttribute('aria-valuemax', '100');
    this.addEventListener('pointerdown', this.grab);
    this.addEventListener('pointermove', this.drag);
    this.addEventListener('keydown', this.key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('pointerdown', this.grab);
    this.removeEventListener('pointermove', this.drag);
    this.removeEventListener('keydown', this.key);
  }

  protected override render(): unknown {
    return html`<div class="line"></div>
      <div class="grip">
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M6 4 2.5 8 6 12M10 4l3.5 4L10 12" /></svg>
      </div>`;
  }

  protected override updated(): void {
    this.style.setProperty('--at', String(this.at));
    this.setAttribute('aria-label', this.label);
    this.setAttribute('aria-valuenow', String(Math.round(this.at * 100)));
  }

  private readonly grab = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.setPointerCapture(event.pointerId);
    this.focus();
  };

  private readonly drag = (event: PointerEvent): void => {
    const room = this.offsetParent?.getBoundingClientRect();
    if (room === undefined || !this.hasPointerCapture(event.pointerId)) return;
    this.move((event.clientX - room.left) / Math.max(1, room.width));
  };

  private readonly key = (event: KeyboardEvent): void => {
    const stride = event.shiftKey ? 0.1 : 0.02;
    const to = {
      ArrowLeft: this.at - stride,
      ArrowDown: this.at - stride,
      ArrowRight: this.at + stride,
      ArrowUp: this.at + stride,
      PageDown: this.at - 0.1,
      PageUp: this.at + 0.1,
      Home: 0,
      End: 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.move(to);
  };

  private move(to: number): void {
    this.at = Math.min(1, Math.max(0, to));
    this.dispatchEvent(new CustomEvent<number>('at', { detail: this.at }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-divider': Divider;
  }
}
