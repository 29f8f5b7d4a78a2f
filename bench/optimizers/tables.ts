import { CLASSIC, CONTESTANTS, OURS, VARIANTS, type Solve } from './contestants';
import type { Measurement, Measurements } from './measurements';
import type { Curve, Problem } from './problem';

export const EVALUATIONS = 300;
const REPEATS = [0];
const TOLERANCES = [0.2, 0.05, 0.02];

const PAIRS = [
  ['tuebingen', 'starry-night'],
  ['louvre', 'great-wave'],
  ['great-wall', 'night-cafe'],
] as const;

/** The two starts of the comparison, with the ratios they are used with. */
export const STARTS: readonly (readonly [Problem['start'], number])[] = [
  ['content', 0.005],
  ['noise', 0.05],
];

const size = { width: 256, height: 256 };

export const PROBLEMS: readonly Problem[] = STARTS.flatMap(([start, ratio]) =>
  PAIRS.map(([content, style]): Problem => ({ content, style, size, start, ratio })),
);

/** 20 problems of odd sizes, over four powers of ten in the ratio, from both starts, some in the paper's units. */
export const STALL_PROBLEMS: readonly Problem[] = Array.from({ length: 20 }, (_, i): Problem => {
  const contents = ['tuebingen', 'louvre', 'great-wall'];
  const styles = ['starry-night', 'great-wave', 'night-cafe', 'monet', 'sunflowers', 'wheat-field'];
  const ratio = Number((10 ** (-4 + (i % 5))).toPrecision(1));
  return {
    content: contents[i % 3]!,
    style: styles[i % 6]!,
    size: { width: 65 + ((i * 37) % 128), height: 63 + ((i * 53) % 96) },
    start: i % 2 === 0 ? 'content' : 'noise',
    ratio,
    tv: i % 4 === 3 ? 50 : 0,
    units: i % 7 === 6 ? 'paper' : 'mean',
    seed: i,
  };
});

const STALL_EVALUATIONS = 200;

function measurementsOf(
  problems: readonly Problem[],
  solvers: Readonly<Record<string, Solve>>,
  evaluations: number,
  repeats: readonly number[],
): Measurement[] {
  return problems.flatMap(problem =>
    repeats.flatMap(repeat =>
      Object.entries(solvers).map(([solver, solve]) => ({ problem, solver, solve, evaluations, repeat })),
    ),
  );
}

const compared = measurementsOf(PROBLEMS, CONTESTANTS, EVALUATIONS, REPEATS);
const varied = measurementsOf(PROBLEMS, VARIANTS, EVALUATIONS, [0]);
const stalling = measurementsOf(STALL_PROBLEMS, { [OURS]: CONTESTANTS[OURS]! }, STALL_EVALUATIONS, [0]);

export const MEASUREMENTS: readonly Measurement[] = [...compared, ...stalling, ...varied];

/** Evaluations until the loss is at most `bound`; Infinity when it never is. */
function evaluationsTo({ losses }: Curve, bound: number): number {
  const at = losses.slice(0, EVALUATIONS).findIndex(loss => loss <= bound);
  return at < 0 ? Infinity : at + 1;
}

/** Evaluations of both to within `tolerance` of the best that either reaches. */
function race(a: Curve, b: Curve, tolerance: number): readonly [number, number] {
  const best = Math.min(...a.losses.slice(0, EVALUATIONS), ...b.losses.slice(0, EVALUATIONS));
  return [evaluationsTo(a, best * (1 + tolerance)), evaluationsTo(b, best * (1 + tolerance))];
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const count = (evaluations: number): string => (Number.isFinite(evaluations) ? `${evaluations}` : '–');

/** A ratio of two counts, of which either may be never. */
function times(ratio: number): string {
  if (ratio === 0) return 'classic never';
  return Number.isFinite(ratio) ? ratio.toFixed(2) : 'not reached';
}

const nameOf = ({ content, style }: Problem): string => `${content} × ${style}`;

/** Ours against the classic optimizer, problem by problem. */
export function comparison(measurements: Measurements): string {
  const curve = (problem: Problem, solver: string, repeat: number): Curve =>
    measurements.read(
      compared.find(m => m.problem === problem && m.solver === solver && m.repeat === repeat)!,
    )!;
  const rows: string[] = [
    `| start, α/β | pair | ${TOLERANCES.map(t => `+${t * 100} %: ours / classic`).join(' | ')} | loss after ${EVALUATIONS} |`,
    `| --- | --- | ${TOLERANCES.map(() => '---').join(' | ')} | --- |`,
  ];
  for (const [start, ratio] of STARTS) {
    const ratios = TOLERANCES.map(() => [] as number[]);
    const lasts: number[] = [];
    for (const problem of PROBLEMS.filter(p => p.start === start)) {
      const pairs = REPEATS.map(
        repeat => [curve(problem, OURS, repeat), curve(problem, CLASSIC, repeat)] as const,
      );
      const cells = TOLERANCES.map((tolerance, i) => {
        const races = pairs.map(([ours, classic]) => race(ours, classic, tolerance));
        const each = races.map(([ours, classic]) => ours / classic);
        ratios[i]!.push(median(each));
        const counts = races.map(([ours, classic]) => `${count(ours)}/${count(classic)}`).join(', ');
        return `${counts}: **${times(median(each))}**`;
      });
      const last = median(
        pairs.map(([ours, classic]) => ours.losses[EVALUATIONS - 1]! / classic.losses[EVALUATIONS - 1]!),
      );
      lasts.push(last);
      rows.push(`| ${start}, ${ratio} | ${nameOf(problem)} | ${cells.join(' | ')} | ${last.toFixed(3)} |`);
    }
    const medians = ratios.map(values => `**${times(median(values))}**`);
    rows.push(
      `| **${start}** | median of the pairs | ${medians.join(' | ')} | ${median(lasts).toFixed(3)} |`,
    );
  }
  return rows.join('\n');
}

/** The other variants against the classic optimizer, medians over the pairs. */
export function variants(measurements: Measurements): string {
  const rows = [
    `| variant | ${STARTS.flatMap(([start]) => TOLERANCES.map(t => `${start} +${t * 100} %`)).join(' | ')} |`,
    `| --- | ${STARTS.flatMap(() => TOLERANCES.map(() => '---')).join(' | ')} |`,
  ];
  const all = [...compared, ...varied].filter(m => m.repeat === 0);
  for (const solver of [OURS, ...Object.keys(VARIANTS)]) {
    const cells = STARTS.flatMap(([start]) =>
      TOLERANCES.map(tolerance => {
        const ratios = PROBLEMS.filter(problem => problem.start === start).map(problem => {
          const [mine, classic] = [solver, CLASSIC].map(name =>
            measurements.read(all.find(m => m.problem === problem && m.solver === name)!)!,
          );
          const [a, b] = race(mine!, classic!, tolerance);
          return a / b;
        });
        return times(median(ratios));
      }),
    );
    rows.push(`| ${solver} | ${cells.join(' | ')} |`);
  }
  return rows.join('\n');
}

/** Whether the descent ever stands still. */
export function stalls(measurements: Measurements): string {
  const rows = [
    '| pair | size | start | α/β | tv | units | loss: first, half-way, last | longest wait for a new best |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
  ];
  for (const measurement of stalling) {
    const { losses } = measurements.read(measurement)!;
    const { problem } = measurement;
    let [best, bestAt, longest] = [Infinity, 0, 0];
    losses.forEach((loss, i) => {
      if (loss >= best) return;
      longest = Math.max(longest, i - bestAt);
      [best, bestAt] = [loss, i];
    });
    longest = Math.max(longest, losses.length - bestAt);
    const marks = [losses[0]!, losses[STALL_EVALUATIONS / 2]!, losses.at(-1)!].map(v => v.toPrecision(4));
    const { width, height } = problem.size;
    rows.push(
      `| ${nameOf(problem)} | ${width}x${height} | ${problem.start} | ${problem.ratio} | ${problem.tv} | ` +
        `${problem.units} | ${marks.join(', ')} | ${longest} |`,
    );
  }
  return rows.join('\n');
}

/** The curves of the comparison without a nudge. */
export function curvesOf(
  measurements: Measurements,
  problem: Problem,
): readonly { readonly solver: string; readonly curve: Curve }[] {
  return [CLASSIC, OURS].map(solver => ({
    solver,
    curve: measurements.read(
      compared.find(m => m.problem === problem && m.solver === solver && m.repeat === 0)!,
    )!,
  }));
}
