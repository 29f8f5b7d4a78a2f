// A painting with no window beside it.
// Command: aloneProgram.js bare RECIPE.json THREADS   no previews, checkpoints or messages: only the steps
//          aloneProgram.js kept RECIPE.json THREADS   a job as the engine runs it, previews and checkpoints included
// Prints what it took: {"seconds", "cpuSeconds"}, from the first evaluation to the end.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import { RunControl } from '../../src/engine/run/control';
import { Pictures } from '../../src/engine/run/pictures';
import { planOf } from '../../src/engine/run/plan';
import { prepare } from '../../src/engine/run/prepare';
import { runJob } from '../../src/engine/run/runJob';
import { createJob } from '../../src/jobs/folder';
import type { Recipe } from '../../src/recipe/recipe';
import { JobRecorder } from '../../src/jobs/recorder';
import { openNetwork } from '../../src/models/openNetwork';
import { Stylization } from '../../src/nst/stylize';

async function bare(recipe: Recipe, threads: number): Promise<void> {
  const pictures = await Pictures.read(recipe);
  const executor = await OnnxExecutor.create(await openNetwork(recipe.model), { provider: 'cpu', threads });
  const tell = stopwatch();
  const run = new Stylization(executor, planOf(recipe, pictures.size), pictures);
  for await (const { step, totalSteps } of run.run()) if (step === totalSteps) break;
  tell();
  await run.dispose();
  await executor.dispose();
}

async function kept(recipe: Recipe, threads: number): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'alone-'));
  try {
    const settings = { device: 'cpu', threads, storage: folder } as const;
    const prepared = await prepare(recipe, settings);
    const job = createJob(folder, { ...recipe, output: path.join(folder, 'result.png') });
    const recorder = JobRecorder.open(job, fail);
    const tell = stopwatch();
    const outcome = await runJob(job, {
      ...{ settings, recorder, prepared, control: new RunControl() },
      ...{ emit: () => undefined, log: (_level: string, text: string) => console.error(text) },
    });
    tell();
    if (outcome.event !== 'done') fail(outcome);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function fail(problem: unknown): never {
  throw new Error('The painting failed.', { cause: problem });
}

/** Begins to count; what it gives back prints the time since, of the clock and of the processors. */
function stopwatch(): () => void {
  const [start, before] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    console.log(
      JSON.stringify({ seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 }),
    );
  };
}

async function main([kind = '', file = '', threads = '']: readonly string[]): Promise<void> {
  const recipe = JSON.parse(fs.readFileSync(file, 'utf8')) as Recipe;
  await (kind === 'bare' ? bare : kept)(recipe, Number(threads));
}

void main(process.argv.slice(2));
