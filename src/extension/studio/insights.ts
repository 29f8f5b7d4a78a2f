import * as path from 'node:path';
import type { Insight, InsightKind, LayerInsight, ReconstructionInsight } from '../../protocol/insight';
import type { LayerInsight as ShownInsight, Reconstruction } from '../../protocol/run';
import type { Section, Snapshot, StudioUpdate } from '../../protocol/studio';
import type { ToUri } from './snapshot';

/** What the engine is to compute for a section of the panel. */
export function insightKindOf(section: Section | undefined): InsightKind | 'none' {
  return section === 'reconstructions' || section === 'layers' ? section : 'none';
}

/** What was found about the layers of one run, as the panel shows it. */
export class Insights {
  private readonly reconstructions = new Map<string, Reconstruction>();
  private readonly insights = new Map<string, ShownInsight>();

  constructor(
    private readonly folder: string,
    private readonly toUri: ToUri,
  ) {}

  /** Takes an insight in and returns what the panel is to be told. */
  receive(insight: Insight): StudioUpdate {
    return insight.kind === 'reconstruction' ? this.reconstructionUpdate(insight) : this.layerUpdate(insight);
  }

  get snapshot(): Pick<Snapshot, 'reconstructions' | 'insights'> {
    return { reconstructions: [...this.reconstructions.values()], insights: [...this.insights.values()] };
  }

  private reconstructionUpdate({
    id,
    of,
    layers,
    state,
    file,
    progress,
    relativeLoss,
  }: ReconstructionInsight): StudioUpdate {
    const reconstruction = { id, kind: of, layers, state, uri: this.uri(file), progress, relativeLoss };
    this.reconstructions.set(id, reconstruction);
    return { type: 'reconstruction', reconstruction };
  }

  private layerUpdate({ kind: _, of, gradientOverlay, ...seen }: LayerInsight): StudioUpdate {
    const insight = { ...seen, kind: of, gradientOverlay: this.uri(gradientOverlay) };
    this.insights.set(`${of} ${seen.layer}`, insight);
    return { type: 'insights', insights: [insight] };
  }

  private uri(file: string | undefined): string | undefined {
    return file === undefined ? undefined : this.toUri(path.join(this.folder, file));
  }
}
