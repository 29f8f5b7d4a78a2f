import * as fs from 'node:fs';
import * as path from 'node:path';
import { grouped } from '../nst/terms/term';
import type { StoredJob } from '../jobs/folder';
import type { RefereeReport } from '../protocol/reply';
import type { Answer, Call } from './tool';

/** A run in a line of a list. */
export function runSummary({ id, createdAt, recipe, state }: StoredJob): Answer['value'] {
  const { status, step, totalSteps, output } = state;
  return {
    run: id,
    state: status,
    createdAt,
    content: recipe.content,
    styles: recipe.styles.map(({ image }) => image),
    step,
    totalSteps,
    ...(output === undefined ? {} : { output }),
  };
}

/** What the referee has said of finished runs, by their folders. */
const judged = new Map<string, RefereeReport>();

/** All that there is to say of a run, with its newest picture. */
export async function describeRun(job: StoredJob, call: Call): Promise<Answer> {
  const { state, resumable, folder } = job;
  const { secondsLeft, seconds, losses, error, kept, deviceTitle, plan, scaleIndex } = state;
  const scale = plan[scaleIndex]?.scale;
  const value = {
    ...runSummary(job),
    seconds,
    resumable,
    ...(secondsLeft === undefined ? {} : { secondsLeft: Math.round(secondsLeft) }),
    ...(scale === undefined ? {} : { width: scale[0], height: scale[1] }),
    ...(deviceTitle === undefined ? {} : { device: deviceTitle }),
    // Unweighted, in the units of the recipe.
    ...(losses === undefined ? {} : { losses: { ...grouped(losses.terms), total: losses.total } }),
    ...(kept === undefined ? {} : { kept }),
    ...(error === undefined
      ? {}
      : { error: { code: error.code, message: error.message, ...(error.next && { next: error.next }) } }),
  };
  const referee = await judge(job, call);
  const frame = state.frames.at(-1);
  const picture = frame && readPicture(path.join(folder, frame.file));
  const all = { ...value, ...(referee === undefined ? {} : { referee }) };
  return picture === undefined ? { value: all } : { value: all, picture };
}

/** Of a painting that is saved; undefined for others, and where there is no time or no way to tell. */
async function judge(
  { folder, state, recipe }: StoredJob,
  { painters, signal }: Call,
): Promise<RefereeReport | undefined> {
  const { status, output } = state;
  if (status !== 'done' || output === undefined) return undefined;
  const known = judged.get(folder);
  if (known !== undefined) return known;
  try {
    const said = await painters.judge(output, recipe, signal);
    judged.set(folder, said);
    return said;
  } catch {
    // The run is what was asked for.
    return undefined;
  }
}

function readPicture(file: string): Buffer | undefined {
  try {
    return fs.readFileSync(file);
  } catch {
    // Thinned out since, or deleted with its job.
    return undefined;
  }
}
