import * as path from 'node:path';
import type { Finding, LayerFinding, ReconstructionFinding, StudyKind } from '../../engine/insights/insight';
import type { LayerInsight, Reconstruction } from '../../webview/studio/insights/insight';
import type { Section, Snapshot, StudioUpdate } from '../../webview/studio/messages';
import type { ToUri } from './snapshot';

/** What the engine is to study for a section of the panel. */
export function studyOf(section: Section | undefined): StudyKind | 'none' {
  return section === 'reconstructions' || section === 'layers' ? section : 'none';
}

/** What was found about the layers of one run, as the panel shows it. */
export class Studies {
  private readonly reconstructions = new Map<string, Reconstruction>();
  private readonly insights = new Map<string, LayerInsight>();

  constructor(
    private readonly folder: string,
    private readonly toUri: ToUri,
  ) {}

  /** Takes a finding in and returns what the panel is to be told. */
  hear(finding: Finding): StudioUpdate {
    return finding.kind === 'reconstruction' ? this.reconstructed(finding) : this.looked(finding);
  }

  get snapshot(): Pick<Snapshot, 'reconstructions' | 'insights'> {
    return { reconstructions: [...this.reconstructions.values()], insights: [...this.insights.values()] };
  }

  private reconstructed({
    id,
    of,
    layers,
    state,
    file,
    progress,
    relativeLoss,
  }: ReconstructionFinding): StudioUpdate {
    const reconstruction = { id, kind: of, layers, state, uri: this.uri(file), progress, relativeLoss };
    this.reconstructions.set(id, reconstruction);
    return { type: 'reconstruction', reconstruction };
  }

  private looked({ kind: _, of, pull, ...seen }: LayerFinding): StudioUpdate {
    const insight = { ...seen, kind: of, pull: this.uri(pull) };
    this.insights.set(`${of} ${seen.layer}`, insight);
    return { type: 'insights', insights: [insight] };
  }

  private uri(file: string | undefined): string | undefined {
    return file === undefined ? undefined : this.toUri(path.join(this.folder, file));
  }
}
