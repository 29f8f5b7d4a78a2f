/** One curve of a chart; points by rising x. */
export interface Line {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7'];
const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP, GAP] = [460, 300, 56, 40, 30, 12];

/** A chart of curves over a logarithmic y axis, as an SVG group at the given place. */
export function chart(
  title: string,
  unit: string,
  lines: readonly Line[],
  [left, top]: [number, number],
): string {
  const xs = lines.flatMap(line => line.x);
  const ys = lines.flatMap(line => line.y.filter(value => value > 0));
  const last = Math.max(...xs);
  const [low, high] = [Math.log10(Math.min(...ys)) - 0.03, Math.log10(Math.max(...ys)) + 0.03];
  const atX = (x: number) => (LEFT + (x / last) * (WIDTH - LEFT - GAP)).toFixed(1);
  const atY = (y: number) =>
    (HEIGHT - BOTTOM - ((Math.log10(y) - low) / (high - low)) * (HEIGHT - BOTTOM - TOP)).toFixed(1);
  const grid = yTicks(10 ** low, 10 ** high).map(
    y =>
      `<path d="M${LEFT} ${atY(y)}H${WIDTH - GAP}" stroke="#8884"/>` +
      `<text x="${LEFT - 6}" y="${Number(atY(y)) + 4}" text-anchor="end">${y}</text>`,
  );
  const marks = xTicks(last).map(
    x => `<text x="${atX(x)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${x}</text>`,
  );
  const curves = lines.map(({ x, y, name }, i) => {
    const colour = COLOURS[i % COLOURS.length];
    const points = x.map((value, k) => `${atX(value)},${atY(y[k]!)}`).join(' ');
    const [legendX, legendY] = [WIDTH - GAP - 8, TOP + 14 + 16 * i];
    return (
      `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="1.5"/>` +
      `<text x="${legendX}" y="${legendY}" text-anchor="end" fill="${colour}">${name}</text>`
    );
  });
  return [
    `<g transform="translate(${left} ${top})">`,
    `<text x="${LEFT}" y="18" font-weight="bold">${title}</text>`,
    ...grid,
    ...marks,
    `<text x="${(LEFT + WIDTH - GAP) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${unit}</text>`,
    ...curves,
    '</g>',
  ].join('\n');
}

/** Charts in rows of two, on a background that suits light and dark pages. */
export function sheet(charts: readonly ((at: [number, number]) => string)[]): string {
  const [width, height] = [2 * WIDTH, Math.ceil(charts.length / 2) * HEIGHT];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
      'font-family="sans-serif" font-size="12" fill="#444">',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...charts.map((draw, i) => draw([(i % 2) * WIDTH, Math.floor(i / 2) * HEIGHT])),
    '</svg>\n',
  ].join('\n');
}

/** At most six round numbers from 0 on, as far apart as 1, 2 or 5 times a power of ten. */
function xTicks(last: number): number[] {
  const power = 10 ** Math.floor(Math.log10(last / 5));
  const step = [1, 2, 5, 10].map(digit => digit * power).find(apart => last / apart < 6)!;
  return Array.from({ length: Math.floor(last / step) + 1 }, (_, i) => Number((i * step).toPrecision(6)));
}

/** 1, 2 and 5 times the powers of ten within the range. */
function yTicks(low: number, high: number): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (const digit of [1, 2, 5]) {
      const tick = Number((digit * 10 ** power).toPrecision(1));
      if (tick >= low && tick <= high) ticks.push(tick);
    }
  }
  return ticks;
}
