import { Command } from 'commander';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { listJobs } from '../../jobs/folder';
import { locateJob } from './locateJob';
import { addMachineOptions, settingsFrom, type MachineOptions } from '../machineOptions';
import { FORCE, type ForceOption } from '../forceOption';
import { NO_WAIT, type WaitOption } from '../waitOption';

export function resumeCommand(): Command {
  const command = new Command('resume')
    .description('continue an interrupted job exactly where it stopped')
    .argument('[job]', "the job's id or folder; the latest interrupted one by default")
    .addHelpText('after', '\nExample:\n  atelier resume 20250131-120000-000-1a2b');
  return addMachineOptions(command.option(...NO_WAIT).option(...FORCE)).action(
    async (job: string | undefined, options: MachineOptions & WaitOption & ForceOption) => {
      const settings = settingsFrom(options);
      const folder = job === undefined ? latest(settings.storage) : locateJob(job, settings.storage);
      const { paintJob } = await import('./paint');
      const { json = false, wait, force = false } = options;
      await paintJob(folder, { settings, json, wait, force });
    },
  );
}

function latest(storage: string): string {
  const job = listJobs(storage).find(({ owner, resumable }) => owner === undefined && resumable);
  if (job === undefined) throw new AtelierError('file-missing', msg`There is no interrupted job.`);
  return job.folder;
}
