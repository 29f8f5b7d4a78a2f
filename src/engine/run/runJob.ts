import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Device, DeviceName } from '../../backends/device';
import { DeviceFailure } from '../../backends/errorClassification';
import { openDevice } from '../../backends/select';
import { AtelierError, reportError } from '../../common/errors';
import { formatMessage, msg } from '../../common/messages';
import { readCheckpoint } from '../../jobs/checkpoint';
import type { JobEvent } from '../../protocol/jobEvent';
import { jobFiles, readJob } from '../../jobs/folder';
import { requireWritable } from '../../jobs/outputPlace';
import { requireSameOrigins, withoutOrigins } from '../../jobs/origins';
import { originsOf, prepare, type Prepared, type RunSettings } from './prepare';
import { KeptError } from './result';
import { JobRun } from './jobRun';
import type { Outcome, RunOptions } from './runOptions';

/**
 * Runs one job from its folder to its result, from the checkpoint if there is one. The caller holds the job's lock.
 * Never rejects: whatever goes wrong is the outcome `failed`.
 */
export async function runJob(folder: string, options: RunOptions): Promise<Outcome> {
  const record = (event: JobEvent) => {
    options.recorder.record(event);
    options.emit(event);
  };
  let outcome: Outcome;
  try {
    outcome = await attempt(folder, record, options);
  } catch (error) {
    const kept = error instanceof KeptError ? { kept: error.kept } : {};
    outcome = { event: 'failed', error: reportError(error), ...kept };
  }
  record(outcome);
  return outcome;
}

async function attempt(
  folder: string,
  record: (event: JobEvent) => void,
  options: RunOptions,
): Promise<Outcome> {
  const { recipe, remark, state, overwrite } = readJob(folder);
  if (remark !== undefined) options.log('warn', formatMessage(remark));
  if (state.status === 'done')
    throw new AtelierError('usage', msg`The job is finished; its result is ${state.output ?? folder}.`);
  // A picture that is finished is saved where it can be, whatever has become of the place.
  if (!fs.existsSync(path.join(folder, jobFiles.result))) requireWritable(recipe);
  const failed = new Set<DeviceName>();
  let prepared = options.prepared ?? (await prepare(recipe, options.settings));
  for (;;) {
    const used = prepared.device;
    try {
      const checkpoint = readCheckpoint(folder);
      if (checkpoint?.origins !== undefined)
        requireSameOrigins(recipe, checkpoint.origins, originsOf(prepared));
      else if (checkpoint !== undefined) options.log('warn', formatMessage(withoutOrigins(recipe)));
      await options.accept?.(prepared);
      return await new JobRun(folder, prepared, checkpoint, record, {
        ...options,
        overwrite,
        scales: state.scales,
      }).toTheEnd();
    } catch (error) {
      if (!(error instanceof DeviceFailure)) throw error;
      failed.add(used.name);
      const next = await nextDevice(prepared, options.settings, failed, error);
      prepared = { ...prepared, device: { ...next, fallback: error.explanation.message } };
      const { name: device, title: deviceTitle } = prepared.device;
      record({ event: 'device', device, deviceTitle, reason: error.explanation.message });
    } finally {
      // The picture is saved by then, or the failure told.
      await used.executor.dispose().catch((error: unknown) => {
        options.log('warn', `${used.name} could not be tidied up: ${reportError(error).message}`);
      });
    }
  }
}

/** The fastest device that has not failed yet; where there is none, the failure itself is thrown. */
async function nextDevice(
  { network }: Prepared,
  settings: RunSettings,
  failed: ReadonlySet<DeviceName>,
  failure: DeviceFailure,
): Promise<Device> {
  try {
    return await openDevice(network, { ...settings, device: 'auto' }, failed);
  } catch {
    throw failure;
  }
}
