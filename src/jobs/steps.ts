import * as fs from 'node:fs';
import { AtelierError } from '../common/errors';
import { msg } from '../common/messages';
import { writeAtomically } from '../common/atomicFile';
import { storedLosses } from './byTerm';
import type { JobEvent } from '../protocol/jobEvent';
import { emptyHistory, extendHistory, type HistoryPoint, type LossHistory } from './history';
import { systemCode } from '../common/systemErrors';

/** A step as steps.ndjson has it: one JSON object a line. */
export type StepRecord = HistoryPoint & { readonly scale: readonly [number, number] };

/** The line for a step. */
export function stepLine({
  step,
  scale,
  evaluations,
  seconds,
  losses,
}: JobEvent & { event: 'step' }): string {
  const record: StepRecord = { step, scale, evaluations, seconds, losses };
  return `${JSON.stringify(record)}\n`;
}

/** Adds lines, all of them or none: what a full disk took of them is no line. */
export function appendWhole(file: string, lines: string): void {
  const handle = fs.openSync(file, 'a');
  try {
    const { size } = fs.fstatSync(handle);
    try {
      fs.appendFileSync(handle, lines);
    } catch (error) {
      fs.ftruncateSync(handle, size);
      throw error;
    }
  } finally {
    fs.closeSync(handle);
  }
}

/** Every step on record, in order; a line that was cut is left out. Throws `job-corrupt` for what is no file. */
export function readStepRecords(file: string): StepRecord[] {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw new AtelierError('job-corrupt', msg`${file} cannot be read.`, {
      next: msg`Delete the job and run it again.`,
      cause: error,
    });
  }
  return text.split('\n').flatMap(line => {
    try {
      const record = JSON.parse(line) as StepRecord;
      const losses = storedLosses.safeParse(record.losses).data;
      return Number.isInteger(record.step) && losses !== undefined ? [{ ...record, losses }] : [];
    } catch {
      // The last line may have been cut by a kill.
      return [];
    }
  });
}

/** The history in a steps file; empty when there is none. */
export function readSteps(file: string): LossHistory {
  return readStepRecords(file).reduce(extendHistory, emptyHistory);
}

/** Drops the steps after `step`, and a line that was cut. */
export function truncateSteps(file: string, step: number): void {
  if (!fs.existsSync(file)) return;
  const kept = readStepRecords(file).filter(record => record.step <= step);
  writeAtomically(file, kept.map(record => `${JSON.stringify(record)}\n`).join(''));
}
