import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { icon } from './icon';
import type { Problem } from '../../protocol/page';
import { base, tools } from './styles';

/** A sentence, what to do next and buttons for it. Fires `action` with the id of the button pressed, `dismiss`. */
@customElement('atelier-problem')
export class ProblemBanner extends LitElement {
  static override styles = [
    base,
    tools,
    css`
      :host {
        background: var(--vscode-editorWidget-background);
        border: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, transparent));
        border-radius: 4px;
        padding: 8px 12px;
      }
      .line {
        display: grid;
        gap: 2px 8px;
        grid-template-columns: 16px 1fr auto;
      }
      .line > .icon {
        margin-top: 1px;
      }
      .tool {
        margin: -3px -6px -3px 0;
      }
      .error > .icon {
        color: var(--vscode-editorError-foreground, var(--vscode-errorForeground));
      }
      .warning > .icon {
        color: var(--vscode-editorWarning-foreground);
      }
      .info > .icon {
        color: var(--vscode-editorInfo-foreground);
      }
      .text {
        overflow-wrap: anywhere;
      }
      .next {
        color: var(--vscode-descriptionForeground);
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin: 8px 0 2px 24px;
      }
    `,
  ];

  @property({ attribute: false }) problem: Problem | undefined;
  /** What the button that takes the banner away says; empty for a banner that stays. */
  @property() dismiss = '';

  protected override render(): unknown {
    const { problem } = this;
    if (problem === undefined) return nothing;
    const role = problem.severity === 'info' ? 'status' : 'alert';
    return html`<div class="line ${problem.severity}" role=${role}>
        ${icon(problem.severity)}
        <div class="text">
          ${problem.sentence}
          ${problem.next === undefined ? nothing : html`<div class="next">${problem.next}</div>`}
        </div>
        ${this.dismiss === '' ? nothing : this.closing()}
      </div>
      ${
        problem.actions.length === 0
          ? nothing
          : html`<div class="actions">
              ${problem.actions.map(
                ({ id, label }, index) =>
                  html`<vscode-button ?secondary=${index > 0} @click=${() => this.act(id)}
                    >${label}</vscode-button
                  >`,
              )}
            </div>`
      }`;
  }

  private closing(): unknown {
    return html`<button
      class="tool"
      aria-label=${this.dismiss}
      title=${this.dismiss}
      @click=${() => this.dispatchEvent(new CustomEvent('dismiss'))}
    >
      ${icon('close')}
    </button>`;
  }

  private act(id: string): void {
    this.dispatchEvent(new CustomEvent<string>('action', { detail: id }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-problem': ProblemBanner;
  }
}
