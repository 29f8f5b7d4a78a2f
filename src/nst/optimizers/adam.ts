import { DivergedError } from '../diverged';
import type { Evaluate, Optimizer, OptimizerState } from './optimizer';
import type { VectorSpace } from './vectorSpace';

export interface AdamOptions {
  /** Step size in units of an image in [0, 1]: about how far a value moves in a step. */
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
}

export const ADAM_DEFAULTS: AdamOptions = { rate: 0.02, beta1: 0.9, beta2: 0.99 };

/** ε in units of the first gradient's root mean square, so that it means the same in any units of the objective. */
const RELATIVE_EPSILON = 1e-8;

/** Halvings of a step that led to a value that is not finite. */
const HALVINGS = 10;

/** Where the descent is, or would be after a step. */
interface Iterate<V> {
  readonly x: V;
  readonly m: V;
  readonly v: V;
}

/**
 * Adam (Kingma and Ba 2015). The gradient at the position is kept from step to step, so the losses of a step are
 * those of the picture it ends with, as with L-BFGS; the first step evaluates twice.
 */
export class Adam<V> implements Optimizer<V> {
  private current: Iterate<V>;
  private trial: Iterate<V>;
  private gradient: V | undefined;
  private epsilon = 0;
  private updates = 0;
  private count = 0;

  /** Takes `position` over. */
  constructor(
    private readonly space: VectorSpace<V>,
    position: V,
    private readonly options: AdamOptions = ADAM_DEFAULTS,
  ) {
    const zeros = (): V => space.zeros(position);
    this.current = { x: position, m: zeros(), v: zeros() };
    this.trial = { x: zeros(), m: zeros(), v: zeros() };
  }

  /** Goes on from a saved state, taking over its vectors. */
  static restore<V>(
    space: VectorSpace<V>,
    { numbers, vectors }: OptimizerState<V>,
    options: AdamOptions = ADAM_DEFAULTS,
  ): Adam<V> {
    const { position, gradient, m, v } = vectors;
    if (position === undefined) throw new RangeError('the state has no position');
    const optimizer = new Adam(space, position, options);
    optimizer.count = numbers.evaluations as number;
    if (gradient === undefined || m === undefined || v === undefined) return optimizer;
    for (const unused of [optimizer.current.m, optimizer.current.v]) space.dispose(unused);
    optimizer.current = { x: position, m, v };
    optimizer.gradient = gradient;
    optimizer.epsilon = numbers.epsilon as number;
    optimizer.updates = numbers.updates as number;
    return optimizer;
  }

  get position(): V {
    return this.current.x;
  }

  get evaluations(): number {
    return this.count;
  }

  async step(evaluate: Evaluate<V>): Promise<void> {
    const { space, current, trial } = this;
    const before = this.gradient ?? (await this.begin(evaluate));
    this.update(before);
    for (let halvings = 0; halvings <= HALVINGS; halvings++) {
      const { value, gradient } = await evaluate(trial.x);
      if (this.isFinite(value, gradient)) {
        [this.current, this.trial] = [trial, current];
        this.gradient = gradient;
        this.updates++;
        this.count += 1 + halvings;
        space.dispose(before);
        return;
      }
      space.dispose(gradient);
      space.combine(trial.x, [
        [0.5, current.x],
        [0.5, trial.x],
      ]);
    }
    throw new DivergedError();
  }

  private async begin(evaluate: Evaluate<V>): Promise<V> {
    const { value, gradient } = await evaluate(this.position);
    if (!this.isFinite(value, gradient)) throw new DivergedError();
    const squared = this.space.dots(gradient, [gradient])[0]!;
    // A gradient that is 0 everywhere must not become 0/0.
    this.epsilon = Math.max(1e-30, RELATIVE_EPSILON * Math.sqrt(squared / this.space.size(gradient)));
    this.gradient = gradient;
    this.count++;
    return gradient;
  }

  /** Makes `trial` the iterate after a whole step. */
  private update(gradient: V): void {
    const { space, current, trial, epsilon } = this;
    const { rate, beta1, beta2 } = this.options;
    space.combine(trial.x, [[1, current.x]]);
    space.combine(trial.m, [[1, current.m]]);
    space.combine(trial.v, [[1, current.v]]);
    space.adam(trial.x, gradient, trial.m, trial.v, {
      rate,
      beta1,
      beta2,
      epsilon,
      correction1: 1 - beta1 ** (this.updates + 1),
      correction2: 1 - beta2 ** (this.updates + 1),
    });
  }

  private isFinite(value: number, gradient: V): boolean {
    return Number.isFinite(value) && this.space.dots(gradient, [gradient]).every(Number.isFinite);
  }

  restart(): void {
    if (this.gradient !== undefined) this.space.dispose(this.gradient);
    this.gradient = undefined;
    this.updates = 0;
    for (const moment of [this.current.m, this.current.v]) this.space.combine(moment, []);
  }

  save(): OptimizerState<V> {
    const { gradient, epsilon, updates, count: evaluations } = this;
    const { x: position, m, v } = this.current;
    if (gradient === undefined) return { kind: 'adam', numbers: { evaluations }, vectors: { position } };
    return {
      kind: 'adam',
      numbers: { epsilon, updates, evaluations },
      vectors: { position, gradient, m, v },
    };
  }

  dispose(): void {
    this.restart();
    for (const { x, m, v } of [this.current, this.trial]) {
      for (const vector of [x, m, v]) this.space.dispose(vector);
    }
  }
}
