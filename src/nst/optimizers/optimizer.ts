/** Value and gradient of the objective at a point. The gradient belongs to the receiver. */
export interface Evaluated<V> {
  readonly value: number;
  readonly gradient: V;
}

export type Evaluate<V> = (x: V) => Promise<Evaluated<V>>;

/** Everything an optimizer remembers, in a shape that can be written to disk and read back exactly. */
export interface OptimizerState<V> {
  readonly kind: 'lbfgs' | 'adam';
  /** Counters and scalars; exact in JSON, whose numbers round-trip doubles. All are finite. */
  readonly numbers: Readonly<Record<string, number | readonly number[]>>;
  readonly vectors: Readonly<Record<string, V>>;
}

/** Minimizes an objective step by step from a start that it owns. */
export interface Optimizer<V> {
  /** The current iterate; changes with every step. */
  readonly position: V;
  /**
   * Evaluations behind the current state. Those of a step that was cut short do not count: the step will be
   * taken again, with the same outcome.
   */
  readonly evaluations: number;
  /**
   * One step. It evaluates at least once, and the last point it evaluates is its new position. Never ends for
   * lack of progress: it recovers and goes on. When `evaluate` throws, the step can be taken again.
   * @throws DivergedError when no finite value is found; the position is then what it was.
   */
  step(evaluate: Evaluate<V>): Promise<void>;
  /** The objective has changed: forget its values, gradients and curvature, keep the position. */
  restart(): void;
  /** The vectors of the state are the optimizer's own: copy them out before the next step. */
  save(): OptimizerState<V>;
  dispose(): void;
}
