import * as path from 'node:path';
import { RunControl } from '../../engine/run/control';
import { openDevice } from '../../backends/select';
import { costsOf, loadInputs, type Prepared, type RunSettings } from '../../engine/run/prepare';
import { runJob } from '../../engine/run/runJob';
import type { PictureCost } from '../../engine/run/estimate';
import type { Outcome, RunOptions } from '../../engine/run/runOptions';
import { AtelierError, reportError } from '../../common/errors';
import { createJob } from '../../jobs/folder';
import { lockJob } from '../../jobs/jobLock';
import { checkOutput, foreignOutput } from '../../jobs/output';
import { requireWritable } from '../../jobs/outputPlace';
import type { Recipe } from '../../recipe/recipe';
import { JobRecorder } from '../../jobs/recorder';
import type { JobState } from '../../jobs/state';
import { msg } from '../../common/messages';
import { onInterrupt } from '../reporting/interrupt';
import { warnNotEnlarged } from '../reporting/notEnlarged';
import { openReporter } from '../reporting/openReporter';
import type { Reporter } from '../reporting/reporter';
import { fail, failWith } from '../reporting/exit';
import type { PaintingOptions } from '../paintingOptions';
import { requireMemory } from './requireMemory';
import { shownPath } from '../reporting/shownPath';
import { withComputeLock } from './withComputeLock';
import { duration } from '../reporting/wording';
import { toJson } from '../reporting/json';
import { print, printEnd, printError } from '../reporting/output';

/** How a run is started from the command line. */
export interface PaintOptions extends PaintingOptions {
  readonly settings: RunSettings;
  readonly json: boolean;
  /** The size, where a person named one. */
  readonly size?: number | undefined;
}

/** Paints a recipe in this process. Nothing is written before all that it names is known to be good. */
export async function paintRecipe(recipe: Recipe, options: PaintOptions): Promise<void> {
  const { settings, overwrite = false, force = false } = options;
  const { storage } = settings;
  try {
    requireWritable(recipe);
    // A picture that the recipe is made from is replaced by no option.
    checkOutput(recipe);
    if (!overwrite) await requireNoForeignOutput(recipe);
    const inputs = await loadInputs(recipe, settings);
    warnNotEnlarged(recipe.content, inputs.pictures.contentImage, options.size);
    await withComputeLock({ ...options, storage }, async () => {
      const prepared = { ...inputs, device: await openDevice(inputs.network, settings) };
      await requireMemory([costOf(prepared)], prepared.device, storage, force);
      await paint(createJob(storage, recipe, { overwrite }), options, { prepared });
    });
  } catch (error) {
    failBeforehand(error, options);
  }
}

async function requireNoForeignOutput(recipe: Recipe): Promise<void> {
  const file = await foreignOutput(recipe);
  if (file === undefined) return;
  throw new AtelierError('write-failed', msg`${file} is there already, and Atelier did not paint it.`, {
    next: msg`Choose another name, or replace it with --overwrite.`,
  });
}

/** Goes on with a job, from its checkpoint if there is one. */
export async function paintJob(folder: string, options: PaintOptions): Promise<void> {
  const { force = false } = options;
  const { storage } = options.settings;
  const accept = (prepared: Prepared) => requireMemory([costOf(prepared)], prepared.device, storage, force);
  try {
    // Who waits for nothing does not wait.
    lockJob(folder).release();
    await withComputeLock({ ...options, storage }, () => paint(folder, options, { accept }));
  } catch (error) {
    failBeforehand(error, options);
  }
}

function failBeforehand(error: unknown, { json }: PaintOptions): void {
  if (json) print(`${toJson({ event: 'failed', error: reportError(error) })}\n`);
  fail(error);
}

function costOf({ recipe, pictures }: Prepared): PictureCost {
  return { file: recipe.content, plan: costsOf(recipe, pictures.contentImage) };
}

async function paint(
  folder: string,
  { settings, json }: PaintOptions,
  begun: Pick<RunOptions, 'prepared' | 'accept'>,
): Promise<void> {
  const lock = lockJob(folder);
  const control = new RunControl();
  const stopListening = onInterrupt(() => control.stop(false));
  let reporter: Reporter | undefined;
  try {
    reporter = await openReporter(folder, json);
    const shown = reporter;
    const log = (message: string) => printError(`atelier: ${message}\n`);
    const recorder = JobRecorder.open(folder, error =>
      log(`the record of the job: ${reportError(error).message}`),
    );
    const outcome = await runJob(folder, {
      settings,
      control,
      recorder,
      emit: event => shown.event(event, recorder.state),
      log: (level, message) => {
        if (level === 'warn' || level === 'error') log(message);
      },
      ...begun,
    });
    reporter.close();
    await conclude(outcome, folder, recorder.state, json);
  } finally {
    stopListening();
    lock.release();
  }
}

/** How this program is called here. */
function commandName(): string {
  return process.env.npm_lifecycle_event === undefined ? 'atelier' : 'npm run atelier --';
}

async function conclude(outcome: Outcome, folder: string, state: JobState, json: boolean): Promise<void> {
  switch (outcome.event) {
    case 'done': {
      const { output, seconds } = outcome;
      const [width, height] = state.plan.at(-1)?.scale ?? [0, 0];
      const how = `${width} × ${height}, ${state.step} steps in ${duration(seconds)}, ${state.deviceTitle ?? ''}`;
      const words = `Saved ${shownPath(output)} (${how}).\n`;
      // The reporter has said it to programs.
      await printEnd(json ? '' : words, words);
      return;
    }
    case 'stopped': {
      process.exitCode = 130;
      const where =
        outcome.step === 0 ? 'before the first step' : `at step ${outcome.step}; a checkpoint is kept`;
      printError(`Stopped ${where}. Go on with:\n  ${commandName()} resume ${path.basename(folder)}\n`);
      return;
    }
    case 'failed':
      failWith(outcome.error);
      // A disk that is full lets the job go on from what was kept of it.
      if (outcome.error.code === 'write-failed')
        printError(`  To go on: ${commandName()} resume ${path.basename(folder)}\n`);
  }
}
