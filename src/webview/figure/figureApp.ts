import { css, html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { Host } from '../common/host';
import '../common/problemBanner';
import type { FigureStrings } from '../../protocol/strings';
import {
  type FigureRequest,
  type FigureSnapshot,
  readFigureUpdate,
  type ShownFigure,
} from '../../protocol/figure';
import { base } from '../common/styles';
import './enlarged';
import './figureFooter';
import './figureGrid';
import type { FigureGrid } from './figureGrid';
import './figureHeader';
import { phaseText } from './figureHeader';
import { applyFigureUpdate, cellsOf, isPaintable, neighbourOf, type Direction } from './figureState';

/** The panel of a figure: shows what the host says, and sends what the person wants. */
@customElement('atelier-figure')
export class FigureApp extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        grid-template-rows: auto minmax(0, 1fr) auto;
        height: 100vh;
      }
      main {
        display: flex;
        flex-direction: column;
        min-height: 0;
      }
      p {
        margin: 10px 14px 4px;
        max-width: 90em;
        text-wrap: pretty;
      }
      atelier-problem {
        flex: none;
        margin: 12px 14px 0;
      }
      atelier-figure-grid {
        flex: 1;
        min-height: 0;
      }
      p + p {
        margin-top: 0;
      }
      .link {
        background: none;
        border: 0;
        color: var(--vscode-textLink-foreground);
        cursor: pointer;
        font: inherit;
        padding: 0;
        text-align: start;
        text-decoration: underline;
      }
      .link:hover {
        color: var(--vscode-textLink-activeForeground);
      }
      /* A grid is high: there is more room beside it than above. */
      @media (min-width: 880px) {
        :is(.tradeoff, .variations) {
          display: grid;
          grid-template-areas: 'problem problem' 'about grid';
          grid-template-columns: 200px minmax(0, 1fr);
          grid-template-rows: auto minmax(0, 1fr);
        }
        :is(.tradeoff, .variations) atelier-problem {
          grid-area: problem;
        }
        :is(.tradeoff, .variations) .about {
          grid-area: about;
        }
        :is(.tradeoff, .variations) atelier-figure-grid {
          grid-area: grid;
        }
        :is(.tradeoff, .variations) p {
          margin: 14px 0 12px 14px;
        }
      }
      @media (max-height: 520px) {
        p {
          display: none;
        }
      }
    `,
  ];

  private readonly host = new Host(readFigureUpdate);
  @state() private shown: FigureSnapshot | undefined;
  /** Id of the picture that is enlarged. */
  @state() private enlarged: string | undefined;
  @state() private said = '';
  @query('atelier-figure-grid') private readonly grid!: FigureGrid | null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.host.listen(update => {
      const before = this.shown;
      this.shown = applyFigureUpdate(before, update);
      if (this.shown === undefined) return;
      const { figure, status, strings } = this.shown;
      // VS Code hands this to whoever restores the panel after a reload.
      if (before?.figure.id !== figure.id) this.host.keep({ figure: figure.id });
      this.said = phaseText(status.phase, strings);
    });
    this.host.connect(() => [{ type: 'ready' }]);
  }

  protected override render(): unknown {
    if (this.shown === undefined) return nothing;
    const { strings, locale, figure, status } = this.shown;
    const running = status.phase === 'running' ? status.cell : undefined;
    return html`<atelier-figure-header
        .strings=${strings}
        .figure=${figure}
        .status=${status}
        @ask=${({ detail }: CustomEvent<'saveSheet' | 'savePage' | 'openPage' | 'reveal'>) =>
          this.send({ type: detail })}
      ></atelier-figure-header>
      <main class=${figure.kind}>
        ${
          status.problem === undefined
            ? nothing
            : html`<atelier-problem
                .problem=${status.problem}
                @action=${({ detail }: CustomEvent<string>) => this.send({ type: 'action', action: detail })}
              ></atelier-problem>`
        }
        <div class="about muted">
          <p>${introOf(figure.kind, strings)}</p>
          ${figure.kind === 'tradeoff' ? this.aboutGrid(figure, strings) : nothing}
        </div>
        <atelier-figure-grid
          .strings=${strings}
          .locale=${locale}
          .figure=${figure}
          .running=${running}
          @enlarge=${({ detail }: CustomEvent<string>) => (this.enlarged = detail)}
          @paint=${({ detail }: CustomEvent<string>) => this.paint(detail)}
        ></atelier-figure-grid>
      </main>
      <atelier-figure-footer
        .strings=${strings}
        .locale=${locale}
        .figure=${figure}
        .status=${status}
        @intend=${({ detail }: CustomEvent<'stop' | 'resume'>) => this.send({ type: detail })}
      ></atelier-figure-footer>
      ${this.enlargedCell(this.shown, running)}
      <div class="hidden-text" role="status">${this.said}</div>`;
  }

  private aboutGrid({ start }: ShownFigure, strings: FigureStrings): unknown {
    const isCold = start === 'cold';
    return html`<p>${strings.shortLosses}</p>
      <p>
        ${isCold ? strings.coldStarts : strings.warmStarts}
        <button class="link" @click=${() => this.send({ type: 'otherStarts' })}>
          ${isCold ? strings.makeWarm : strings.makeCold}
        </button>
      </p>`;
  }

  private enlargedCell({ strings, locale, figure }: FigureSnapshot, running: string | undefined): unknown {
    const cell = cellsOf(figure).find(({ id }) => id === this.enlarged);
    if (cell === undefined) return nothing;
    return html`<atelier-enlarged
      .strings=${strings}
      .locale=${locale}
      .cell=${cell}
      .running=${cell.id === running}
      .paintable=${isPaintable(figure)}
      @go=${({ detail }: CustomEvent<Direction>) =>
        (this.enlarged = neighbourOf(figure, cell.id, detail)?.id ?? cell.id)}
      @save=${({ detail }: CustomEvent<string>) => this.send({ type: 'saveCell', cell: detail })}
      @paint=${({ detail }: CustomEvent<string>) => this.paint(detail)}
      @dismiss=${() => this.reduce(cell.id)}
    ></atelier-enlarged>`;
  }

  /** The focus goes to the picture that was looked at last. */
  private reduce(id: string): void {
    this.enlarged = undefined;
    this.grid?.focusCell(id);
  }

  private paint(cell: string): void {
    this.enlarged = undefined;
    this.send({ type: 'paint', cell });
  }

  private send(request: FigureRequest): void {
    this.host.send(request);
  }
}

function introOf(kind: ShownFigure['kind'], strings: FigureStrings): string {
  const intros: Record<ShownFigure['kind'], string> = {
    reconstructions: strings.reconstructionsIntro,
    tradeoff: strings.tradeoffIntro,
    styles: strings.stylesIntro,
    variations: strings.variationsIntro,
  };
  return intros[kind];
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-figure': FigureApp;
  }
}
