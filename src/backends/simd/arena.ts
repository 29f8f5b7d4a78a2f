import { kernelsOf, type Kernels } from './kernels';

/** A page of WebAssembly's memory. */
const PAGE = 65536;

/** Where the first page keeps what a kernel is told. */
const LIST = 0;
const COEFFICIENTS = 1024;
const SUMS = 4096;

/** Operands that the first page has room for. */
const MOST_OPERANDS = 128;

/** Vectors at distances of whole pages would compete for the same lines of the cache. */
const STAGGER = 192;

/** Vectors that an arena has room for: those of L-BFGS with its usual history, and some in passing. */
const CAPACITY = 36;

/** Addresses have 32 bits. */
const MOST_BYTES = 2 ** 32 - PAGE;

/**
 * A memory for vectors of one length, and the kernels that work on it. The memory is reserved as a whole and takes room
 * only where it has been written.
 */
export class Arena {
  readonly kernels: Kernels;
  /** Addresses of places that are not taken. */
  private readonly free: number[];
  private readonly live = new WeakSet<Float32Array>();
  private readonly list: Uint32Array;
  private readonly coefficients: Float64Array;

  private constructor(
    private readonly memory: WebAssembly.Memory,
    /** Values of a vector. */
    readonly length: number,
  ) {
    this.kernels = kernelsOf(memory);
    this.free = Array.from({ length: CAPACITY }, (_, k) => PAGE + k * strideOf(length));
    this.list = new Uint32Array(memory.buffer, LIST, MOST_OPERANDS);
    this.coefficients = new Float64Array(memory.buffer, COEFFICIENTS, MOST_OPERANDS);
  }

  /** An arena for vectors of this length; undefined where such a memory is not to be had. */
  static of(length: number): Arena | undefined {
    const bytes = PAGE + CAPACITY * strideOf(length);
    if (bytes > MOST_BYTES) return undefined;
    const pages = Math.ceil(bytes / PAGE);
    let memory;
    try {
      memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    } catch {
      return undefined;
    }
    return new Arena(memory, length);
  }

  get isEmpty(): boolean {
    return this.free.length === CAPACITY;
  }

  /** Values that the kernels are told of: a place ends with zeros up to a multiple of four. */
  get values(): number {
    return Math.ceil(this.length / 4) * 4;
  }

  /** A vector of whatever values; undefined when all places are taken. */
  take(): Float32Array | undefined {
    const address = this.free.pop();
    if (address === undefined) return undefined;
    new Float32Array(this.memory.buffer, address, this.values).fill(0, this.length);
    const vector = new Float32Array(this.memory.buffer, address, this.length);
    this.live.add(vector);
    return vector;
  }

  /** Whether a vector lies here. */
  has(vector: Float32Array): boolean {
    return this.live.has(vector);
  }

  /** Takes the place of a vector back; whoever still has it sees what comes to lie there. */
  release(vector: Float32Array): void {
    if (this.live.delete(vector)) this.free.push(vector.byteOffset);
  }

  /** The products of x with each of `ys`, all of which lie here. */
  dots(x: Float32Array, ys: readonly Float32Array[]): number[] {
    const products: number[] = [];
    for (let from = 0; from < ys.length; from += MOST_OPERANDS) {
      const some = ys.slice(from, from + MOST_OPERANDS);
      some.forEach((y, k) => (this.list[k] = y.byteOffset));
      this.kernels.dots(x.byteOffset, LIST, some.length, this.values, COEFFICIENTS);
      products.push(...this.coefficients.subarray(0, some.length));
    }
    return products;
  }

  /** target ← Σ coefficient·vector; all of them lie here. At most 128 terms. */
  combine(target: Float32Array, terms: readonly (readonly [number, Float32Array])[]): void {
    if (terms.length > MOST_OPERANDS) throw new RangeError(`${terms.length} terms at once`);
    terms.forEach(([coefficient, vector], k) => {
      this.coefficients[k] = coefficient;
      this.list[k] = vector.byteOffset;
    });
    this.kernels.combine(target.byteOffset, LIST, COEFFICIENTS, terms.length, this.values, SUMS);
  }
}

/** Bytes from one vector to the next, a multiple of 64. */
function strideOf(length: number): number {
  return Math.ceil(length / 16) * 64 + STAGGER;
}
