import { escapeHtml } from '../common/escapeHtml';

/** One line of the drawing. */
export interface Line {
  /** In the legend. */
  readonly name: string;
  /** Evaluations until each point. */
  readonly x: readonly number[];
  /** As many losses. */
  readonly values: readonly number[];
}

/** What the drawing says in words. */
export interface CurveTexts {
  readonly title: string;
  /** Below the horizontal axis. */
  readonly evaluations: string;
}

const WIDTH = 720;
const HEIGHT = 360;
const MARGIN = { left: 64, right: 150, top: 16, bottom: 44 } as const;

/**
 * Losses against evaluations as an SVG drawing with a logarithmic scale. Lines take their colours from the classes
 * c0 … c9 of the page. Empty where there are no two positive values to connect.
 */
export function curvesSvg(given: readonly Line[], texts: CurveTexts): string {
  const lines = given.filter(({ values }) => values.some(isDrawable));
  const values = lines.flatMap(({ values }) => values.filter(isDrawable));
  const evaluations = lines.flatMap(({ x }) => x);
  const first = Math.min(...evaluations);
  const last = Math.max(...evaluations);
  if (values.length < 2 || last <= first) return '';
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  const toX = (evaluation: number) =>
    MARGIN.left + ((evaluation - first) / (last - first)) * (WIDTH - MARGIN.left - MARGIN.right);
  const toY = (loss: number) =>
    MARGIN.top + ((high - Math.log10(loss)) / (high - low)) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const kind = (index: number) => `c${index % 10}`;
  return [
    `<svg class="curves" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(texts.title)}">`,
    ...decades(low, high).map(exponent => gridLine(exponent, toY(10 ** exponent))),
    ...ticks(first, last).map(
      tick =>
        `<text class="tick" x="${round(toX(tick))}" y="${HEIGHT - 24}" text-anchor="middle">${tick}</text>`,
    ),
    `<text class="axis" x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escapeHtml(texts.evaluations)}</text>`,
    ...lines.map(({ x, values }, i) => `<path class="${kind(i)}" d="${path(x, values, toX, toY)}"/>`),
    ...lines.map(({ name }, i) => legend(name, kind(i), i)),
    '</svg>',
  ].join('\n');
}

/** A logarithmic scale has no place for anything else. */
function isDrawable(value: number): boolean {
  return Number.isFinite(value) && value > 0;
}

function path(
  x: readonly number[],
  values: readonly number[],
  toX: (value: number) => number,
  toY: (value: number) => number,
): string {
  let pen = 'M';
  return x
    .map((evaluation, index) => {
      const value = values[index];
      if (value === undefined || !isDrawable(value)) {
        pen = 'M';
        return '';
      }
      const piece = `${pen}${round(toX(evaluation))} ${round(toY(value))}`;
      pen = 'L';
      return piece;
    })
    .join('');
}

/** Every power of ten, or every few where there are many. */
function decades(low: number, high: number): readonly number[] {
  const stride = Math.ceil((high - low) / 10);
  return Array.from({ length: Math.floor((high - low) / stride) + 1 }, (_, index) => low + index * stride);
}

/** About five round numbers from first to last. */
function ticks(first: number, last: number): readonly number[] {
  const raw = (last - first) / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const stride = Math.max(1, ([1, 2, 5, 10].find(step => step * power >= raw) ?? 10) * power);
  const start = Math.ceil(first / stride) * stride;
  return Array.from(
    { length: Math.floor((last - start) / stride) + 1 },
    (_, index) => start + index * stride,
  );
}

function gridLine(exponent: number, y: number): string {
  const right = WIDTH - MARGIN.right;
  return (
    `<line class="grid" x1="${MARGIN.left}" y1="${round(y)}" x2="${right}" y2="${round(y)}"/>` +
    `<text class="tick" x="${MARGIN.left - 8}" y="${round(y + 4)}" text-anchor="end">1e${exponent}</text>`
  );
}

function legend(name: string, kind: string, index: number): string {
  const x = WIDTH - MARGIN.right + 14;
  const y = MARGIN.top + 10 + index * 20;
  return (
    `<line class="${kind}" x1="${x}" y1="${y}" x2="${x + 18}" y2="${y}"/>` +
    `<text class="tick" x="${x + 24}" y="${y + 4}">${escapeHtml(name)}</text>`
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
