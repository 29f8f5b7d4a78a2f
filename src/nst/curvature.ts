import type { Term, VectorSpace } from './vector';

/** What a step taught: `s` the way gone, `y` the change of the gradient over it. */
interface Pair<V> {
  readonly s: V;
  readonly y: V;
  /** s·y of this pair's s with the y of this and every younger pair. */
  sy: number[];
  /** y·y of this pair's y with this and every younger pair's. */
  yy: number[];
  /** s·g and y·g for the gradient last observed. */
  sg: number;
  yg: number;
}

/** A history in a shape that can be written down. */
export interface CurvatureState<V> {
  readonly numbers: Readonly<Record<string, number | readonly number[]>>;
  readonly vectors: Readonly<Record<string, V>>;
}

/**
 * The last few pairs of L-BFGS (Nocedal 1980) and the inverse Hessian that they imply. The two-loop recursion
 * is carried out on inner products alone (Chen, Wang and Zhou, "Large-scale L-BFGS using MapReduce", 2014):
 * those with the newest pair follow from products with the gradient before and after the step, so a step reads
 * the history twice, once for the products and once for the direction, instead of four times.
 */
export class Curvature<V> {
  private pairs: Pair<V>[] = [];
  constructor(
    private readonly space: VectorSpace<V>,
    private readonly limit: number,
  ) {}

  get count(): number {
    return this.pairs.length;
  }

  /** Length |s| of the newest pair's step; undefined without pairs. */
  get reach(): number | undefined {
    const newest = this.pairs.at(-1);
    return newest && Math.sqrt(this.space.dots(newest.s, [newest.s])[0]!);
  }

  /**
   * Learns the pair of the step just taken, whose gradient was `before` observed last. Takes `s` and `y` over.
   * Returns a vector that is no longer needed, the forgotten pair's s, if there is one.
   */
  learn(s: V, y: V, gradient: V, products: { readonly sy: number; readonly yy: number }): V | undefined {
    const oldest = this.pairs.length === this.limit ? this.pairs.shift() : undefined;
    const before = this.pairs.map(({ sg, yg }) => ({ sg, yg }));
    this.pairs.push({ s, y, sy: [products.sy], yy: [products.yy], sg: 0, yg: 0 });
    this.observe(gradient);
    before.forEach(({ sg, yg }, i) => {
      const pair = this.pairs[i]!;
      pair.sy.push(pair.sg - sg);
      pair.yy.push(pair.yg - yg);
    });
    if (oldest) this.space.dispose(oldest.y);
    return oldest?.s;
  }

  /** Takes note of the gradient that the next direction starts from. */
  observe(gradient: V): void {
    const { pairs } = this;
    if (pairs.length === 0) return;
    const products = this.space.dots(gradient, [...pairs.map(pair => pair.s), ...pairs.map(pair => pair.y)]);
    pairs.forEach((pair, i) => {
      pair.sg = products[i]!;
      pair.yg = products[pairs.length + i]!;
    });
  }

  /**
   * target ← −H·g for the gradient last observed, H scaled by s·y / y·y of the newest pair; −g without pairs.
   * Returns the slope target·g, negative when H is positive definite to rounding; `squared` is g·g.
   */
  direction(target: V, gradient: V, squared: number): number {
    const { pairs } = this;
    const newest = pairs.at(-1);
    const scaling = newest ? newest.sy[0]! / newest.yy[0]! : 1;
    // r = scaling·(g − Σ ofY·y) + Σ ofS·s, as in the recursion over vectors.
    const ofY = new Array<number>(pairs.length).fill(0);
    const ofS = new Array<number>(pairs.length).fill(0);
    for (let i = pairs.length - 1; i >= 0; i--) {
      const { sy, sg } = pairs[i]!;
      let product = sg;
      for (let j = i + 1; j < pairs.length; j++) product -= ofY[j]! * sy[j - i]!;
      ofY[i] = product / sy[0]!;
    }
    for (let i = 0; i < pairs.length; i++) {
      const { sy, yy, yg } = pairs[i]!;
      let product = yg;
      for (let j = 0; j < i; j++) product -= ofY[j]! * pairs[j]!.yy[i - j]!;
      for (let j = i; j < pairs.length; j++) product -= ofY[j]! * yy[j - i]!;
      product *= scaling;
      for (let j = 0; j < i; j++) product += ofS[j]! * pairs[j]!.sy[i - j]!;
      ofS[i] = ofY[i]! - product / sy[0]!;
    }
    const terms: Term<V>[] = [[-scaling, gradient]];
    let slope = -scaling * squared;
    pairs.forEach(({ s, y, sg, yg }, i) => {
      terms.push([scaling * ofY[i]!, y], [-ofS[i]!, s]);
      slope += scaling * ofY[i]! * yg - ofS[i]! * sg;
    });
    this.space.combine(target, terms);
    return slope;
  }

  /** Forgets every pair. */
  clear(): void {
    for (const { s, y } of this.pairs) {
      this.space.dispose(s);
      this.space.dispose(y);
    }
    this.pairs = [];
  }

  /** Vectors `s0`, `y0` … from the oldest pair on, with the products among them and with the gradient. */
  save(): CurvatureState<V> {
    const vectors: Record<string, V> = {};
    this.pairs.forEach(({ s, y }, i) => {
      vectors[`s${i}`] = s;
      vectors[`y${i}`] = y;
    });
    const { pairs } = this;
    return {
      numbers: {
        sg: pairs.map(pair => pair.sg),
        yg: pairs.map(pair => pair.yg),
        sy: pairs.flatMap(pair => pair.sy),
        yy: pairs.flatMap(pair => pair.yy),
      },
      vectors,
    };
  }

  /** Puts a saved history back, taking over its vectors. */
  restore({ numbers, vectors }: CurvatureState<V>): void {
    this.clear();
    const [sg, yg, sy, yy] = ['sg', 'yg', 'sy', 'yy'].map(name => numbers[name] as readonly number[]);
    let from = 0;
    sg!.forEach((_, i) => {
      const to = from + sg!.length - i;
      this.pairs.push({
        s: vectors[`s${i}`]!,
        y: vectors[`y${i}`]!,
        sy: sy!.slice(from, to),
        yy: yy!.slice(from, to),
        sg: sg![i]!,
        yg: yg![i]!,
      });
      from = to;
    });
  }
}
