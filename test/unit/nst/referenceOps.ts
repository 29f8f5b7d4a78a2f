import { HostMatrixOps } from '../../../src/nst/hostMatrix';
import type { HostMatrix } from '../../../src/nst/terms/kind';
import type { Interval, MomentSlope, Ops, Padding, Pooling, Window } from '../../../src/nst/ops';
import type { Random } from '../../../src/nst/random';
import { blockOf, LAYERS, type LayerName } from '../../../src/nst/vgg19';

/** Channels × height × width, row-major, in double precision. */
export interface FeatureMap {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly values: Float64Array;
}

interface Convolution {
  readonly inputs: number;
  readonly outputs: number;
  /** outputs × inputs × 3 × 3. */
  readonly kernel: Float64Array;
  readonly bias: Float64Array;
}

/** A VGG-19-shaped network of 2 to 4 channels with random weights, about half of whose units are active. */
export type TinyNetwork = ReadonlyMap<LayerName, Convolution>;

export function tinyNetwork(random: Random): TinyNetwork {
  const widths = [3, 2, 3, 4, 4];
  let inputs = 3;
  return new Map(
    LAYERS.map(layer => {
      const outputs = widths[blockOf(layer) - 1]!;
      const kernel = Float64Array.from(
        { length: outputs * inputs * 9 },
        () => random.normals()[0] * Math.sqrt(2 / (9 * inputs)),
      );
      const bias = Float64Array.from({ length: outputs }, () => 0.1 * random.normals()[0] + 0.1);
      const convolution = { inputs, outputs, kernel, bias };
      inputs = outputs;
      return [layer, convolution];
    }),
  );
}

/** The operations as their definitions read, in plain loops. */
export class ReferenceOps extends HostMatrixOps implements Ops<FeatureMap, HostMatrix, number, number> {
  constructor(private readonly network: TinyNetwork) {
    super();
  }

  normalize(image: FeatureMap): FeatureMap {
    return mapped(image, value => value - 0.45);
  }

  conv(x: FeatureMap, layer: LayerName, padding: Padding): FeatureMap {
    const { inputs, outputs, kernel, bias } = this.network.get(layer)!;
    const y = zeros(outputs, x.height, x.width);
    eachTap(x, padding, (at, from, tap, plane) => {
      for (let o = 0; o < outputs; o++) {
        for (let i = 0; i < inputs; i++) {
          y.values[o * plane + at]! += kernel[(o * inputs + i) * 9 + tap]! * x.values[i * plane + from]!;
        }
      }
    });
    for (let k = 0; k < y.values.length; k++) y.values[k]! += bias[Math.floor(k / (x.height * x.width))]!;
    return y;
  }

  /** Scatters through the kernel as it is, so that it says nothing of rotated ones. */
  convBack(gradient: FeatureMap, layer: LayerName, padding: Padding): FeatureMap {
    const { inputs, outputs, kernel } = this.network.get(layer)!;
    const back = zeros(inputs, gradient.height, gradient.width);
    eachTap(gradient, padding, (at, from, tap, plane) => {
      for (let o = 0; o < outputs; o++) {
        for (let i = 0; i < inputs; i++) {
          back.values[i * plane + from]! +=
            kernel[(o * inputs + i) * 9 + tap]! * gradient.values[o * plane + at]!;
        }
      }
    });
    return back;
  }

  relu(x: FeatureMap): FeatureMap {
    return mapped(x, value => Math.max(0, value));
  }

  reluBack(gradient: FeatureMap, activation: FeatureMap): FeatureMap {
    return mapped(gradient, (value, k) => (activation.values[k]! > 0 ? value : 0));
  }

  pool(x: FeatureMap, pooling: Pooling): FeatureMap {
    const y = zeros(x.channels, Math.floor(x.height / 2), Math.floor(x.width / 2));
    eachWindow(x, y, (window, at) => {
      const four = window.map(k => x.values[k]!);
      y.values[at] = pooling === 'avg' ? four.reduce((a, b) => a + b) / 4 : Math.max(...four);
    });
    return y;
  }

  poolBack(gradient: FeatureMap, x: FeatureMap, y: FeatureMap, pooling: Pooling): FeatureMap {
    const back = zeros(x.channels, x.height, x.width);
    eachWindow(x, y, (window, at) => {
      if (pooling === 'avg') for (const k of window) back.values[k] = gradient.values[at]! / 4;
      else back.values[window.find(k => x.values[k] === y.values[at])!] = gradient.values[at]!;
    });
    return back;
  }

  centred(x: FeatureMap, weighted = x): FeatureMap {
    const positions = x.height * x.width;
    const means = this.channelMeans(weighted).values;
    return { ...x, values: x.values.map((value, i) => value - means[Math.floor(i / positions)]!) };
  }

  gram(x: FeatureMap, weighted = x): HostMatrix {
    const positions = x.height * x.width;
    const values = new Float64Array(x.channels ** 2);
    for (let a = 0; a < x.channels; a++) {
      for (let b = 0; b < x.channels; b++) {
        for (let k = 0; k < positions; k++) {
          values[a * x.channels + b]! +=
            (weighted.values[a * positions + k]! * x.values[b * positions + k]!) / positions;
        }
      }
    }
    return { rows: x.channels, columns: x.channels, values };
  }

  channelMeans(x: FeatureMap): HostMatrix {
    const positions = x.height * x.width;
    const values = Float64Array.from({ length: x.channels }, (_, c) => {
      return (
        x.values.slice(c * positions, (c + 1) * positions).reduce((sum, value) => sum + value, 0) / positions
      );
    });
    return { rows: x.channels, columns: 1, values };
  }

  momentsBack({ matrix, vector }: MomentSlope<HostMatrix>, x: FeatureMap, coefficient: number): FeatureMap {
    const positions = x.height * x.width;
    return mapped(x, (_, at) => {
      const [row, k] = [Math.floor(at / positions), at % positions];
      let sum = vector?.values[row] ?? 0;
      for (let c = 0; c < x.channels; c++) {
        sum += matrix.values[row * x.channels + c]! * x.values[c * positions + k]!;
      }
      return (coefficient * sum) / positions;
    });
  }

  crop(x: FeatureMap, { left, top, width, height }: Window): FeatureMap {
    const y = zeros(x.channels, height, width);
    const values = y.values.map((_, k) => {
      const [c, row, column] = [Math.floor(k / width / height), Math.floor(k / width) % height, k % width];
      return x.values[(c * x.height + top + row) * x.width + left + column]!;
    });
    return { ...y, values };
  }

  cropBack(gradient: FeatureMap, x: FeatureMap, { left, top, width, height }: Window): FeatureMap {
    const back = zeros(x.channels, x.height, x.width);
    gradient.values.forEach((value, k) => {
      const [c, row, column] = [Math.floor(k / width / height), Math.floor(k / width) % height, k % width];
      back.values[(c * x.height + top + row) * x.width + left + column] = value;
    });
    return back;
  }

  weigh(x: FeatureMap, mask: FeatureMap): FeatureMap {
    return mapped(x, (value, k) => value * mask.values[k % mask.values.length]!);
  }

  subtract(a: FeatureMap, b: FeatureMap): FeatureMap {
    return mapped(a, (value, k) => value - b.values[k]!);
  }

  add(a: FeatureMap, b: FeatureMap): FeatureMap {
    return mapped(a, (value, k) => value + b.values[k]!);
  }

  scale(x: FeatureMap, coefficient: number): FeatureMap {
    return mapped(x, value => coefficient * value);
  }

  sumSquares({ values }: FeatureMap): number {
    return values.reduce((sum, value) => sum + value * value, 0);
  }

  grey(x: FeatureMap): FeatureMap {
    const { channels, height, width, values } = x;
    const area = height * width;
    return mapped(x, (_, k) => {
      let sum = 0;
      for (let c = 0; c < channels; c++) sum += values[c * area + (k % area)]!;
      return sum / channels;
    });
  }

  totalVariation(image: FeatureMap): number {
    let sum = 0;
    eachDifference(image, (a, b, count) => (sum += (image.values[b]! - image.values[a]!) ** 2 / count));
    return sum;
  }

  totalVariationBack(image: FeatureMap, coefficient: number): FeatureMap {
    const back = zeros(image.channels, image.height, image.width);
    eachDifference(image, (a, b, count) => {
      const slope = (2 * coefficient * (image.values[b]! - image.values[a]!)) / count;
      back.values[b]! += slope;
      back.values[a]! -= slope;
    });
    return back;
  }

  excess(image: FeatureMap, interval: Interval): number {
    return this.sumSquares(outside(image, interval)) / image.values.length;
  }

  excessBack(image: FeatureMap, coefficient: number, interval: Interval): FeatureMap {
    return this.scale(outside(image, interval), (2 * coefficient) / image.values.length);
  }
}

function outside(image: FeatureMap, { low, high }: Interval): FeatureMap {
  return mapped(image, value => value - Math.min(high, Math.max(low, value)));
}

function zeros(channels: number, height: number, width: number): FeatureMap {
  return { channels, height, width, values: new Float64Array(channels * height * width) };
}

function mapped(x: FeatureMap, change: (value: number, at: number) => number): FeatureMap {
  return { ...x, values: x.values.map(change) };
}

/** Every output place with every input place under the 3x3 kernel, and which of the nine weights joins them. */
function eachTap(
  { height, width }: FeatureMap,
  padding: Padding,
  visit: (at: number, from: number, tap: number, plane: number) => void,
): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let tap = 0; tap < 9; tap++) {
        let [fromY, fromX] = [y + Math.floor(tap / 3) - 1, x + (tap % 3) - 1];
        const outside = fromY < 0 || fromX < 0 || fromY >= height || fromX >= width;
        if (outside && padding === 'zero') continue;
        [fromY, fromX] = [within(fromY, height), within(fromX, width)];
        visit(y * width + x, fromY * width + fromX, tap, height * width);
      }
    }
  }
}

function within(index: number, length: number): number {
  return Math.min(Math.max(index, 0), length - 1);
}

/** The four places of every 2x2 window, and the place it becomes. */
function eachWindow(
  x: FeatureMap,
  { channels, height, width }: FeatureMap,
  visit: (window: readonly number[], at: number) => void,
): void {
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        const first = (c * x.height + 2 * i) * x.width + 2 * j;
        visit([first, first + 1, first + x.width, first + x.width + 1], (c * height + i) * width + j);
      }
    }
  }
}

/** Every pair of neighbours, and how many pairs there are in its direction. */
function eachDifference(
  { channels, height, width }: FeatureMap,
  visit: (a: number, b: number, count: number) => void,
): void {
  for (let at = 0; at < channels * height * width; at++) {
    if (Math.floor(at / width) % height < height - 1) visit(at, at + width, channels * (height - 1) * width);
    if (at % width < width - 1) visit(at, at + 1, channels * height * (width - 1));
  }
}
