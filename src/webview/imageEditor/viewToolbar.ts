import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { formatBytes } from '../common/format';
import { fill } from '../../protocol/wording';
import type { ImageEditorStrings } from '../../protocol/strings';
import { icon } from '../common/icon';
import type { IconName } from '../common/iconName';
import { base, tools } from '../common/styles';
import type { ImageInfo, ResultInfo } from '../../protocol/imageEditor';
import type { Extent } from '../common/pictures/viewBox';
import { MODES, type Mode } from './viewState';

/**
 * Over the picture: what the file is, how it is compared, and the zoom. Fires `mode`, `result` (an id), `zoom` ('in',
 * 'out', 'fit', 'actual'), `copy`, `open` and `regions`.
 */
@customElement('atelier-view-toolbar')
export class ViewToolbar extends LitElement {
  static override styles = [
    base,
    tools,
    css`
      :host {
        align-items: center;
        border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
        display: flex;
        flex-wrap: wrap;
        gap: 4px 14px;
        min-height: 36px;
        padding: 5px 10px;
      }
      .facts {
        display: flex;
        flex: 1 1 auto;
        gap: 10px;
        min-width: 0;
      }
      .facts > * {
        white-space: nowrap;
      }
      .fit {
        min-width: 56px;
      }
      vscode-single-select {
        flex: 0 1 240px;
        min-width: 120px;
        width: auto;
      }
      @media (max-width: 619px) {
        .zoom {
          order: -1;
        }
        .facts {
          order: -2;
        }
        vscode-single-select {
          flex: 1;
        }
      }
    `,
  ];

  @property({ attribute: false }) strings!: ImageEditorStrings;
  @property() locale = 'en';
  @property({ attribute: false }) image!: ImageInfo;
  @property({ attribute: false }) extent: Extent = { width: 0, height: 0 };
  @property({ attribute: false }) results: readonly ResultInfo[] = [];
  @property({ attribute: false }) result: ResultInfo | undefined;
  @property() mode: Mode = 'image';
  /** Whether regions are painted, over the image alone. */
  @property({ type: Boolean }) regions = false;
  /** The zoom that is drawn. */
  @property({ type: Number }) zoom = 1;

  protected override render(): unknown {
    const { strings, image, extent, locale } = this;
    const shown = image.problem === undefined;
    return html`<div class="facts muted figures">
        ${
          shown && extent.width > 0
            ? html`<span>${fill(strings.dimensions, { width: extent.width, height: extent.height })}</span>`
            : nothing
        }
        ${
          // Of a file that cannot be read nothing is known.
          image.bytes > 0
            ? html`<span>${image.format}</span> <span>${formatBytes(image.bytes, strings, locale)}</span>`
            : nothing
        }
      </div>
      ${shown && !this.regions && this.results.length > 0 ? this.compare() : nothing}
      ${shown ? this.paintRegions() : nothing} ${shown ? this.zooming() : nothing}`;
  }

  private paintRegions(): unknown {
    const { strings } = this;
    return html`<button
      class="tool"
      title=${strings.regionsTitle}
      aria-pressed=${this.regions}
      @click=${() => this.emit('regions', !this.regions)}
    >
      ${icon('edit')}${strings.regions}
    </button>`;
  }

  private compare(): unknown {
    const { strings } = this;
    const modes: Record<Mode, readonly [IconName, string]> = {
      image: ['file-media', strings.viewImage],
      sideBySide: ['split-horizontal', strings.viewSideBySide],
      slider: ['mirror', strings.viewSlider],
      onionSkin: ['layers', strings.viewOnionSkin],
      difference: ['color-mode', strings.viewDifference],
    };
    return html`<div
        class="tools"
        role="radiogroup"
        aria-label=${strings.viewMode}
        @keydown=${this.otherMode}
      >
        ${MODES.map(mode => {
          const [name, label] = modes[mode];
          const chosen = mode === this.mode;
          return html`<button
            class="tool"
            role="radio"
            data-mode=${mode}
            aria-checked=${chosen}
            aria-label=${label}
            title=${label}
            tabindex=${chosen ? 0 : -1}
            @click=${() => this.emit('mode', mode)}
          >
            ${icon(name)}
          </button>`;
        })}
      </div>
      ${this.results.length > 1 ? this.choice() : nothing}`;
  }

  private choice(): unknown {
    const { strings, results, result } = this;
    const labels = results.map(({ name, detail }) => fill(strings.resultOption, { name, detail }));
    // A select keeps the label that it has shown once: another one is made for other labels.
    return keyed(
      labels.join(),
      html`<vscode-single-select
        label=${strings.results}
        aria-label=${strings.results}
        .value=${result?.id ?? ''}
        @change=${({ target }: Event) => this.emit('result', (target as HTMLInputElement).value)}
      >
        ${results.map(
          ({ id }, index) =>
            html`<vscode-option value=${id} ?selected=${id === result?.id}>${labels[index]}</vscode-option>`,
        )}
      </vscode-single-select>`,
    );
  }

  private zooming(): unknown {
    const { strings, locale, zoom } = this;
    const percent = zoom.toLocaleString(locale, {
      style: 'percent',
      maximumFractionDigits: zoom < 0.1 ? 1 : 0,
    });
    return html`<div class="tools zoom">
      ${this.tool('out', 'zoom-out', strings.zoomOut)}
      <button
        class="tool fit figures"
        aria-label=${fill(strings.zoomLevel, { percent })}
        title=${strings.fit}
        @click=${() => this.emit('zoom', 'fit')}
      >
        ${percent}
      </button>
      ${this.tool('in', 'zoom-in', strings.zoomIn)} ${this.tool('fit', 'screen-full', strings.fit)}
      <button class="tool" title=${strings.actualSize} @click=${() => this.emit('zoom', 'actual')}>
        1:1
      </button>
      ${this.button('copy', 'copy', strings.copyImage)}
      ${
        this.result === undefined || this.mode === 'image'
          ? nothing
          : this.button('open', 'go-to-file', strings.openResult)
      }
    </div>`;
  }

  private tool(zoom: string, name: IconName, label: string): unknown {
    return html`<button
      class="tool"
      aria-label=${label}
      title=${label}
      @click=${() => this.emit('zoom', zoom)}
    >
      ${icon(name)}
    </button>`;
  }

  private button(event: string, name: IconName, label: string): unknown {
    return html`<button
      class="tool"
      aria-label=${label}
      title=${label}
      @click=${() => this.emit(event, undefined)}
    >
      ${icon(name)}
    </button>`;
  }

  private readonly otherMode = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const mode = MODES[(MODES.indexOf(this.mode) + step + MODES.length) % MODES.length] ?? 'image';
    this.emit('mode', mode);
    this.renderRoot.querySelector<HTMLElement>(`[data-mode="${mode}"]`)?.focus();
  };

  private emit(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-view-toolbar': ViewToolbar;
  }
}
