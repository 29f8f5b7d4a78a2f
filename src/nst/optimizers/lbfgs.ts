import { Curvature } from './curvature';
import { DivergedError } from '../diverged';
import type { Evaluate, Evaluated, Optimizer, OptimizerState } from './optimizer';
import type { Preconditioner, VectorSpace } from './vectorSpace';

export interface LbfgsOptions {
  /** Pairs remembered. */
  readonly history: number;
  /**
   * What s·y / z·y of the newest pair is multiplied by to begin the inverse Hessian with. That is the shorter of the two
   * step lengths of Barzilai and Borwein (1988); measured in bench/path.md.
   */
  readonly initialScale: number;
}

export const LBFGS_DEFAULTS: LbfgsOptions = { history: 10, initialScale: 2 };

/** A step may end above the current value, but not above the highest of this many last ones. */
const WINDOW = 5;

/** Shorter steps tried along the quasi-Newton direction before the history is dropped. */
const SHORTENINGS = 3;

/** Shorter steps tried along the steepest descent, after which any finite value is accepted. */
const LAST_SHORTENINGS = 10;

/** A pair is learnt when the slope along its step has changed by more than this part of it. */
const LEAST_CURVATURE = 1e-3;

/** A point whose value and gradient are known and finite. */
interface Known<V> extends Evaluated<V> {
  /** M·gradient. */
  readonly smooth: V;
  /** gradient·M·gradient. */
  readonly product: number;
}

/** What a step needs to know of the gradient at its end. */
interface Seen {
  /** Of the objective along the direction, there. */
  readonly slope: number;
  /** gradient·M·gradient. */
  readonly product: number;
  /** z·gradient and z·y, for the change z of M·gradient and y of the gradient. */
  readonly zg: number;
  readonly zy: number;
  /** With the vectors of the history. */
  readonly observed: readonly number[];
}

/**
 * L-BFGS (Nocedal 1980; Liu and Nocedal 1989) that takes the whole quasi-Newton step, as the classic
 * style-transfer programs do, with safeguards instead of a line search: a step that is not finite or that rises
 * above all of the last values is shortened by interpolation (the non-monotone rule of Grippo, Lampariello and
 * Lucidi 1986, without its slope term); when that fails too, the history is dropped and the descent begins anew.
 * Its first idea of the inverse Hessian is not the identity but the preconditioner M.
 */
export class Lbfgs<V> implements Optimizer<V> {
  private readonly curvature: Curvature<V>;
  private trial: V;
  private direction: V;
  /** Room for the next preconditioned gradient, and for how it changes. */
  private spare: V;
  private change: V;
  private current: Known<V> | undefined;
  private recent: readonly number[] = [];
  /** Length of the last step before a restart, 0 when there was none. */
  private reach = 0;
  private count = 0;

  /** Takes `position` over. */
  constructor(
    private readonly space: VectorSpace<V>,
    public position: V,
    private readonly preconditioner: Preconditioner<V>,
    options: LbfgsOptions = LBFGS_DEFAULTS,
  ) {
    this.curvature = new Curvature(space, options.history, options.initialScale);
    this.trial = space.zeros(position);
    this.direction = space.zeros(position);
    this.spare = space.zeros(position);
    this.change = space.zeros(position);
  }

  /** Goes on from a saved state, taking over its vectors. */
  static restore<V>(
    space: VectorSpace<V>,
    { numbers, vectors }: OptimizerState<V>,
    preconditioner: Preconditioner<V>,
    options: LbfgsOptions = LBFGS_DEFAULTS,
  ): Lbfgs<V> {
    const { position, gradient } = vectors;
    if (position === undefined) throw new RangeError('the state has no position');
    const optimizer = new Lbfgs(space, position, preconditioner, options);
    optimizer.count = numbers.evaluations as number;
    optimizer.reach = (numbers.reach as number | undefined) ?? 0;
    if (gradient !== undefined) {
      optimizer.current = optimizer.known({ value: numbers.value as number, gradient });
      optimizer.recent = numbers.recent as readonly number[];
      optimizer.curvature.restore({ numbers, vectors });
    }
    return optimizer;
  }

  get evaluations(): number {
    return this.count;
  }

  async step(evaluate: Evaluate<V>): Promise<void> {
    const start = this.current ?? (await this.begin(evaluate));
    const evaluations = { count: 0 };
    const counted: Evaluate<V> = x => {
      evaluations.count++;
      return evaluate(x);
    };
    const guided = this.curvature.count > 0 && (await this.descend(counted, start, true));
    if (!guided && !(await this.descend(counted, start, false))) throw new DivergedError();
    this.count += evaluations.count;
  }

  /** Evaluates the position that the descent begins from. */
  private async begin(evaluate: Evaluate<V>): Promise<Known<V>> {
    const { value, gradient } = await evaluate(this.position);
    const squared = this.space.dots(gradient, [gradient])[0]!;
    if (!Number.isFinite(value) || !Number.isFinite(squared)) throw new DivergedError();
    this.count++;
    this.current = this.known({ value, gradient });
    this.recent = [value];
    return this.current;
  }

  private known({ value, gradient }: Evaluated<V>): Known<V> {
    const smooth = this.spare;
    this.preconditioner.apply(smooth, gradient);
    this.spare = this.space.zeros(gradient);
    return { value, gradient, smooth, product: this.space.dots(gradient, [smooth])[0]! };
  }

  /**
   * Tries steps of decreasing length along the quasi-Newton direction (`guided`) or the steepest descent, and
   * moves to the first that is good enough. Changes no state that is saved unless it moves.
   */
  private async descend(evaluate: Evaluate<V>, start: Known<V>, guided: boolean): Promise<boolean> {
    const { space, curvature, direction } = this;
    let slope = -start.product;
    if (guided) slope = curvature.direction(direction, start);
    else space.combine(direction, [[-1, start.smooth]]);
    if (guided && !(slope < 0)) return false;

    const most = guided ? SHORTENINGS : LAST_SHORTENINGS;
    const bound = Math.max(...this.recent);
    let length = guided ? 1 : this.firstLength(start);
    for (let shortened = 0; shortened <= most; shortened++) {
      space.combine(this.trial, [
        [1, this.position],
        [length, direction],
      ]);
      const { value, gradient } = await evaluate(this.trial);
      const seen = this.look(start, gradient, guided);
      const finite = Number.isFinite(value) && Number.isFinite(seen.slope);
      if (finite && (value <= bound || (!guided && shortened === most))) {
        if (!guided) curvature.clear();
        this.move(start, { value, gradient }, length, slope, seen);
        return true;
      }
      space.dispose(gradient);
      length *= finite ? shortening(start.value, slope * length, value) : 0.1;
    }
    return false;
  }

  /**
   * Takes all products at once, before anybody knows whether the step is good enough: it mostly is, and to wait for a
   * device costs more than they do.
   */
  private look(start: Known<V>, gradient: V, guided: boolean): Seen {
    const { space, curvature, direction, spare: smooth, change: z } = this;
    this.preconditioner.apply(smooth, gradient);
    space.combine(z, [
      [1, smooth],
      [-1, start.smooth],
    ]);
    const [own, before] = space.manyDots([
      { x: gradient, ys: [direction, smooth, z, ...(guided ? curvature.vectors : [])] },
      { x: start.gradient, ys: [z] },
    ]);
    const [slope = NaN, product = NaN, zg = NaN, ...observed] = own ?? [];
    return { slope, product, zg, zy: zg - (before?.[0] ?? NaN), observed };
  }

  /** Makes the trial the position and learns from the step; `slope` is that along the direction at its start. */
  private move(start: Known<V>, end: Evaluated<V>, length: number, slope: number, seen: Seen): void {
    const { space, curvature, direction: s, spare: smooth, change: z } = this;
    const { product, zg, zy, observed } = seen;
    [this.position, this.trial] = [this.trial, this.position];
    if (length !== 1) space.combine(s, [[length, s]]);
    const sy = length * (seen.slope - slope);
    space.dispose(start.gradient);
    if (sy > LEAST_CURVATURE * length * -slope && zy > 0) {
      const forgotten = curvature.learn({ s, z, sy, zy, sg: length * seen.slope, zg }, observed);
      this.direction = forgotten?.s ?? space.zeros(s);
      this.change = forgotten?.z ?? space.zeros(z);
    } else {
      curvature.observe(observed);
    }
    this.spare = start.smooth;
    this.current = { ...end, smooth, product };
    this.recent = [...this.recent, end.value].slice(-WINDOW);
  }

  /**
   * Length of a step along −M·gradient, whatever the units of the objective: half of what would bring a linear
   * objective from its value to 0, but a step not longer than the last one, since near a minimum above 0 that
   * would be far too long.
   */
  private firstLength({ value, smooth, product }: Known<V>): number {
    if (product === 0) return 0;
    const reach = this.curvature.reach ?? (this.reach || Infinity);
    const whole = Math.sqrt(this.space.dots(smooth, [smooth])[0]!);
    return Math.min(value / (2 * product), reach / whole);
  }

  restart(): void {
    this.reach = this.curvature.reach ?? this.reach;
    if (this.current) {
      this.space.dispose(this.current.gradient);
      this.space.dispose(this.current.smooth);
    }
    this.current = undefined;
    this.recent = [];
    this.curvature.clear();
  }

  save(): OptimizerState<V> {
    const { position, current, recent, reach, count: evaluations } = this;
    if (current === undefined)
      return { kind: 'lbfgs', numbers: { reach, evaluations }, vectors: { position } };
    const { numbers, vectors } = this.curvature.save();
    const { value, gradient } = current;
    return {
      kind: 'lbfgs',
      numbers: { ...numbers, recent, value, reach, evaluations },
      vectors: { ...vectors, position, gradient },
    };
  }

  dispose(): void {
    this.restart();
    const { position, trial, direction, spare, change } = this;
    for (const vector of [position, trial, direction, spare, change]) this.space.dispose(vector);
  }
}

/** The minimum of the parabola through both values with the slope at the start, within [0.1, 0.5]. */
function shortening(startValue: number, slope: number, endValue: number): number {
  const minimum = -slope / (2 * (endValue - startValue - slope));
  return Math.min(0.5, Math.max(0.1, minimum));
}
