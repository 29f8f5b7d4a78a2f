import type { Trial } from './campaign';

/** A fault, and the seed that shows it again. */
export interface Fault {
  readonly seed: number;
  readonly kind: string;
  readonly what: string;
}

/** How many trials of each kind were made, and which of them went wrong. */
export class Tally {
  private readonly counts = new Map<string, number>();
  private readonly found: Fault[] = [];

  /** @param onFault hears of every fault when it is found */
  constructor(private readonly onFault: (fault: Fault) => void = () => undefined) {}

  get faults(): readonly Fault[] {
    return this.found;
  }

  get trials(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  count(seed: number, { kind, fault: what }: Trial): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    if (what === undefined) return;
    const fault = { seed, kind, what };
    this.found.push(fault);
    this.onFault(fault);
  }

  /** Adds what another run of the campaign has counted, as `toJSON` gave it. */
  add({ counts, faults }: ReturnType<Tally['toJSON']>): void {
    for (const [kind, count] of Object.entries(counts))
      this.counts.set(kind, (this.counts.get(kind) ?? 0) + count);
    this.found.push(...faults);
  }

  toJSON(): { readonly counts: Readonly<Record<string, number>>; readonly faults: readonly Fault[] } {
    return { counts: Object.fromEntries(this.counts), faults: this.found };
  }

  /** A Markdown table, the kinds in the order of the alphabet. */
  table(): string {
    const kinds = [...this.counts.keys()].sort();
    const faultsOf = (kind: string) => this.found.filter(fault => fault.kind === kind).length;
    return table(
      ['', 'trials', 'faults'],
      [
        ...kinds.map(kind => [kind, String(this.counts.get(kind)), String(faultsOf(kind))]),
        ['all', String(this.trials), String(this.found.length)],
      ],
    );
  }
}

/** A Markdown table. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '-')), ...rows.map(line)].join('\n');
}
