import type { Network } from '../models/network';
import type { Size } from '../nst/image';
import { layersOfTerms, termsOf, type Term } from '../nst/terms/term';
import { blockOf, layersUpTo } from '../nst/vgg19';
import { BAND_BYTES, BANDED_LAYERS, worthBands } from './onnx/bands';
import { winogradPays } from './winograd';
import { PROBE_SIDE } from './probe';

/** What is asked of a device, as far as its cost depends on it. */
export interface Workload {
  readonly terms: readonly Term[];
  readonly network: Pick<Network, 'channels'>;
  /** Whether the device computes what is too large to be kept in bands; TensorFlow keeps all maps. */
  readonly mayBand: boolean;
  /** `none` where one evaluation is all. */
  readonly optimizer: keyof typeof VECTORS;
  /** Every scale with its steps; the last is the largest. */
  readonly scales: readonly { readonly size: Size; readonly steps: number }[];
}

const MiB = 2 ** 20;

/** Vectors of the image's size that live at once: the optimizer's, previews, and what passes between the two. */
const VECTORS = { lbfgs: 2 * 10 + 7, adam: 12, none: 4 } as const;

/**
 * Measured on onnxruntime 1.30 (bench/estimates.md): the process with its libraries; bytes a weight, which is there as
 * read, as written into the graph, and transformed; what an allocator keeps beyond what is in use; and the values that
 * minimal filtering has in hand for each value of its input and output.
 */
const CPU = { processBytes: 160 * MiB, bytesPerWeight: 25, reserve: 1.25, filteredValues: 9 } as const;

/**
 * Largest memory of a run in bytes: of the process on a CPU, of the card elsewhere. Activations are kept for the way
 * back; beside them are those of one layer in the making, which is cut into tiles where minimal filtering pays.
 */
export function estimateBytes(workload: Workload): number {
  const size = workload.scales.at(-1)?.size ?? { width: 0, height: 0 };
  const shapes = shapesOf(workload);
  const inBands = workload.mayBand && worthBands(workload.network, workload.terms, size);
  const whole = inBands ? shapes.slice(BANDED_LAYERS.length) : shapes;
  const kept = whole.reduce((sum, { outputs, share }) => sum + outputs * share, 0);
  const making = Math.max(...whole.map(shape => workingValues(shape) * shape.share));
  const weights = shapes.reduce((sum, { inputs, outputs }) => sum + 9 * inputs * outputs, 0);
  const perPixel = 4 * (3 * VECTORS[workload.optimizer] + CPU.reserve * (kept + making));
  const fixed = CPU.processBytes + (inBands ? BAND_BYTES : 0);
  return fixed + CPU.bytesPerWeight * weights + perPixel * size.width * size.height;
}

/**
 * Seconds of a run on a device whose evaluation of the built-in network at `PROBE_SIDE`² takes `probeMs`.
 * @param probed the network that was measured with all its layers
 */
export function estimateSeconds(
  workload: Workload,
  probeMs: number,
  probed: Pick<Network, 'channels'>,
): number {
  const all = { network: probed, terms: termsOf({ style: ['conv5_1'] }) };
  const unit = workPerPixel(all) * PROBE_SIDE ** 2;
  const pixels = workload.scales.reduce((sum, { size, steps }) => sum + steps * size.width * size.height, 0);
  return (probeMs / 1000) * ((workPerPixel(workload) * pixels) / unit);
}

/** Nobody paints larger: the pixels alone would be half a gigabyte for each vector of the optimizer. */
const LARGEST_SIDE = 16_384;

/**
 * The longest side of the largest picture of the same shape that fits into so many bytes, in whole 16 px. Memory does
 * not grow with every pixel: it falls where bands begin, so that the largest is looked for from above.
 */
export function largestSide(workload: Workload, bytes: number): number {
  const { width, height } = workload.scales.at(-1)?.size ?? { width: 1, height: 1 };
  const longest = Math.max(width, height);
  for (let side = LARGEST_SIDE; side > 0; side -= 16) {
    const size = { width: (width * side) / longest, height: (height * side) / longest };
    if (estimateBytes({ ...workload, scales: [{ size, steps: 1 }] }) <= bytes) return side;
  }
  return 0;
}

interface LayerShape {
  readonly inputs: number;
  readonly outputs: number;
  /** Positions of the layer for each pixel of the image. */
  readonly share: number;
}

type Layers = Pick<Workload, 'network' | 'terms'>;

function shapesOf({ network, terms }: Layers): LayerShape[] {
  return layersUpTo(layersOfTerms(terms)).map(layer => {
    const [inputs, outputs] = network.channels.get(layer) ?? [0, 0];
    return { inputs, outputs, share: 4 ** (1 - blockOf(layer)) };
  });
}

/** Values beside the kept ones while a layer is computed. */
function workingValues({ inputs, outputs }: LayerShape): number {
  return winogradPays(inputs, outputs) ? CPU.filteredValues * (inputs + outputs) : inputs + 3 * outputs;
}

/**
 * Multiplications that moving a value through memory is worth: from the time of the built-in network and of one of
 * VGG-19's width, both at 256² (bench/estimates.md).
 */
const MULTIPLICATIONS_PER_VALUE = 1650;

/** Cost of one evaluation for each pixel: multiplications, and values moved in the same unit. */
function workPerPixel(layers: Layers): number {
  return shapesOf(layers).reduce((sum, { inputs, outputs, share }) => {
    return sum + share * (2 * 9 * inputs * outputs + MULTIPLICATIONS_PER_VALUE * outputs);
  }, 0);
}
