import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base } from './styles';

export interface Tab {
  readonly id: string;
  readonly label: string;
}

/** Tabs in the look of VS Code's panels over the one panel that is slotted in. Fires `select` with the id. */
@customElement('atelier-tabs')
export class Tabs extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        container-type: inline-size;
        display: flex;
        flex-direction: column;
        min-height: 0;
      }
      .strip {
        --inset: 8px;
        border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
        display: flex;
        flex: none;
        padding: 0 8px;
      }
      button {
        background: none;
        border: none;
        color: var(--vscode-panelTitle-inactiveForeground);
        cursor: pointer;
        flex: 0 1 auto;
        font: inherit;
        height: 35px;
        min-width: 0;
        padding: 0 var(--inset);
        position: relative;
      }
      button:hover,
      button[aria-selected='true'] {
        color: var(--vscode-panelTitle-activeForeground);
      }
      button[aria-selected='true']::after {
        background: var(--vscode-panelTitle-activeBorder);
        bottom: 0;
        content: '';
        height: 2px;
        left: var(--inset);
        position: absolute;
        right: var(--inset);
      }
      button > .clip {
        display: block;
      }
      /* Every tab is to be read whole in groups as narrow as VS Code makes them. */
      @container (max-width: 340px) {
        .strip {
          --inset: 5px;
        }
      }
      @container (max-width: 310px) {
        .strip {
          --inset: 3px;
          padding: 0 6px;
        }
        button {
          font-size: 0.92em;
        }
      }
      .panel {
        flex: 1;
        min-height: 0;
        overflow: auto;
      }
    `,
  ];

  @property() label = '';
  @property({ attribute: false }) tabs: readonly Tab[] = [];
  @property() selected = '';
  @query('.panel') private readonly panel!: HTMLElement | null;

  /** Another page is read from its top. */
  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('selected')) this.panel?.scrollTo(0, 0);
  }

  protected override render(): unknown {
    return html`<div
        class="strip"
        role="tablist"
        aria-label=${this.label}
        @keydown=${(e: KeyboardEvent) => this.key(e)}
      >
        ${this.tabs.map(
          ({ id, label }) =>
            html`<button
              role="tab"
              id="tab-${id}"
              aria-selected=${id === this.selected}
              aria-controls="panel"
              title=${label}
              tabindex=${id === this.selected ? 0 : -1}
              @click=${() => this.select(id)}
            >
              <span class="clip">${label}</span>
            </button>`,
        )}
      </div>
      <div class="panel" id="panel" role="tabpanel" tabindex="0" aria-labelledby="tab-${this.selected}">
        <slot></slot>
      </div>`;
  }

  private key(event: KeyboardEvent): void {
    const last = this.tabs.length - 1;
    const index = this.tabs.findIndex(({ id }) => id === this.selected);
    const next = {
      ArrowLeft: index === 0 ? last : index - 1,
      ArrowRight: index === last ? 0 : index + 1,
      Home: 0,
      End: last,
    }[event.key];
    const tab = next === undefined ? undefined : this.tabs[next];
    if (tab === undefined) return;
    event.preventDefault();
    this.select(tab.id);
    this.renderRoot.querySelector<HTMLElement>(`#tab-${CSS.escape(tab.id)}`)?.focus();
  }

  private select(id: string): void {
    this.dispatchEvent(new CustomEvent<string>('select', { detail: id }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-tabs': Tabs;
  }
}
