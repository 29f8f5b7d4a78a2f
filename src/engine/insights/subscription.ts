import type { Insight, InsightKind } from '../../protocol/insight';

/** What someone looks at, and where the insights go. Only the latest request counts. */
export class InsightSubscription {
  private latest: { readonly job: string; readonly kind: InsightKind } | undefined;

  constructor(private readonly emit: (job: string, insight: Insight) => void) {}

  set(job: string, kind: InsightKind | 'none'): void {
    if (kind !== 'none') this.latest = { job, kind };
    else if (this.latest?.job === job) this.latest = undefined;
  }

  get current(): { readonly job: string; readonly kind: InsightKind } | undefined {
    return this.latest;
  }

  of(job: string): InsightKind | undefined {
    return this.latest?.job === job ? this.latest.kind : undefined;
  }

  publish(job: string, insight: Insight): void {
    this.emit(job, insight);
  }
}
