import { bestOf, clocks, descents, NEAR, type ClockRecord, type ConvergenceRecord } from './convergence';
import { DIRECT, OURS, PEER } from './contestants';
import { evaluations, type EvaluationRecord } from './evaluation';
import { memories } from './memory';
import { secondsAt } from './pace';
import type { Circumstances } from './records';
import { COMMAND_LINE, starts } from './startup';
import { fitPower, median, spreadOf, type Spread } from './statistics';

const TOLERANCES = [0.2, 0.05, 0.02];

/** Everything that was measured so far, as the text of bench/peers.md. */
export function tables(): string {
  const sections = [evaluationTable(), ...convergenceTables(), memoryTable(), startTable(), growthTable()];
  return sections.filter(section => section !== '').join('\n\n');
}

function row(...cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

function table(title: string, head: readonly string[], rows: readonly string[], about: string): string {
  if (rows.length === 0) return '';
  return [`## ${title}\n`, `${about}\n`, row(...head), row(...head.map(() => '---')), ...rows].join('\n');
}

const digits = (value: number): string =>
  Number.isFinite(value) ? value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2) : 'not reached';

const spread = ({ median: middle, least, most }: Spread): string =>
  `**${digits(middle)}** (${digits(least)}–${digits(most)})`;

/** When, with what, on what, and how busy the machine was at most. */
function circumstancesOf(all: readonly Circumstances[]): string {
  const each = (read: (one: Circumstances) => string | undefined): string =>
    [...new Set(all.map(read).filter(value => value !== undefined))].sort().join(' and ');
  const load = Math.max(...all.map(one => one.load));
  return [
    ...[each(one => one.date), each(one => one.processor), `${each(one => `${one.cores}`)} cores`],
    ...[`Node ${each(one => one.node)}`, `onnxruntime ${each(one => one.onnxruntime)}`],
    ...[each(one => one.torch), `load before a measurement at most ${load}`].filter(part => part !== ''),
  ].join(', ');
}

function under(records: readonly { readonly under: Circumstances }[]): string {
  return `Measured ${circumstancesOf(records.map(record => record.under))}.`;
}

/** How many times as long `other` takes as `own`, round by round. */
function speedups({ rounds }: EvaluationRecord, other: string): Spread | undefined {
  const [mine, theirs] = [rounds[OURS], rounds[other]];
  return mine && theirs && spreadOf(mine.map((ms, i) => theirs[i]! / ms));
}

function evaluationTable(): string {
  const records = evaluations().values();
  const head = ['network', 'size', 'threads', 'pooling', 'Atelier, ms', 'direct, ms', 'PyTorch, ms'];
  const rows = records.map(record => {
    const { model, size, threads, pooling, rounds, lossDifference, layout } = record;
    const ms = (name: string) => (rounds[name] ? digits(median(rounds[name])) : '–');
    const ratio = (name: string) => {
      const found = speedups(record, name);
      return found ? spread(found) : '–';
    };
    const times = [ms(OURS), ms(DIRECT), ms(PEER)];
    const agreement = lossDifference.toExponential(1);
    return row(
      ...[
        model,
        `${size}²`,
        threads,
        pooling,
        ...times,
        ratio(DIRECT),
        ratio(PEER),
        agreement,
        layout ?? '–',
      ],
    );
  });
  const about =
    'Loss and gradient with respect to the image at the content image, five style layers and content at conv4_2; the ' +
    'programs take turns. Times are medians of the rounds, ratios medians (least–most) of the ratios of each round: ' +
    'how many times as long the other takes. `synthetic` has the widths of VGG-19. The losses of the programs are ' +
    'compared term by term. PyTorch has the memory layout that a trial found fastest.\n\n';
  return table(
    'One evaluation',
    [...head, 'direct / Atelier', 'PyTorch / Atelier', 'losses differ by', 'PyTorch’s layout'],
    rows,
    about + under(records),
  );
}

type Clocked = ClockRecord & { readonly under: Circumstances };
type Raced = ConvergenceRecord & { readonly under: Circumstances };

/** Descents that differ in pair and start alone, by what they have in common. */
export function races(): Map<string, Raced[]> {
  const groups = new Map<string, Raced[]>();
  for (const record of descents().values()) {
    const { model, size, pooling, evaluations: count } = record;
    const key = `${model}, ${size}², ${pooling} pooling, ${count} evaluations`;
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return groups;
}

/** The clocks of such descents, one for each number of threads. */
export function clocksOf([one]: readonly ConvergenceRecord[]): Clocked[] {
  return clocks()
    .values()
    .filter(clock => clock.model === one?.model && clock.size === one.size && clock.pooling === one.pooling);
}

/** Evaluations until the loss is within a part of the best that any program reaches; Infinity when it never is. */
function reached({ losses, evaluations }: ConvergenceRecord, name: string, tolerance: number): number {
  const bound = (1 + tolerance) * bestOf(Object.values(losses), evaluations);
  const at = losses[name]!.findIndex(loss => loss <= bound);
  return at < 0 ? Infinity : at + 1;
}

function convergenceTables(): string[] {
  return [...races()].flatMap(([title, records]) => {
    const timed = clocksOf(records);
    const raced = records.filter(({ losses }) => PEER in losses);
    if (raced.length === 0) return [];
    const rows = (['content', 'noise'] as const).flatMap(init => {
      const these = raced.filter(record => record.init === init);
      return these.length === 0 ? [] : [...these.map(record => pairRow(record)), ...middleRows(these, timed)];
    });
    const about =
      'Evaluations until the loss is within a part of the best that either program reaches, on the same objective from ' +
      'the same start: Atelier / PyTorch (L-BFGS, history 100, step 1, no line search) = their ratio; less is **faster**. ' +
      `Atelier works at the given size alone, as PyTorch does. The best is that of the first ${raced[0]!.evaluations} ` +
      `evaluations; a program that is not within ${100 * NEAR} % of it by then goes on until it is, at most as long ` +
      'again. A descent counts as its whole length where it does not get there (`–`). Counts do not depend on how busy the machine is. ' +
      secondsTold(timed) +
      'The first losses of the programs differ by at most ' +
      `${Math.max(...raced.map(record => record.startDifference)).toExponential(1)}.\n\n`;
    const head = ['start', 'pair', 'unit', ...TOLERANCES.map(t => `+${100 * t} %`), 'last loss / PyTorch’s'];
    return table(`Descent: ${title}`, head, rows, about + under([...raced, ...timed]));
  });
}

export function threadsOf({ threads }: { readonly threads: number }): string {
  return threads === 1 ? '1 thread' : `${threads} threads`;
}

function secondsTold(timed: readonly ClockRecord[]): string {
  if (timed.length === 0) return 'Seconds have not been measured at this size. ';
  const paces = timed.map(clock => `${threadsOf(clock)}: ${paceOf(clock)}`).join('; ');
  return (
    'Seconds are those of the first 120 steps of either program, evaluations and optimizer, timed in turn on a quiet ' +
    `machine, and from there on the pace of the last twenty: ${paces}. `
  );
}

/** What a step takes at the beginning and when the histories are full. */
function paceOf({ seconds }: ClockRecord): string {
  return Object.entries(seconds)
    .map(([name, timed]) => {
      const [first, late] = [timed[10]! - timed[0]!, secondsAt(timed, 1010) - secondsAt(timed, 1000)];
      return `${name} ${digits(100 * first)} to ${digits(100 * late)} ms a step`;
    })
    .join(', ');
}

function pairRow(record: ConvergenceRecord): string {
  const cells = TOLERANCES.map(tolerance => {
    const [own, theirs] = [OURS, PEER].map(name => reached(record, name, tolerance));
    const told = [own!, theirs!].map(count => (Number.isFinite(count) ? count : '–')).join(' / ');
    return `${told} = ${ratioOf(record, tolerance, count => count)}`;
  });
  const [own, theirs] = [OURS, PEER].map(name => record.losses[name]![record.evaluations - 1]);
  const last = own! / theirs!;
  return row(record.init, record.pair, 'evaluations', ...cells, last.toFixed(3));
}

type Price = (count: number, name: string) => number;

/** What ours costs over what theirs does; at most that, or at least, where one does not get there. */
function costs(
  record: ConvergenceRecord,
  tolerance: number,
  price: Price,
): readonly [number, '' | '≤ ' | '≥ '] {
  const [own, theirs] = [OURS, PEER].map(name => reached(record, name, tolerance));
  const [ownMost, theirMost] = [OURS, PEER].map(name => record.losses[name]!.length);
  const ratio = price(Math.min(own!, ownMost!), OURS) / price(Math.min(theirs!, theirMost!), PEER);
  return [ratio, Number.isFinite(theirs) ? (Number.isFinite(own) ? '' : '≥ ') : '≤ '];
}

function ratioOf(record: ConvergenceRecord, tolerance: number, price: Price): string {
  const [ratio, bound] = costs(record, tolerance, price);
  return bound + digits(ratio);
}

/** Medians over the pairs, in evaluations and in the seconds of every clock. */
function middleRows(records: readonly ConvergenceRecord[], timed: readonly ClockRecord[]): string[] {
  const prices: [string, Price][] = [
    ['evaluations', count => count],
    ...timed.map((clock): [string, Price] => [
      `seconds, ${threadsOf(clock)}`,
      (count, name) => secondsAt(clock.seconds[name]!, count),
    ]),
  ];
  return prices.map(([unit, price]) => {
    const cells = TOLERANCES.map(tolerance => {
      const all = records.map(record => costs(record, tolerance, price));
      const bound = all.find(([, mark]) => mark !== '')?.[1] ?? '';
      return bound + spread(spreadOf(all.map(([ratio]) => ratio)));
    });
    return row(records[0]!.init, `**median of ${records.length}**`, unit, ...cells, '');
  });
}

function memoryTable(): string {
  const records = memories().values();
  const rows = records.map(({ model, size, threads, pooling, program, peakMiB, estimateMiB }) => {
    const estimate =
      estimateMiB === undefined ? ['', ''] : [digits(estimateMiB), (estimateMiB / peakMiB).toFixed(2)];
    return row(model, `${size}²`, threads, pooling, program, digits(peakMiB), ...estimate);
  });
  const about =
    'Largest resident set of a process of its own that takes twelve evaluations with its optimizer at this size alone. ' +
    'PyTorch’s history goes on growing, up to 200 vectors of 12 bytes a pixel (600 MiB at 512²).\n\n';
  return table(
    'Memory',
    ['network', 'size', 'threads', 'pooling', 'program', 'peak, MiB', 'estimate before', 'estimate / peak'],
    rows,
    about + under(records),
  );
}

function startTable(): string {
  const records = starts().values();
  const rows = records.map(({ model, size, threads, program, evaluated, preview }) => {
    const peer = records.find(
      other =>
        other.program === PEER && other.model === model && other.size === size && other.threads === threads,
    );
    const ratio = (own: readonly number[] | undefined, theirs: readonly number[] | undefined) =>
      own && theirs && program !== PEER
        ? spread(spreadOf(own.map((seconds, i) => theirs[i]! / seconds)))
        : '';
    return row(
      ...[model, `${size}²`, threads, program, evaluated ? spread(spreadOf(evaluated)) : '–'],
      ...[ratio(evaluated, peer?.evaluated), spread(spreadOf(preview)), ratio(preview, peer?.preview)],
    );
  });
  const about =
    'Seconds from the start of the process, median (least–most) of the rounds, programs in turn: until the first loss ' +
    'and gradient are known, and until the first picture after a step is in a file. Both programs read the same prepared ' +
    `arrays; \`${COMMAND_LINE}\` is \`atelier stylize\` with its images to decode. The product’s first picture is of its ` +
    'coarsest scale. Ratios: how many times as long PyTorch takes.\n\n';
  const head = ['network', 'size', 'threads', 'program', 'first evaluation, s', 'PyTorch / it'];
  return table('Start', [...head, 'first preview, s', 'PyTorch / it'], rows, about + under(records));
}

function growthTable(): string {
  const law = (points: readonly (readonly [number, number])[], unit: string): string[] => {
    const { factor, exponent, worst } = fitPower(points);
    return [`${factor.toPrecision(3)} ${unit}`, exponent.toFixed(2), `${(100 * worst).toFixed(0)} %`];
  };
  const records = evaluations().values();
  const groups = new Map<string, [number, number][]>();
  for (const { model, threads, pooling, size, rounds } of records) {
    for (const [program, times] of Object.entries(rounds)) {
      const key = [model, threads, pooling, program].join('|');
      groups.set(key, [...(groups.get(key) ?? []), [size ** 2 / 1e6, median(times)]]);
    }
  }
  const sizes = [...groups].flatMap(([key, points]) => {
    const [model, threads, pooling, program] = key.split('|');
    if (points.length < 2) return [];
    return [row(`${model}, ${threads} threads, ${pooling}`, program!, 'megapixels', ...law(points, 'ms'))];
  });
  const steps = clocks()
    .values()
    .flatMap(({ model, size, threads, pooling, seconds }) =>
      Object.entries(seconds).map(([name, timed]) => {
        const points = timed.flatMap((second, i) => (i % 20 === 19 ? [[i + 1, second] as const] : []));
        return row(
          ...[`${model}, ${size}², ${threads} threads, ${pooling}`, name, 'evaluations', ...law(points, 's')],
        );
      }),
    );
  const about =
    'Cost = factor · xᵖ, fitted by least squares in logarithms: milliseconds of an evaluation against megapixels, and ' +
    'seconds of a descent against evaluations. The last column is the largest part by which the ' +
    'law misses a measured value.';
  return table('Growth', ['what', 'program', 'x', 'factor', 'p', 'misses by'], [...sizes, ...steps], about);
}
