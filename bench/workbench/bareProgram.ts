// A painting with nothing beside it: no previews, checkpoints, messages or panel.
// Command: bareProgram.js RECIPE.json THREADS   prints the seconds that the steps took
import * as fs from 'node:fs';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import { Pictures } from '../../src/engine/pictures';
import { planOf } from '../../src/engine/plan';
import type { Recipe } from '../../src/jobs/recipe';
import { openNetwork } from '../../src/models/openNetwork';
import { Stylization } from '../../src/nst/stylize';

async function main([file = '', threads = '']: readonly string[]): Promise<void> {
  const recipe = JSON.parse(fs.readFileSync(file, 'utf8')) as Recipe;
  const pictures = await Pictures.read(recipe);
  const executor = await OnnxExecutor.create(await openNetwork(recipe.model), {
    provider: 'cpu',
    threads: Number(threads),
  });
  const start = performance.now();
  const run = new Stylization(executor, planOf(recipe, pictures.size), pictures);
  for await (const { step, totalSteps } of run.run()) if (step === totalSteps) break;
  console.log((performance.now() - start) / 1000);
  await run.dispose();
  await executor.dispose();
}

void main(process.argv.slice(2));
