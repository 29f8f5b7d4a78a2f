// Other beginnings than the content and white noise, and random parts of the picture before the whole, with `lite` and the
// product's optimizer on six pairs. Needs ../shared/images.
// Command: npx tsx bench/path/beginnings.ts [SIDE] [EVALUATIONS]   (prints the Markdown tables of bench/path.md)
import { hostVectors } from '../../src/nst/optimizers/hostVectors';
import type { FloatImage, Size } from '../../src/nst/image';
import { Lbfgs } from '../../src/nst/optimizers/lbfgs';
import { gainsOf, HostPreconditioner } from '../../src/nst/optimizers/preconditioner';
import { Random } from '../../src/nst/random';
import { resample } from '../../src/nst/resample';
import { median } from '../peers/statistics';
import { PROBLEMS, STARTS } from './plan';
import { STEEP } from './preconditioners';
import { Bench, type Descent, type DescentInParts, type Curve, type Part, type Problem } from './problem';
import { race, TOLERANCES } from './tables';

type Begin = (start: FloatImage, style: FloatImage) => FloatImage;

/** Mean and standard deviation of each channel. */
function colours({ data }: FloatImage): readonly (readonly [number, number])[] {
  const area = data.length / 3;
  return [0, 1, 2].map(channel => {
    const values = data.subarray(channel * area, (channel + 1) * area);
    const mean = values.reduce((sum, value) => sum + value, 0) / area;
    return [mean, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / area)];
  });
}

/** The image with the mean of each channel of `other`, and `spread` times its standard deviation. */
function coloured(image: FloatImage, other: FloatImage, spread = 1): FloatImage {
  const [own, wanted] = [colours(image), colours(other)];
  const area = image.data.length / 3;
  const data = image.data.map((value, i) => {
    const channel = Math.floor(i / area);
    const [[mean, deviation], [to, width]] = [own[channel]!, wanted[channel]!];
    return to + ((value - mean) * spread * width) / deviation;
  });
  return { ...image, data };
}

function blurred(image: FloatImage, divisor: number): FloatImage {
  const small = { width: Math.ceil(image.width / divisor), height: Math.ceil(image.height / divisor) };
  return resample(resample(image, small), image);
}

const BEGINNINGS: Readonly<Record<Problem['start'], Readonly<Record<string, Begin>>>> = {
  content: {
    'the content': start => start,
    'the content in the colours of the style': coloured,
    'the same at half the contrast': (start, style) => coloured(start, style, 0.5),
    'the content, blurred (an eighth and back)': start => blurred(start, 8),
    'the style': (_, style) => style,
  },
  noise: {
    'white noise': start => start,
    'white noise in the colours of the style': coloured,
    'the same at a quarter of the contrast': (start, style) => coloured(start, style, 0.25),
    'smooth noise (an eighth and back) in its colours': (start, style) => coloured(blurred(start, 8), style),
    'the style': (_, style) => style,
  },
};

/** Steps of Adam on M·g, each on another of so many random quarters of the picture, before L-BFGS on the whole. */
const CROPPED = [16, 48, 96];
const QUARTERS = 16;
const RATE = 0.02;

async function cropped(descent: DescentInParts, content: FloatImage, steps: number): Promise<FloatImage> {
  const picture = { ...descent.start, data: descent.start.data.slice() };
  const size: Size = { width: descent.size.width >> 1, height: descent.size.height >> 1 };
  const quarters = await quartersOf(descent, content, size);
  const preconditioner = new HostPreconditioner(size, gainsOf(size, STEEP));
  const [first, second] = [new Float32Array(picture.data.length), new Float32Array(picture.data.length)];
  for (let step = 1; step <= steps; step++) {
    const { places, evaluate } = quarters[step % quarters.length]!;
    const { gradient } = await evaluate(cut(picture, size, places).data);
    const smooth = new Float32Array(gradient.length);
    preconditioner.apply(smooth, gradient);
    places.forEach((at, i) => {
      first[at] = 0.9 * first[at]! + 0.1 * smooth[i]!;
      second[at] = 0.999 * second[at]! + 0.001 * smooth[i]! ** 2;
      const [mean, square] = [first[at] / (1 - 0.9 ** step), second[at] / (1 - 0.999 ** step)];
      picture.data[at]! -= (RATE * mean) / (Math.sqrt(square) + 1e-8);
    });
  }
  for (const quarter of quarters) await quarter.dispose();
  return picture;
}

async function quartersOf(descent: DescentInParts, content: FloatImage, size: Size) {
  const random = Random.seeded(5);
  const quarters: (Part & { readonly places: Uint32Array })[] = [];
  for (let i = 0; i < QUARTERS; i++) {
    const [left, top] = [size.width, size.height].map(room => Math.floor(random.uniform() * (room + 1)));
    const places = placesOf(descent.size, size, left!, top!);
    quarters.push({ places, ...(await descent.part(cut(content, size, places))) });
  }
  return quarters;
}

const cut = ({ data }: FloatImage, size: Size, places: Uint32Array): FloatImage => ({
  ...size,
  data: Float32Array.from(places, i => data[i]!),
});

/** Where the values of a part lie among those of the whole. */
function placesOf(whole: Size, part: Size, left: number, top: number): Uint32Array {
  const places = new Uint32Array(3 * part.width * part.height);
  for (let i = 0; i < places.length; i++) {
    const x = i % part.width;
    const y = Math.floor(i / part.width) % part.height;
    const channel = Math.floor(i / (part.width * part.height));
    places[i] = (channel * whole.height + top + y) * whole.width + left + x;
  }
  return places;
}

async function descend(descent: Descent, start: FloatImage): Promise<void> {
  const preconditioner = new HostPreconditioner(descent.size, gainsOf(descent.size, STEEP));
  const optimizer = new Lbfgs(hostVectors, start.data.slice(), preconditioner);
  while (descent.spent < descent.budget) await optimizer.step(descent.evaluate);
}

/** The curves of all beginnings of one problem, by name. */
async function curvesFrom(problem: Problem, budget: number): Promise<Map<string, Curve>> {
  const bench = await Bench.open(problem, 1);
  const curves = new Map<string, Curve>();
  for (const [name, begin] of Object.entries(BEGINNINGS[problem.start]))
    curves.set(
      name,
      await bench.curve(
        async descent => descend(descent, begin(descent.start, await descent.style())),
        budget,
      ),
    );
  const content = await bench.content();
  for (const steps of CROPPED)
    curves.set(
      `${steps} steps on random quarters (${steps / 4} evaluations)`,
      await bench.curve(async descent => descend(descent, await cropped(descent, content, steps)), budget),
    );
  await bench.dispose();
  return curves;
}

async function main(): Promise<void> {
  const [side = 128, budget = 250] = process.argv.slice(2).map(Number);
  for (const [start] of STARTS) {
    const problems = PROBLEMS.filter(problem => problem.network === 'lite' && problem.start === start);
    const races: Map<string, Curve>[] = [];
    for (const problem of problems) {
      races.push(await curvesFrom({ ...problem, size: { width: side, height: side } }, budget));
      console.error(`${start}, ${problem.content} × ${problem.style}`);
    }
    console.log(`| beginning, ${start} | +20 % | +5 % | +2 % | last loss |`);
    console.log('| - | - | - | - | - |');
    const [usual = ''] = Object.keys(BEGINNINGS[start]);
    for (const name of races[0]!.keys()) {
      const ratios = TOLERANCES.map(tolerance =>
        median(races.map(curves => race(curves.get(name)!, curves.get(usual)!, tolerance).ratio)),
      );
      const ends = races.map(curves => curves.get(name)!.losses.at(-1)! / curves.get(usual)!.losses.at(-1)!);
      const cells = [...ratios.map(ratio => ratio.toFixed(2)), median(ends).toFixed(3)];
      console.log(`| ${[name, ...cells].join(' | ')} |`);
    }
    console.log();
  }
}

void main();
