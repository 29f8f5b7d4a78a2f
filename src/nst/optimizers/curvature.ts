import type { LinearTerm, VectorSpace } from './vectorSpace';

/**
 * What a step taught: `s` the way gone, `z` = M·y the preconditioned change y of the gradient over it, and their
 * products with y and with the gradient g at its end.
 */
interface Taught<V> {
  readonly s: V;
  readonly z: V;
  readonly sy: number;
  readonly zy: number;
  readonly sg: number;
  readonly zg: number;
}

interface Pair<V> extends Pick<Taught<V>, 's' | 'z'> {
  /** s·y of this pair's s with the y of this and every younger pair. */
  sy: number[];
  /** z·y of this pair's z with the y of this and every younger pair. */
  zy: number[];
  /** s·g and z·g for the gradient last observed. */
  sg: number;
  zg: number;
}

/** A history in a shape that can be written down. */
export interface CurvatureState<V> {
  readonly numbers: Readonly<Record<string, number | readonly number[]>>;
  readonly vectors: Readonly<Record<string, V>>;
}

/**
 * The last few pairs of L-BFGS (Nocedal 1980) and the inverse Hessian H that they imply, from H₀ = scaling·M. The
 * two-loop recursion is carried out on inner products alone (Chen, Wang and Zhou, "Large-scale L-BFGS using
 * MapReduce", 2014): those with the newest pair follow from products with the gradient before and after the step,
 * so a step reads the history twice, once for the products and once for the direction, instead of four times. Of y
 * only M·y is kept: M is symmetric.
 */
export class Curvature<V> {
  private pairs: Pair<V>[] = [];
  constructor(
    private readonly space: VectorSpace<V>,
    private readonly limit: number,
    /** How many times s·y / z·y of the newest pair H₀ is of M. */
    private readonly initialScale = 1,
  ) {}

  get count(): number {
    return this.pairs.length;
  }

  /** Length |s| of the newest pair's step; undefined without pairs. */
  get reach(): number | undefined {
    const newest = this.pairs.at(-1);
    return newest && Math.sqrt(this.space.dots(newest.s, [newest.s])[0]!);
  }

  /** Those whose products with a gradient `observe` takes. */
  get vectors(): readonly V[] {
    return [...this.pairs.map(pair => pair.s), ...this.pairs.map(pair => pair.z)];
  }

  /**
   * Learns the pair of the step just taken, whose `sg` and `zg` are with the gradient at its end. Takes `s` and `z`
   * over. Returns the vectors of the pair that it forgets for it, if any, for another use.
   * @param products of that gradient with `vectors` as they are before
   */
  learn(
    { s, z, sy, zy, sg, zg }: Taught<V>,
    products: readonly number[],
  ): { readonly s: V; readonly z: V } | undefined {
    const { pairs } = this;
    pairs.forEach((pair, i) => {
      pair.sy.push(products[i]! - pair.sg);
      pair.zy.push(products[pairs.length + i]! - pair.zg);
    });
    this.observe(products);
    pairs.push({ s, z, sy: [sy], zy: [zy], sg, zg });
    return pairs.length > this.limit ? pairs.shift() : undefined;
  }

  /** Takes note of the gradient that the next direction starts from, by its products with `vectors`. */
  observe(products: readonly number[]): void {
    const { pairs } = this;
    pairs.forEach((pair, i) => {
      pair.sg = products[i]!;
      pair.zg = products[pairs.length + i]!;
    });
  }

  /**
   * target ← −H·g for the gradient g last observed, with H₀ = M·initialScale·(s·y / z·y) of the newest pair, or M
   * without pairs; `smooth` is M·g, `product` g·M·g. Returns the slope target·g, negative when H is positive definite to rounding.
   */
  direction(target: V, { smooth, product }: { readonly smooth: V; readonly product: number }): number {
    const { pairs } = this;
    const newest = pairs.at(-1);
    const scaling = newest ? (this.initialScale * newest.sy[0]!) / newest.zy[0]! : 1;
    // H·g = scaling·(M·g − Σ ofZ·z) + Σ ofS·s, as in the recursion over vectors.
    const ofZ = new Array<number>(pairs.length).fill(0);
    const ofS = new Array<number>(pairs.length).fill(0);
    for (let i = pairs.length - 1; i >= 0; i--) {
      const { sy, sg } = pairs[i]!;
      let rest = sg;
      for (let j = i + 1; j < pairs.length; j++) rest -= ofZ[j]! * sy[j - i]!;
      ofZ[i] = rest / sy[0]!;
    }
    for (let i = 0; i < pairs.length; i++) {
      const { sy, zy, zg } = pairs[i]!;
      let rest = zg;
      for (let j = 0; j < i; j++) rest -= ofZ[j]! * pairs[j]!.zy[i - j]!;
      for (let j = i; j < pairs.length; j++) rest -= ofZ[j]! * zy[j - i]!;
      rest *= scaling;
      for (let j = 0; j < i; j++) rest += ofS[j]! * pairs[j]!.sy[i - j]!;
      ofS[i] = ofZ[i]! - rest / sy[0]!;
    }
    const terms: LinearTerm<V>[] = [[-scaling, smooth]];
    let slope = -scaling * product;
    pairs.forEach(({ s, z, sg, zg }, i) => {
      terms.push([scaling * ofZ[i]!, z], [-ofS[i]!, s]);
      slope += scaling * ofZ[i]! * zg - ofS[i]! * sg;
    });
    this.space.combine(target, terms);
    return slope;
  }

  /** Forgets every pair. */
  clear(): void {
    for (const { s, z } of this.pairs) {
      this.space.dispose(s);
      this.space.dispose(z);
    }
    this.pairs = [];
  }

  /** Vectors `s0`, `z0` … from the oldest pair on, with the products among them and with the gradient. */
  save(): CurvatureState<V> {
    const { pairs } = this;
    const vectors: Record<string, V> = {};
    pairs.forEach(({ s, z }, i) => {
      vectors[`s${i}`] = s;
      vectors[`z${i}`] = z;
    });
    return {
      numbers: {
        sg: pairs.map(pair => pair.sg),
        zg: pairs.map(pair => pair.zg),
        sy: pairs.flatMap(pair => pair.sy),
        zy: pairs.flatMap(pair => pair.zy),
      },
      vectors,
    };
  }

  /** Puts a saved history back, taking over its vectors. */
  restore({ numbers, vectors }: CurvatureState<V>): void {
    this.clear();
    const [sg, zg, sy, zy] = ['sg', 'zg', 'sy', 'zy'].map(name => numbers[name] as readonly number[]);
    let from = 0;
    sg!.forEach((_, i) => {
      const to = from + sg!.length - i;
      this.pairs.push({
        s: vectors[`s${i}`]!,
        z: vectors[`z${i}`]!,
        sy: sy!.slice(from, to),
        zy: zy!.slice(from, to),
        sg: sg![i]!,
        zg: zg![i]!,
      });
      from = to;
    });
  }
}
