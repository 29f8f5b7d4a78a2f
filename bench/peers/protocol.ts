import type { Pooling } from '../../src/nst/ops';
import type { Grouped } from '../../src/nst/terms/term';
import type { LayerName } from '../../src/nst/vgg19';

/** Where an array of float32 values lies. */
export interface TensorEntry {
  /** Relative to the problem's folder. */
  readonly file: string;
  /** In bytes. */
  readonly offset: number;
  readonly shape: readonly number[];
}

/** `problem.json`: one objective and one start, as every program reads it. */
export interface ProblemFile {
  /** `synthetic`, or what `openNetwork` takes. */
  readonly model: string;
  readonly width: number;
  readonly height: number;
  readonly init: 'content' | 'noise';
  readonly seed: number;
  /** α/β. */
  readonly ratio: number;
  readonly pooling: Pooling;
  readonly strengths: Grouped;
  readonly mean: readonly number[];
  readonly layers: readonly { readonly name: LayerName; readonly poolBefore: boolean }[];
  /** `content`, `style`, `start` (3 × height × width), and `LAYER.kernel` (OIHW), `LAYER.bias`. */
  readonly tensors: Readonly<Record<string, TensorEntry>>;
}

/** The run that Atelier is asked for: the given scale alone, or what the product would do. */
export type Way = 'single' | 'product';

/** Requests and their answers; one JSON line each. A program works on one request at a time. */
export interface Exchange {
  hello: { request: object; answer: { version: string } };
  open: {
    request: { folder: string; threads: number; convolution?: 'direct' | 'winograd' };
    answer: object;
  };
  /** Lets a program choose between its own settings for this problem. */
  tune: { request: object; answer: { layout?: string; milliseconds?: Record<string, number> } };
  /** Loss and gradient at the start image, `count` times. */
  evaluate: {
    request: { count: number };
    answer: { losses: Grouped & { readonly total: number }; gradientNorm: number; milliseconds: number[] };
  };
  /** Begins a descent from the start image. `evaluations` is the length of the whole run. */
  descend: { request: { way: Way; evaluations: number }; answer: object };
  /**
   * About so many evaluations more. Grouped & { readonly total: number } at full size, with the seconds since the start of the descent at which they
   * were known; time between requests does not count.
   */
  advance: {
    request: { evaluations: number };
    answer: { losses: number[]; seconds: number[] };
  };
  picture: { request: { file: string }; answer: object };
  memory: { request: object; answer: { peakMiB: number | null; nowMiB: number | null } };
}
