import * as path from 'node:path';
import { OnnxExecutor } from '../src/backends/onnx/executor';
import { Pictures } from '../src/engine/run/pictures';
import { planOf } from '../src/engine/run/plan';
import type { Recipe } from '../src/recipe/recipe';
import { openNetwork } from '../src/models/openNetwork';
import type { Executor } from '../src/nst/executor';
import type { FloatImage } from '../src/nst/image';
import type { Losses } from '../src/nst/objective';
import { Stylization } from '../src/nst/stylize';

/** A painting, with its losses as its own recipe counts them. */
export interface Painted {
  readonly image: FloatImage;
  readonly losses: Losses;
  readonly seconds: number;
}

const root = path.resolve(__dirname, '..');

/** The recipe of a content and a style, both from the root of the repository. */
export function recipeOf(
  [content, style]: readonly [string, string],
  look: Omit<Recipe, 'content' | 'styles'>,
): Recipe {
  const styles = [{ image: path.resolve(root, style), weight: 1 }];
  return { ...look, content: path.resolve(root, content), styles };
}

/** Paints a recipe on the CPU, with two threads or as many as ATELIER_BENCH_THREADS says, without a job. */
export async function paintRecipe(
  recipe: Recipe,
  planFor: typeof planOf = planOf,
  changed: (executor: Executor<Float32Array>) => Executor<Float32Array> = executor => executor,
): Promise<Painted> {
  const pictures = await Pictures.read(recipe);
  const network = await openNetwork(recipe.model);
  const executor = await OnnxExecutor.create(network, {
    provider: 'cpu',
    threads: Number(process.env.ATELIER_BENCH_THREADS ?? 2),
  });
  const started = performance.now();
  const run = new Stylization(changed(executor), planFor(recipe, pictures.size, pictures.parts), pictures);
  try {
    for await (const step of run.run())
      if (step.step === step.totalSteps)
        return {
          image: await pictures.withKept(step.image()),
          losses: step.losses,
          seconds: (performance.now() - started) / 1000,
        };
    throw new Error('no step was taken');
  } finally {
    await run.dispose();
    await executor.dispose();
  }
}
