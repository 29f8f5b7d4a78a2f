import type { Executor } from '../nst/executor';

/** An executor that awaits `gate` before every evaluation, which is where a run can be held or ended. */
export function gated<V>(executor: Executor<V>, gate: () => Promise<void>): Executor<V> {
  return {
    space: executor.space,
    fromImage: image => executor.fromImage(image),
    toImage: (vector, size) => executor.toImage(vector, size),
    prepare: async request => {
      const objective = await executor.prepare(request);
      return {
        size: objective.size,
        evaluate: async (image, strengths) => {
          await gate();
          return objective.evaluate(image, strengths);
        },
        dispose: () => objective.dispose(),
      };
    },
    grams: (image, layers, spec) => executor.grams(image, layers, spec),
    dispose: () => executor.dispose(),
  };
}
