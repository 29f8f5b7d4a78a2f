import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { base } from '../common/styles';
import type { FigureStrings } from '../../protocol/strings';
import type { FigureCell, FigureRow, ShownFigure } from '../../protocol/figure';
import '../common/pictures/thumbnail';
import './figureCell';
import type { FigureCellElement } from './figureCell';
import { isChoice, isPaintable } from './figureState';

/** Proportions of pictures before one has been loaded. */
const USUAL = 4 / 3;

/**
 * The figure as a table: pictures as large as fit into the view, so that all of it is seen at once, and never smaller
 * than can be looked at.
 */
@customElement('atelier-figure-grid')
export class FigureGrid extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        container-type: size;
        overflow: auto;
        padding: 0 14px 12px;
      }
      table {
        --by-width: calc((100cqw - var(--labels) - 34px) / var(--columns) - 12px);
        --by-height: calc(
          ((100cqh - var(--head)) / var(--rows) - 18px - 16px * var(--lines)) * var(--narrowest)
        );
        --cell: clamp(104px, min(var(--by-width), var(--by-height)), 420px);
        --labels: 112px;
        --lines: 2;
        /* The names of the columns and what stands below them. */
        --head: 62px;
        border-spacing: 0;
        margin: 0 auto;
      }
      :is(.tradeoff, .variations) {
        --head: 46px;
        --lines: 1;
      }
      .tiles {
        --lines: 0;
        display: grid;
        gap: 16px 12px;
        grid-template-columns: repeat(auto-fill, minmax(min(220px, 100%), 1fr));
        list-style: none;
        margin: 6px 0 0;
        padding: 0;
      }
      .tiles atelier-figure-cell {
        width: auto;
      }
      .name {
        display: block;
        margin-top: 2px;
        text-align: center;
      }
      th {
        font-weight: 600;
        text-align: start;
      }
      thead th,
      thead td {
        background: var(--vscode-editor-background);
        padding: 6px;
        position: sticky;
        top: 0;
        z-index: 2;
      }
      thead th {
        font-variant-numeric: tabular-nums;
        text-align: center;
      }
      thead td {
        font-size: 0.87em;
        line-height: 1.3;
        vertical-align: bottom;
      }
      tbody th {
        background: var(--vscode-editor-background);
        left: -14px;
        max-width: var(--labels);
        min-width: var(--labels);
        overflow-wrap: anywhere;
        padding: 6px 10px 6px 14px;
        position: sticky;
        vertical-align: top;
        z-index: 1;
      }
      tbody td {
        padding: 6px;
        vertical-align: top;
      }
      atelier-figure-cell {
        width: var(--cell);
      }
      atelier-thumbnail {
        margin-top: 6px;
        width: 64px;
      }
      .hint {
        display: block;
        font-size: 0.87em;
        font-weight: normal;
        line-height: 1.3;
      }
      .axis {
        display: flex;
        justify-content: space-between;
        gap: 6px;
      }
    `,
  ];

  @property({ attribute: false }) strings!: FigureStrings;
  @property() locale = 'en';
  @property({ attribute: false }) figure!: ShownFigure;
  /** Id of the picture that the engine works on. */
  @property() running: string | undefined;
  /** Width over height of the pictures, by row. */
  @property({ attribute: false, state: true }) aspects: ReadonlyMap<number, number> = new Map();

  /** Puts the focus on a picture. */
  focusCell(id: string): void {
    this.renderRoot
      .querySelector<FigureCellElement>(`atelier-figure-cell[data-id="${CSS.escape(id)}"]`)
      ?.focus();
  }

  protected override render(): unknown {
    const { figure } = this;
    return figure.kind === 'styles' ? this.tiles(figure) : this.table(figure);
  }

  /** A picture a style, in as many columns as there is room for. */
  private tiles({ title, rows }: ShownFigure): unknown {
    return html`<ul class="tiles" aria-label=${title}>
      ${repeat(
        rows[0]?.cells ?? [],
        ({ id }) => id,
        cell =>
          html`<li>${this.cell(cell, 0)}<span class="name clip" title=${cell.name}>${cell.name}</span></li>`,
      )}
    </ul>`;
  }

  private table(figure: ShownFigure): unknown {
    return html`<table class=${figure.kind}>
      <caption class="hidden-text">
        ${figure.title}
      </caption>
      <thead>
        <tr>
          <td class="muted">
            <span class="axis">
              <span
                >${figure.axes.rows === '' ? nothing : html`${figure.axes.rows} <span aria-hidden="true">↓</span>`}</span
              >
              <span
                >${figure.axes.columns === '' ? nothing : html`${figure.axes.columns} <span aria-hidden="true">→</span>`}</span
              >
            </span>
          </td>
          ${figure.columns.map((column, index) => this.column(column, figure.columnHints?.[index]))}
        </tr>
      </thead>
      <tbody>
        ${figure.rows.map((row, index) => this.row(row, index))}
      </tbody>
    </table>`;
  }

  protected override updated(): void {
    const { rows, columns } = this.figure;
    const table = this.renderRoot.querySelector('table');
    const aspects = rows.map((_, index) => this.aspects.get(index) ?? USUAL);
    table?.style.setProperty('--rows', String(rows.length));
    table?.style.setProperty('--columns', String(columns.length));
    table?.style.setProperty('--narrowest', String(Math.min(...aspects)));
    this.renderRoot.querySelectorAll<HTMLElement>('tbody tr, .tiles').forEach((row, index) => {
      row.style.setProperty('--aspect', String(aspects[index] ?? USUAL));
    });
  }

  private column(label: string, hint: string | undefined): unknown {
    return html`<th scope="col">
      ${label} ${hint === undefined ? nothing : html`<span class="hint muted">${hint}</span>`}
    </th>`;
  }

  private row({ label, hint, picture, cells }: FigureRow, index: number): unknown {
    return html`<tr>
      <th scope="row">
        ${label} ${hint === undefined ? nothing : html`<span class="hint muted">${hint}</span>`}
        ${picture === undefined ? nothing : html`<atelier-thumbnail .picture=${picture}></atelier-thumbnail>`}
      </th>
      ${repeat(
        cells,
        ({ id }) => id,
        cell => html`<td>${this.cell(cell, index)}</td>`,
      )}
    </tr>`;
  }

  private cell(cell: FigureCell, row: number): unknown {
    const { strings, locale, figure } = this;
    return html`<atelier-figure-cell
      data-id=${cell.id}
      .strings=${strings}
      .locale=${locale}
      .cell=${cell}
      .running=${cell.id === this.running}
      .paintable=${isPaintable(figure)}
      .choice=${isChoice(figure)}
      @measured=${({ detail }: CustomEvent<number>) => this.measured(row, detail)}
    ></atelier-figure-cell>`;
  }

  /** All rows of a grid show the same image; rows of reconstructions have each their own. */
  private measured(index: number, aspect: number): void {
    const rows = isPaintable(this.figure) ? [...this.figure.rows.keys()] : [index];
    if (rows.every(row => this.aspects.get(row) === aspect)) return;
    this.aspects = new Map([...this.aspects, ...rows.map(row => [row, aspect] as const)]);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-figure-grid': FigureGrid;
  }
}
