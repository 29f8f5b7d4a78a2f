import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { fill } from '../../../protocol/wording';
import type { ImageEditorStrings } from '../../../protocol/strings';
import { icon } from '../../common/icon';
import type { IconName } from '../../common/iconName';
import '../../common/slider';
import type { SliderScale } from '../../common/sliderScale';
import { percentScale } from '../percentScale';
import {
  LARGEST_BRUSH,
  MOST_REGIONS,
  SMALLEST_BRUSH,
  TOOLS,
  type Action,
  type RegionsPainting,
  type Tool,
} from './painting';
import { regionsBarStyles } from './regionsBarStyles';

/** A slider from one number to another, finer at its beginning. */
const numberScale = (from: number, to: number): SliderScale => ({
  toValue: position => Math.round(from + (to - from) * position ** 2),
  toPosition: value => Math.sqrt((value - from) / (to - from)),
  format: value => String(Math.round(value)),
  parse: Number,
});
const brushScale = numberScale(SMALLEST_BRUSH, LARGEST_BRUSH);
const toleranceScale = numberScale(0, 255);

/** Under the toolbar: the tools that paint regions, and the regions. Changes `painting`. */
@customElement('atelier-regions-bar')
export class RegionsBar extends LitElement {
  static override styles = regionsBarStyles;

  @property({ attribute: false }) strings!: ImageEditorStrings;
  /** Changes by itself: the owner renders this bar again whenever it does. */
  @property({ attribute: false, hasChanged: () => true }) painting!: RegionsPainting;

  protected override render(): unknown {
    const { strings, painting } = this;
    const { tool, current } = painting;
    return html`<div class="row">
        ${this.tools(tool)} ${this.slider(tool)}
        <div class="field">
          <span aria-hidden="true">${strings.tint}</span>
          <atelier-slider
            compact
            noNumber
            .label=${strings.tint}
            .value=${painting.opacity}
            .scale=${percentScale}
            @value=${({ detail }: CustomEvent<number>) => painting.set({ opacity: detail })}
          ></atelier-slider>
        </div>
        <div class="tools" role="group" aria-label=${strings.wholeMask}>
          ${this.action('fill', 'paintcan', strings.fillMask)}
          ${this.action('invert', 'color-mode', strings.invertMask)}
          ${this.action('feather', 'circle-large', strings.featherMask)}
          ${this.action('clear', 'clear-all', strings.clearMask)}
        </div>
      </div>
      <div class="row">
        <div class="tools list" role="radiogroup" aria-label=${strings.regions} @keydown=${this.otherRegion}>
          ${painting.regions.map((_, index) => this.region(index))}
        </div>
        <button
          class="tool"
          ?disabled=${painting.regions.length >= MOST_REGIONS}
          @click=${() => painting.add()}
        >
          ${icon('add')}${strings.addRegion}
        </button>
        ${
          current === undefined
            ? html`<span class="muted">${strings.regionsHint}</span>`
            : html`<div class="tools">
                <button class="tool" aria-pressed=${current.keep} @click=${() => painting.keep()}>
                  ${icon('lock')}${strings.keep}
                </button>
                <button class="tool" aria-pressed=${!current.keep} @click=${() => painting.pickStyle()}>
                  ${icon('symbol-color')}${strings.chooseStyle}
                </button>
                ${this.button('trash', strings.removeRegion, () => painting.remove())}
              </div>`
        }
      </div>`;
  }

  private tools(chosen: Tool): unknown {
    const { strings } = this;
    const looks: Record<Tool, readonly [IconName, string]> = {
      brush: ['edit', strings.brush],
      eraser: ['eraser', strings.eraser],
      byColor: ['wand', strings.byColor],
    };
    return html`<div class="tools" role="radiogroup" aria-label=${strings.tool} @keydown=${this.otherTool}>
      ${TOOLS.map(tool => {
        const [name, label] = looks[tool];
        return html`<button
          class="tool"
          role="radio"
          data-tool=${tool}
          aria-checked=${tool === chosen}
          aria-label=${label}
          title=${label}
          tabindex=${tool === chosen ? 0 : -1}
          @click=${() => this.painting.set({ tool })}
        >
          ${icon(name)}
        </button>`;
      })}
    </div>`;
  }

  private slider(tool: Tool): unknown {
    const { strings, painting } = this;
    const [label, value, scale] =
      tool === 'byColor'
        ? [strings.tolerance, painting.tolerance, toleranceScale]
        : [strings.brushSize, painting.size, brushScale];
    return html`<div class="field">
        <span aria-hidden="true">${label}</span>
        <atelier-slider
          compact
          noNumber
          .label=${label}
          .value=${value}
          .scale=${scale}
          @value=${({ detail }: CustomEvent<number>) =>
            painting.set(tool === 'byColor' ? { tolerance: detail } : { size: detail })}
        ></atelier-slider>
      </div>
      ${
        tool === 'byColor'
          ? html`<button
              class="tool"
              aria-pressed=${painting.everywhere}
              @click=${() => painting.set({ everywhere: !painting.everywhere })}
            >
              ${strings.everywhere}
            </button>`
          : nothing
      }`;
  }

  private region(index: number): unknown {
    const { strings, painting } = this;
    const { keep, label } = painting.regions[index]!;
    const isChosen = index === painting.chosen;
    return html`<button
      class="tool region"
      role="radio"
      aria-checked=${isChosen}
      tabindex=${isChosen ? 0 : -1}
      @click=${() => painting.set({ chosen: index })}
    >
      <span class="color color-${index}"></span>
      <span class="clip"
        >${fill(strings.regionName, { number: index + 1, name: keep ? strings.keep : label })}</span
      >
    </button>`;
  }

  private action(action: Action, name: IconName, label: string): unknown {
    return this.button(name, label, () => this.painting.act(action));
  }

  private button(name: IconName, label: string, click: () => void): unknown {
    return html`<button
      class="tool"
      aria-label=${label}
      title=${label}
      ?disabled=${this.painting.current === undefined}
      @click=${click}
    >
      ${icon(name)}
    </button>`;
  }

  private readonly otherTool = (event: KeyboardEvent): void => {
    const tool = TOOLS[after(event, TOOLS.indexOf(this.painting.tool), TOOLS.length)];
    if (tool !== undefined) this.choose({ tool }, `[data-tool="${tool}"]`);
  };

  private readonly otherRegion = (event: KeyboardEvent): void => {
    const { chosen, regions } = this.painting;
    const next = after(event, chosen, regions.length);
    if (next >= 0) this.choose({ chosen: next }, `.region:nth-of-type(${next + 1})`);
  };

  private choose(change: Parameters<RegionsPainting['set']>[0], button: string): void {
    this.painting.set(change);
    this.renderRoot.querySelector<HTMLElement>(button)?.focus();
  }
}

/** Where an arrow key leads in a row that begins again at its end; -1 for another key. */
function after(event: KeyboardEvent, index: number, count: number): number {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step === undefined || count === 0) return -1;
  event.preventDefault();
  return (index + step + count) % count;
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-regions-bar': RegionsBar;
  }
}
