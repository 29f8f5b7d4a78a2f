import { median } from '../peers/statistics';
import { CLASSIC, FORMER, GROUPS, OURS, PRODUCT } from './contestants';
import type { Measurement, Measurements } from './measurements';
import {
  BUDGETS,
  CONFIRMATION,
  FINALISTS,
  NETWORKS,
  PROBLEMS,
  SCREENED,
  SCREENING,
  STALLING,
  STARTS,
} from './plan';
import type { Curve, Problem } from './problem';

export const TOLERANCES = [0.2, 0.05, 0.02];

const row = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

const rule = (head: readonly string[]): string => row(...head.map(() => '---'));

const within = (tolerance: number): string => `+${tolerance * 100} %`;

export const nameOf = ({ content, style }: Problem): string => `${content} × ${style}`;

/** What was spent until the loss is at most `bound`; Infinity when it never is. */
function spentTo({ losses, spent }: Curve, bound: number): number {
  const at = losses.findIndex(loss => loss <= bound);
  return at < 0 ? Infinity : spent[at]!;
}

/** What one and the classic spent to within a part of the best that either reaches. */
interface Race {
  readonly own: number;
  readonly classic: number;
  /** own/classic, where one that never gets there counts with all it spent. */
  readonly ratio: number;
  /** Whether the ratio is only a bound because of that. */
  readonly mark: '' | '≤ ' | '≥ ';
}

export function race(a: Curve, b: Curve, tolerance: number): Race {
  const bound = (1 + tolerance) * Math.min(...a.losses, ...b.losses);
  const [own, classic] = [spentTo(a, bound), spentTo(b, bound)];
  const ratio = Math.min(own, a.spent.at(-1)!) / Math.min(classic, b.spent.at(-1)!);
  return { own, classic, ratio, mark: own === Infinity ? '≥ ' : classic === Infinity ? '≤ ' : '' };
}

const times = ({ ratio, mark }: Race): string => mark + ratio.toFixed(2);

/** Two counts and their ratio. */
function counts(one: Race): string {
  const told = (spent: number) => (Number.isFinite(spent) ? spent.toFixed(0) : '–');
  return `${told(one.own)}/${told(one.classic)}: **${times(one)}**`;
}

function curveOf(
  measurements: Measurements,
  among: readonly Measurement[],
  problem: Problem,
  solver: string,
): Curve {
  return measurements.read(among.find(m => m.problem === problem && m.solver === solver)!)!;
}

/** Everybody against the classic optimizer on the screened problems, group by group. */
export function screening(measurements: Measurements): string {
  const titles = SCREENED.map(({ start, size }) => `${start}, ${size.width}²`);
  const head = [
    ...SCREENED.flatMap((_, i) => TOLERANCES.map(tolerance => `${titles[i]} ${within(tolerance)}`)),
    ...titles.map(title => `${title} last loss`),
  ];
  return Object.entries(GROUPS)
    .map(([group, members]) => {
      const rows = Object.keys(members).map(solver => {
        const pairs = SCREENED.map(problem =>
          [solver, CLASSIC].map(name => curveOf(measurements, SCREENING, problem, name)),
        );
        const ratios = pairs.flatMap(([own, classic]) =>
          TOLERANCES.map(tolerance => times(race(own!, classic!, tolerance))),
        );
        const lasts = pairs.map(([own, classic]) =>
          (own!.losses.at(-1)! / classic!.losses.at(-1)!).toFixed(3),
        );
        return row(solver === OURS ? `**${solver}**` : solver, ...ratios, ...lasts);
      });
      return [`### ${group}\n`, row('contestant', ...head), rule(['', ...head]), ...rows].join('\n');
    })
    .join('\n\n');
}

/** The finalists against the classic optimizer on every problem, with medians over the pairs. */
export function confirmation(measurements: Measurements): string {
  const head = ['contestant', 'start, α/β', 'pair', ...TOLERANCES.map(within), 'last loss / classic’s'];
  const sections = NETWORKS.map(network => {
    const rows = FINALISTS.filter(solver => solver !== CLASSIC).flatMap(solver =>
      STARTS.flatMap(([start]) => {
        const problems = solved(measurements).filter(p => p.network === network && p.start === start);
        return rowsOf(measurements, problems, solver);
      }),
    );
    const side = PROBLEMS.find(problem => problem.network === network)!.size.width;
    const title = `### ${network}, ${side}², ${BUDGETS[network]} evaluations\n`;
    return rows.length === 0 ? '' : [title, row(...head), rule(head), ...rows].join('\n');
  });
  return sections.filter(section => section !== '').join('\n\n');
}

/** One contestant from one start: the product pair by pair, and everyone's medians. */
function rowsOf(measurements: Measurements, problems: readonly Problem[], solver: string): string[] {
  const [first] = problems;
  if (first === undefined) return [];
  const start = `${first.start}, ${first.ratio}`;
  const raced = problems.map(problem => {
    const [own, classic] = [solver, CLASSIC].map(name => curveOf(measurements, CONFIRMATION, problem, name));
    return { problem, own: own!, classic: classic!, last: own!.losses.at(-1)! / classic!.losses.at(-1)! };
  });
  const detail = raced.map(({ problem, own, classic, last }) => {
    const cells = TOLERANCES.map(tolerance => counts(race(own, classic, tolerance)));
    return row(solver, start, nameOf(problem), ...cells, last.toFixed(3));
  });
  const middle = TOLERANCES.map(tolerance => {
    const all = raced.map(({ own, classic }) => race(own, classic, tolerance));
    const mark = all.find(one => one.mark !== '')?.mark ?? '';
    return `${mark}**${median(all.map(one => one.ratio)).toFixed(2)}**`;
  });
  const last = median(raced.map(one => one.last)).toFixed(3);
  return [
    ...(solver === PRODUCT ? detail : []),
    row(solver, start, `**median of ${raced.length}**`, ...middle, last),
  ];
}

/** Whether the descent ever stands still. */
export function stalls(measurements: Measurements): string {
  const head = ['pair', 'size', 'start', 'α/β', 'tv', 'units', 'loss: first, half-way, last', 'longest wait'];
  const rows = STALLING.flatMap(({ problem, ...measurement }) => {
    const curve = measurements.read({ problem, ...measurement });
    if (curve === undefined) return [];
    const { losses } = curve;
    let [best, bestAt, longest] = [Infinity, 0, 0];
    losses.forEach((loss, i) => {
      if (loss >= best) return;
      longest = Math.max(longest, i - bestAt);
      [best, bestAt] = [loss, i];
    });
    longest = Math.max(longest, losses.length - bestAt);
    const marks = [losses[0]!, losses[losses.length >> 1]!, losses.at(-1)!].map(v => v.toPrecision(4));
    const { size, start, ratio, tv = 0, units = 'mean' } = problem;
    return row(
      ...[nameOf(problem), `${size.width}x${size.height}`, start, ratio, tv, units],
      ...[marks.join(', '), longest],
    );
  });
  return [row(...head), rule(head), ...rows].join('\n');
}

/** The problems that all finalists have been through. */
export function solved(measurements: Measurements): Problem[] {
  return PROBLEMS.filter(problem =>
    CONFIRMATION.filter(one => one.problem === problem).every(one => measurements.read(one) !== undefined),
  );
}

/** The curves of a problem in the confirmation. */
export function curvesOf(
  measurements: Measurements,
  problem: Problem,
): readonly { readonly solver: string; readonly curve: Curve }[] {
  return [CLASSIC, FORMER, PRODUCT].map(solver => ({
    solver,
    curve: curveOf(measurements, CONFIRMATION, problem, solver),
  }));
}
