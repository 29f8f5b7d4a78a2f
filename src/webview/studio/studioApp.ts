import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { copyPicture } from '../common/pictures/clipboard';
import { DropTarget } from '../common/dropping/dropTarget';
import { Host } from '../common/host';
import { icon } from '../common/icon';
import type { ViewChange } from '../common/pictures/pane';
import '../common/problemBanner';
import '../common/tabs';
import type { Tab } from '../common/tabs';
import type { Look } from '../../protocol/look';
import type { StudioStrings } from '../../protocol/strings';
import {
  type Frame,
  readStudioUpdate,
  type RunSummary,
  type Section,
  type StudioRequest,
  type Tuning,
} from '../../protocol/studio';
import './controlSection';
import { takesRetune } from './intentions';
import { nearestFrame } from './frames';
import './insights/layerSection';
import './losses/lossSection';
import type { LossView } from './losses/lossSection';
import { applyUpdate, insightKey, type PanelState } from './panelState';
import { announcement } from './phase';
import './insights/reconstructionSection';
import './runHeader';
import './stage';
import { studioStyles } from './studioStyles';
import './transport';
import { Tuner } from '../common/tuner';
import { defaultView, viewSchemas, viewOfRun, type StudioViewState } from './viewState';

/** The studio panel: shows what the host says, and sends what the person wants. */
@customElement('atelier-studio')
export class StudioApp extends LitElement {
  static override styles = studioStyles;

  private readonly host = new Host(readStudioUpdate);
  private readonly tuner = new Tuner(tuning => this.send({ type: 'retune', tuning }));
  private readonly drop = new DropTarget(this, dropped =>
    this.send(dropped.type === 'dropRefused' ? dropped : { ...dropped, ...this.next }),
  );
  @state() private panel: PanelState | undefined;
  @state() private view: StudioViewState = this.host.restore(defaultView, viewSchemas);
  /** What was set for the next painting. */
  @state() private look: Look = {};
  @state() private original = false;
  @state() private overlaid: string | undefined;
  @state() private said = '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.host.listen(update => {
      if (update.type === 'command') void this.copy();
      else this.receive(update);
    });
    this.host.connect(() => [{ type: 'ready' }, { type: 'section', section: this.view.section }]);
  }

  protected override render(): unknown {
    const { panel } = this;
    if (panel === undefined) return nothing;
    const { strings, run, status } = panel;
    const dropping = this.drop.over ? html`<div class="dropping">${strings.dropStyle}</div>` : nothing;
    if (run === undefined) return html`${this.nothingYet(strings)}${dropping}`;
    return html`<atelier-run-header
        .strings=${strings}
        .run=${run}
        .status=${status}
        .painted=${panel.frames.length > 0 || status?.result !== undefined}
        @ask=${({ detail }: CustomEvent<string>) => this.ask(detail)}
      ></atelier-run-header>
      <main>
        ${
          status?.problem === undefined
            ? nothing
            : html`<atelier-problem
                .problem=${status.problem}
                @action=${({ detail }: CustomEvent<string>) => this.send({ type: 'action', action: detail })}
              ></atelier-problem>`
        }
        <atelier-stage
          .strings=${strings}
          .run=${run}
          .status=${status}
          .frames=${panel.frames}
          .frame=${this.frame(panel)}
          .view=${this.view.zoom}
          .original=${this.original}
          .overlay=${panel.insights.find(insight => insightKey(insight) === this.overlaid)?.gradientOverlay}
          @view-change=${({ detail }: ViewChange) => this.arrange({ zoom: detail })}
        ></atelier-stage>
        <atelier-transport
          .strings=${strings}
          .locale=${panel.locale}
          .status=${status}
          .frames=${panel.frames}
          .shown=${this.shown(panel)}
          .original=${this.original}
          @frame=${({ detail }: CustomEvent<number>) => this.arrange({ step: panel.frames[detail]?.step })}
          @original=${({ detail }: CustomEvent<boolean>) => (this.original = detail)}
          @intend=${({ detail }: CustomEvent<StudioRequest>) => this.intend(detail)}
        ></atelier-transport>
      </main>
      <aside aria-label=${strings.sections}>
        <atelier-tabs
          .label=${strings.sections}
          .tabs=${tabs(strings)}
          .selected=${this.view.section}
          @select=${({ detail }: CustomEvent<Section>) => this.choose(detail)}
        >
          ${this.section(panel, run)}
        </atelier-tabs>
      </aside>
      <div class="hidden-text" role="status">${this.said}</div>
      ${dropping}`;
  }

  private nothingYet(strings: StudioStrings): unknown {
    return html`<div class="empty">
      ${icon('symbol-color')}
      <h2>${strings.emptyTitle}</h2>
      <p class="muted">${strings.emptyText}</p>
      <vscode-button @click=${() => this.send({ type: 'begin' })}>${strings.begin}</vscode-button>
    </div>`;
  }

  private section(panel: PanelState, run: RunSummary): unknown {
    const { strings, locale, status } = panel;
    switch (this.view.section) {
      case 'losses':
        return html`<atelier-loss-section
          .strings=${strings}
          .locale=${locale}
          .curves=${panel.curves}
          .revision=${panel.revision}
          .marks=${panel.marks}
          .view=${this.view}
          @view=${({ detail }: CustomEvent<LossView>) => this.arrange(detail)}
        ></atelier-loss-section>`;
      case 'reconstructions':
        return html`<atelier-reconstruction-section
          .strings=${strings}
          .locale=${locale}
          .reconstructions=${panel.reconstructions}
          .phase=${status?.phase ?? 'queued'}
        ></atelier-reconstruction-section>`;
      case 'layers':
        return html`<atelier-layer-section
          .strings=${strings}
          .locale=${locale}
          .insights=${panel.insights}
          .step=${status?.progress?.step ?? 0}
          .phase=${status?.phase ?? 'queued'}
          .overlaid=${this.overlaid}
          @overlay=${({ detail }: CustomEvent<string | undefined>) => (this.overlaid = detail)}
        ></atelier-layer-section>`;
      case 'controls':
        return html`<atelier-control-section
          .strings=${strings}
          .locale=${locale}
          .phase=${status?.phase ?? 'queued'}
          .controls=${this.tuner.over(panel.controls ?? run.controls)}
          .recipe=${run.controls}
          .statistics=${run.look.statistics}
          .fixed=${run.fixedStatistics}
          .offered=${panel.look}
          .look=${{ ...run.look, ...this.look }}
          .changed=${Object.keys(this.look).length > 0}
          @look=${({ detail }: CustomEvent<Look>) => (this.look = { ...this.look, ...detail })}
          @again=${() => this.intend({ type: 'runAgain' })}
          @tune=${({ detail }: CustomEvent<Tuning>) => this.tune(detail)}
        ></atelier-control-section>`;
    }
  }

  private receive(update: Parameters<typeof applyUpdate>[1]): void {
    const before = this.panel;
    this.panel = applyUpdate(before, update);
    if (update.type === 'retuned') this.tuner.confirm();
    if (update.type === 'snapshot' && update.snapshot.run?.id !== this.view.run)
      this.turnToAnotherRun(update.snapshot.run?.id);
    const { status, strings } = this.panel ?? {};
    // What was confirmed while the page was hidden is in the snapshot; what waits for a resume is not.
    if (update.type === 'snapshot' && status !== undefined && takesRetune(status.phase)) this.tuner.confirm();
    if (status !== undefined && strings !== undefined) this.said = announcement(status, strings);
  }

  private turnToAnotherRun(run: string | undefined): void {
    this.tuner.clear();
    this.look = {};
    this.original = false;
    this.overlaid = undefined;
    this.arrange(viewOfRun(run));
  }

  /** Index of the frame that is shown; -1: the newest. Frames are thinned while one looks at them, steps stay. */
  private shown({ frames }: PanelState): number {
    return this.view.step === undefined ? -1 : nearestFrame(frames, this.view.step);
  }

  private frame(panel: PanelState): Frame | undefined {
    const { frames, status } = panel;
    const shown = this.shown(panel);
    const frame = frames.at(shown);
    const { result, progress } = status ?? {};
    // The saved result is what the run ended with, at full quality.
    if (shown >= 0 || result === undefined) return frame;
    const step = progress?.step ?? frame?.step ?? 0;
    return { uri: result.uri, step, scale: frame?.scale ?? progress?.scale ?? [0, 0] };
  }

  private tune(tuning: Tuning): void {
    const phase = this.panel?.status?.phase;
    this.tuner.change(tuning, phase !== undefined && takesRetune(phase));
    this.requestUpdate();
  }

  private intend(request: StudioRequest): void {
    if (request.type === 'runAgain') this.send({ type: 'runAgain', ...this.next });
    else if (request.type === 'resume') this.send({ type: 'resume', tuning: this.tuner.take() });
    else this.send(request);
  }

  private ask(what: string): void {
    if (what === 'copyImage') void this.copy();
    else if (what === 'saveAs') {
      const frame = this.panel?.frames[this.shown(this.panel)];
      this.send({ type: 'saveAs', step: frame?.step });
    } else if (what === 'pickStyle') this.send({ type: what, ...this.next });
    else if (what === 'reveal' || what === 'export') this.send({ type: what });
  }

  /** What a new painting begins with, beside what the run was asked. */
  private get next(): { tuning: Tuning | undefined; look: Look | undefined } {
    return { tuning: this.tuner.held, look: Object.keys(this.look).length > 0 ? this.look : undefined };
  }

  private async copy(): Promise<void> {
    const frame = this.panel && this.frame(this.panel);
    if (frame === undefined) return;
    try {
      await copyPicture(frame.uri);
      this.said = this.panel?.strings.copied ?? '';
      this.send({ type: 'copied' });
    } catch (error) {
      this.send({ type: 'copied', error: error instanceof Error ? error.message : String(error) });
    }
  }

  private choose(section: Section): void {
    this.arrange({ section });
    this.send({ type: 'section', section });
  }

  private arrange(change: Partial<StudioViewState>): void {
    this.view = { ...this.view, ...change };
    this.host.keep(this.view);
  }

  private send(request: StudioRequest): void {
    this.host.send(request);
  }
}

function tabs(strings: StudioStrings): readonly Tab[] {
  return [
    { id: 'losses', label: strings.sectionLosses },
    { id: 'reconstructions', label: strings.sectionReconstructions },
    { id: 'layers', label: strings.sectionLayers },
    { id: 'controls', label: strings.sectionControls },
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-studio': StudioApp;
  }
}
