import * as path from 'node:path';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import { Pictures } from '../../src/engine/pictures';
import { planOf } from '../../src/engine/plan';
import { presets } from '../../src/jobs/presets';
import type { Recipe } from '../../src/jobs/recipe';
import { openNetwork } from '../../src/models/openNetwork';
import { Stylization } from '../../src/nst/stylize';
import { repository } from '../../test/e2e/host/installation';
import { photograph } from '../../test/e2e/host/paintings';

/** Seconds of the studio preset's run on the photograph with nothing beside it: no previews, checkpoints or panel. */
export async function bareRun(style: string, threads: number): Promise<number> {
  const image = path.join(repository, 'media', 'swatches', `${style}.jpg`);
  const recipe: Recipe = { ...presets.studio, content: photograph, styles: [{ image, weight: 1 }] };
  const pictures = await Pictures.read(recipe);
  const executor = await OnnxExecutor.create(await openNetwork(recipe.model), { provider: 'cpu', threads });
  const start = performance.now();
  const run = new Stylization(executor, planOf(recipe, pictures.size), pictures);
  for await (const { step, totalSteps } of run.run()) if (step === totalSteps) break;
  const seconds = (performance.now() - start) / 1000;
  await run.dispose();
  await executor.dispose();
  return seconds;
}
