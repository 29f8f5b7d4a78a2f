import type { Finding, StudyKind } from './insight';

/** What someone looks at, and where the findings go. Only the latest wish counts. */
export class StudyWish {
  private latest: { readonly job: string; readonly study: StudyKind } | undefined;

  constructor(private readonly emit: (job: string, finding: Finding) => void) {}

  set(job: string, study: StudyKind | 'none'): void {
    if (study !== 'none') this.latest = { job, study };
    else if (this.latest?.job === job) this.latest = undefined;
  }

  get current(): { readonly job: string; readonly study: StudyKind } | undefined {
    return this.latest;
  }

  of(job: string): StudyKind | undefined {
    return this.latest?.job === job ? this.latest.study : undefined;
  }

  tell(job: string, finding: Finding): void {
    this.emit(job, finding);
  }
}
