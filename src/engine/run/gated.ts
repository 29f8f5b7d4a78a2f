import type { Executor, ObjectiveRequest } from '../../nst/executor';
import type { Size } from '../../nst/image';

/** What stands between a run and its device. */
export interface Gate {
  /** Hears of every size before its targets are computed, and of what they are computed from. */
  preparing(size: Size, request: ObjectiveRequest): void;
  /** Awaited before every evaluation, which is where a run can be held, or ended by an exception. */
  pass(): Promise<void>;
}

/** An executor with a gate before it. */
export function gated<V>(executor: Executor<V>, gate: Gate): Executor<V> {
  return {
    space: executor.space,
    fromImage: image => executor.fromImage(image),
    toImage: (vector, size) => executor.toImage(vector, size),
    prepare: async request => {
      const { width, height } = request.content;
      gate.preparing({ width, height }, request);
      const objective = await executor.prepare(request);
      return {
        size: objective.size,
        evaluate: async (image, strengths) => {
          await gate.pass();
          return objective.evaluate(image, strengths);
        },
        dispose: () => objective.dispose(),
      };
    },
    moments: (image, layers, spec) => executor.moments(image, layers, spec),
    dispose: () => executor.dispose(),
  };
}
