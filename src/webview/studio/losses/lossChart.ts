import { css, html, LitElement, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import uPlot from 'uplot';
import plotStyles from 'uplot/dist/uPlot.min.css' with { type: 'text' };
import { base } from '../../common/styles';
import { formatTick } from '../../common/format';
import type { TimeAxis, LossCurves } from './curves';
import { drawMarks } from './marks';
import type { Mark } from '../../../protocol/studio';
import { look } from './series';

/** Index into the chart's table under the cursor; undefined when it is nowhere. */
export type Hover = CustomEvent<number | undefined>;

/** The curves on a canvas; follows their growth, its own size and the theme. Fires `hover`. */
@customElement('atelier-loss-chart')
export class LossChart extends LitElement {
  static override styles = [
    base,
    unsafeCSS(plotStyles),
    css`
      :host {
        height: 220px;
        min-width: 0;
        overflow: hidden;
        position: relative;
      }
      .grid {
        color: color-mix(in srgb, var(--vscode-foreground) 16%, transparent);
      }
      .plot {
        inset: 0;
        position: absolute;
      }
      .uplot {
        font-family: inherit;
      }
      .u-hz .u-cursor-x {
        border-right: 1px solid var(--vscode-descriptionForeground);
      }
    `,
  ];

  @property({ attribute: false }) curves!: LossCurves;
  @property({ type: Number }) revision = 0;
  @property() axis: TimeAxis = 'evaluations';
  @property({ type: Boolean }) log = true;
  @property({ attribute: false }) without: ReadonlySet<string> = new Set();
  @property({ attribute: false }) marks: readonly Mark[] = [];
  @property() locale = 'en';
  @property() label = '';
  @query('.plot') private readonly place!: HTMLElement;
  @query('.grid') private readonly gridColour!: HTMLElement;

  private plot: uPlot | undefined;
  /** What the plot was made for; another value needs another plot. */
  private madeFor = '';
  private readonly resized = new ResizeObserver(() => this.fit());
  private readonly themed = new MutationObserver(() => this.remake());

  override connectedCallback(): void {
    super.connectedCallback();
    this.tabIndex = 0;
    this.setAttribute('role', 'group');
    this.resized.observe(this);
    this.themed.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
    this.addEventListener('keydown', this.key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
    this.themed.disconnect();
    this.removeEventListener('keydown', this.key);
    this.plot?.destroy();
    this.plot = undefined;
  }

  protected override render(): unknown {
    return html`<div class="grid"></div>
      <div class="plot" aria-hidden="true"></div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('label')) this.setAttribute('aria-label', this.label);
    const kind = JSON.stringify([this.axis, this.log, this.locale, this.curves.series]);
    if (this.plot === undefined || kind !== this.madeFor) {
      this.remake();
      this.madeFor = kind;
      return;
    }
    if (changed.has('without'))
      this.curves.series.forEach((name, index) =>
        this.plot?.setSeries(index + 1, { show: !this.without.has(name) }, false),
      );
    this.plot.setData(this.data());
  }

  private data(): uPlot.AlignedData {
    return this.curves.table(this.axis, this.log) as uPlot.AlignedData;
  }

  private remake(): void {
    this.plot?.destroy();
    this.plot = undefined;
    if (!this.isConnected || this.clientWidth === 0) return;
    this.plot = new uPlot(this.options(), this.data(), this.place);
  }

  private options(): uPlot.Options {
    const theme = getComputedStyle(this);
    const colour = (name: string) => theme.getPropertyValue(name).trim();
    const grid = { stroke: getComputedStyle(this.gridColour).color, width: 1 };
    const font = `11px ${theme.fontFamily}`;
    const common = { stroke: colour('--vscode-descriptionForeground'), font, grid, ticks: { show: false } };
    const tick = (value: number | null) => (value === null ? '' : formatTick(value, this.locale));
    return {
      width: this.clientWidth,
      height: this.clientHeight,
      legend: { show: false },
      padding: [8, 10, 0, 0],
      scales: {
        x: { time: false },
        y: this.log ? { distr: 3, range: (_plot, min, max) => logRange(min, max) } : {},
      },
      axes: [
        { ...common, size: 24, gap: 4 },
        {
          ...common,
          size: 52,
          gap: 4,
          ...(this.log
            ? { splits: (_plot: uPlot, _axis: number, min: number, max: number) => logSplits(min, max) }
            : {}),
          filter: (_plot, splits) => splits,
          values: (_plot, splits) => splits.map(tick),
        },
      ],
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
      series: [
        {},
        ...this.curves.series.map(name => {
          const { variable, dash, width } = look(name, this.curves.series);
          const series: uPlot.Series = {
            label: name,
            stroke: colour(variable) || theme.color,
            width,
            show: !this.without.has(name),
            // A single step is a point, not a line.
            points: { show: () => this.curves.size === 1 },
          };
          return dash === undefined ? series : { ...series, dash: [...dash] };
        }),
      ],
      hooks: {
        setCursor: [plot => this.emit(plot.cursor.idx)],
        draw: [plot => drawMarks(plot, this.positions(), colour('--vscode-editorWarning-foreground'))],
      },
    };
  }

  private positions(): readonly number[] {
    return this.marks.flatMap(({ step }) => this.curves.position(step, this.axis) ?? []);
  }

  private fit(): void {
    const { clientWidth: width, clientHeight: height } = this;
    if (this.plot === undefined) this.remake();
    else if (width > 0) this.plot.setSize({ width, height });
  }

  /** Arrow keys read the curves point by point; Escape goes back to the newest. */
  private readonly key = (event: KeyboardEvent): void => {
    const { plot } = this;
    const points = plot?.data[0].length ?? 0;
    if (plot === undefined || points === 0) return;
    const here = plot.cursor.idx ?? points - 1;
    const stride = Math.max(1, Math.round(points / 50));
    const to = { ArrowLeft: here - stride, ArrowRight: here + stride, Home: 0, End: points - 1, Escape: -1 }[
      event.key
    ];
    if (to === undefined) return;
    event.preventDefault();
    if (to < 0 && event.key === 'Escape') {
      plot.setCursor({ left: -10, top: -10 });
      return;
    }
    const x = plot.data[0][Math.min(points - 1, Math.max(0, to))] ?? 0;
    plot.setCursor({ left: plot.valToPos(x, 'x'), top: 10 });
  };

  private emit(index: number | null | undefined): void {
    this.dispatchEvent(new CustomEvent('hover', { detail: index ?? undefined }) satisfies Hover);
  }
}

/** A tenth of a decade of air around the curves; a decade at least. */
function logRange(min: number | null, max: number | null): uPlot.Range.MinMax {
  if (min === null || max === null || !(min > 0)) return [1e-3, 1];
  const [low, high] = [Math.log10(min) - 0.1, Math.log10(max) + 0.1];
  const missing = Math.max(0, 1 - (high - low)) / 2;
  return [10 ** (low - missing), 10 ** (high + missing)];
}

/** The decades between the ends, with 2 and 5 in between where there are few; every second one where there are many. */
function logSplits(min: number, max: number): number[] {
  const [first, last] = [Math.ceil(Math.log10(min) - 1e-9), Math.floor(Math.log10(max) + 1e-9)];
  const stride = last - first > 7 ? 2 : 1;
  const steps = last - first >= 2 ? [1] : [1, 2, 5];
  const splits: number[] = [];
  for (let power = first - 1; power <= last; power += stride)
    for (const step of steps) splits.push(Number(`${step}e${power}`));
  return splits.filter(split => split >= min && split <= max);
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-loss-chart': LossChart;
  }
}
