import { descents, type ConvergenceRecord, type Curve } from './convergence';
import { DIRECT, OURS, PEER, PRODUCT } from './contestants';
import { evaluations, type EvaluationRecord } from './evaluation';
import { memories } from './memory';
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

/** Where a curve is first at or below a bound; Infinity when it never is. */
function reached(
  { losses, seconds, evaluations: counts }: Curve,
  bound: number,
): { seconds: number; evaluations: number } {
  const at = losses.findIndex(loss => loss <= bound);
  return at < 0
    ? { seconds: Infinity, evaluations: Infinity }
    : { seconds: seconds[at]!, evaluations: counts[at]! };
}

function bestOf({ curves }: ConvergenceRecord): number {
  return Math.min(...Object.values(curves).flatMap(({ losses }) => losses));
}

/** The records that differ in pair and start alone, by what they have in common. */
export function races(): Map<string, (ConvergenceRecord & { under: Circumstances })[]> {
  const groups = new Map<string, (ConvergenceRecord & { under: Circumstances })[]>();
  for (const record of descents().values()) {
    const { model, size, threads, pooling, evaluations: count } = record;
    const key = `${model}, ${size}², ${threads} threads, ${pooling} pooling, ${count} evaluations`;
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return groups;
}

function convergenceTables(): string[] {
  return [...races()].map(([title, records]) => {
    const rows = (['content', 'noise'] as const).flatMap(init => {
      const these = records.filter(record => record.init === init);
      return [PEER, OURS, PRODUCT].flatMap(name => {
        const raced = these.filter(({ curves }) => name in curves);
        return raced.length === 0
          ? []
          : [...raced.map(record => pairRow(record, name)), medianRow(raced, name)];
      });
    });
    const about =
      'Seconds (and evaluations) until the loss is within a part of the best that any of the programs reaches, on the ' +
      'same objective from the same start; `=` with PyTorch’s seconds in the same race as unit, so that less is ' +
      '**faster**. The programs take turns of ten evaluations. `Atelier` works at the given size alone, `Atelier, its ' +
      'own way` as the studio preset does, coarse to fine: its evaluations at smaller scales count as one each, its ' +
      'loss is that at full size, found off the clock. PyTorch: L-BFGS, history 100, step 1, no line search.\n\n';
    const head = ['start', 'pair', 'program', ...TOLERANCES.map(t => `+${100 * t} %`), 'last loss / best'];
    return table(`Descent: ${title}`, head, rows, about + under(records));
  });
}

function pairRow(record: ConvergenceRecord, name: string): string {
  const best = bestOf(record);
  const cells = TOLERANCES.map(tolerance => {
    const { seconds, evaluations: count } = reached(record.curves[name]!, best * (1 + tolerance));
    if (!Number.isFinite(seconds)) return 'not reached';
    const ratio = timeRatio(record, name, tolerance);
    const told = `${digits(seconds)} s (${count})`;
    return name === PEER || ratio === undefined ? told : `${told} = ${ratio.bound}${digits(ratio.value)}`;
  });
  const last = record.curves[name]!.losses.at(-1)! / best;
  return row(record.init, record.pair, name, ...cells, last.toFixed(3));
}

/** Seconds over those of PyTorch; below the value where PyTorch did not get there within its run. */
function timeRatio(
  record: ConvergenceRecord,
  name: string,
  tolerance: number,
): { readonly value: number; readonly bound: '' | '< ' } | undefined {
  const peer = record.curves[PEER];
  if (peer === undefined) return undefined;
  const loss = bestOf(record) * (1 + tolerance);
  const [own, theirs] = [reached(record.curves[name]!, loss).seconds, reached(peer, loss).seconds];
  return Number.isFinite(theirs)
    ? { value: own / theirs, bound: '' }
    : { value: own / peer.seconds.at(-1)!, bound: '< ' };
}

function medianRow(records: readonly ConvergenceRecord[], name: string): string {
  const cells = TOLERANCES.map(tolerance => {
    const ratios = records.flatMap(record => timeRatio(record, name, tolerance) ?? []);
    if (name === PEER || ratios.length === 0) return '';
    const bound = ratios.some(ratio => ratio.bound !== '') ? '≤ ' : '';
    return bound + spread(spreadOf(ratios.map(({ value }) => value)));
  });
  return row(records[0]!.init, `**median of ${records.length}**`, name, ...cells, '');
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
  const steps = [...races()].flatMap(([title, raced]) =>
    [PEER, OURS].flatMap(name => {
      const points = raced.flatMap(({ curves }) => {
        const { seconds = [], evaluations: counts = [] } = curves[name] ?? {};
        return seconds.flatMap((second, i) => (counts[i]! % 25 === 0 ? [[counts[i]!, second] as const] : []));
      });
      return points.length < 2 ? [] : [row(title, name, 'evaluations', ...law(points, 's'))];
    }),
  );
  const about =
    'Cost = factor · xᵖ, fitted by least squares in logarithms: milliseconds of an evaluation against megapixels, and ' +
    'seconds of a descent against evaluations, all pairs together. The last column is the largest part by which the ' +
    'law misses a measured value.';
  return table('Growth', ['what', 'program', 'x', 'factor', 'p', 'misses by'], [...sizes, ...steps], about);
}
