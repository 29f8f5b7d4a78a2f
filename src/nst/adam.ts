import { DivergedError } from './diverged';
import type { Evaluate, Optimizer, OptimizerState } from './optimizer';
import type { VectorSpace } from './vector';

export interface AdamOptions {
  /** Step size in units of an image in [0, 1]: about how far a value moves in a step. */
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
}

export const ADAM_DEFAULTS: AdamOptions = { rate: 0.02, beta1: 0.9, beta2: 0.99 };

/** ε in units of the first gradient's root mean square, so that it means the same in any units of the objective. */
const RELATIVE_EPSILON = 1e-8;

/** Halvings of an update that led to a value that is not finite. */
const HALVINGS = 10;

/**
 * Adam (Kingma and Ba 2015). The gradient at the position is kept from step to step, so the losses of a step are
 * those of the picture it ends with, as with L-BFGS; the first step evaluates twice.
 */
export class Adam<V> implements Optimizer<V> {
  private trial: V;
  private m: V;
  private v: V;
  private gradient: V | undefined;
  private epsilon = 0;
  private updates = 0;
  private count = 0;
  /** Whether `trial` holds an update that is still to be evaluated, and how often it was halved. */
  private pending = false;
  private halvings = 0;

  /** Takes `position` over. */
  constructor(
    private readonly space: VectorSpace<V>,
    public position: V,
    private readonly options: AdamOptions = ADAM_DEFAULTS,
  ) {
    this.trial = space.zeros(position);
    this.m = space.zeros(position);
    this.v = space.zeros(position);
  }

  /** Goes on from a saved state, taking over its vectors. */
  static restore<V>(
    space: VectorSpace<V>,
    { numbers, vectors }: OptimizerState<V>,
    options: AdamOptions = ADAM_DEFAULTS,
  ): Adam<V> {
    const { position, gradient, m, v, trial } = vectors;
    if (position === undefined) throw new RangeError('the state has no position');
    const optimizer = new Adam(space, position, options);
    optimizer.count = numbers.evaluations as number;
    if (gradient === undefined || m === undefined || v === undefined) return optimizer;
    const replaced = [optimizer.m, optimizer.v];
    Object.assign(optimizer, { gradient, m, v });
    if (trial !== undefined) {
      replaced.push(optimizer.trial);
      optimizer.trial = trial;
      optimizer.pending = true;
    }
    for (const vector of replaced) space.dispose(vector);
    optimizer.epsilon = numbers.epsilon as number;
    optimizer.updates = numbers.updates as number;
    optimizer.halvings = numbers.halvings as number;
    return optimizer;
  }

  get evaluations(): number {
    return this.count;
  }

  async step(evaluate: Evaluate<V>): Promise<void> {
    const { space } = this;
    const before = this.gradient ?? (await this.begin(evaluate));
    if (!this.pending) this.update(before);
    for (; this.halvings <= HALVINGS; this.halvings++) {
      const { value, gradient } = await evaluate(this.trial);
      this.count++;
      if (this.isFinite(value, gradient)) {
        [this.position, this.trial] = [this.trial, this.position];
        this.gradient = gradient;
        this.pending = false;
        space.dispose(before);
        return;
      }
      space.dispose(gradient);
      space.combine(this.trial, [
        [0.5, this.position],
        [0.5, this.trial],
      ]);
    }
    throw new DivergedError();
  }

  private async begin(evaluate: Evaluate<V>): Promise<V> {
    const { value, gradient } = await evaluate(this.position);
    if (!this.isFinite(value, gradient)) throw new DivergedError();
    this.count++;
    const squared = this.space.dots(gradient, [gradient])[0]!;
    this.epsilon = RELATIVE_EPSILON * Math.sqrt(squared / this.space.size(gradient));
    this.gradient = gradient;
    return gradient;
  }

  private update(gradient: V): void {
    const { space, trial, m, v, epsilon } = this;
    const { rate, beta1, beta2 } = this.options;
    this.updates++;
    space.combine(trial, [[1, this.position]]);
    space.adam(trial, gradient, m, v, {
      rate,
      beta1,
      beta2,
      // A gradient that is 0 everywhere must not become 0/0.
      epsilon: Math.max(epsilon, 1e-30),
      correction1: 1 - beta1 ** this.updates,
      correction2: 1 - beta2 ** this.updates,
    });
    this.pending = true;
    this.halvings = 0;
  }

  private isFinite(value: number, gradient: V): boolean {
    return Number.isFinite(value) && this.space.dots(gradient, [gradient]).every(Number.isFinite);
  }

  restart(): void {
    if (this.gradient !== undefined) this.space.dispose(this.gradient);
    this.gradient = undefined;
    this.pending = false;
    this.updates = 0;
    for (const moment of [this.m, this.v]) this.space.combine(moment, []);
  }

  save(): OptimizerState<V> {
    const { position, trial, m, v, gradient, epsilon, updates, halvings, count } = this;
    if (gradient === undefined)
      return { kind: 'adam', numbers: { evaluations: count }, vectors: { position } };
    return {
      kind: 'adam',
      numbers: { epsilon, updates, halvings, evaluations: count },
      vectors: { position, gradient, m, v, ...(this.pending ? { trial } : {}) },
    };
  }

  dispose(): void {
    this.restart();
    for (const vector of [this.position, this.trial, this.m, this.v]) this.space.dispose(vector);
  }
}
