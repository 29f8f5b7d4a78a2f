import type { StoredJob } from '../../jobs/folder';
import type { JobState } from '../../jobs/state';
import type { Run } from './run';

/** A run as its folder tells it, which this window's engine does not have. */
export function fromDisk({ folder, createdAt, recipe, name, remark, state, owner }: StoredJob): Run {
  const elsewhere = owner !== undefined;
  return {
    folder,
    createdAt,
    recipe,
    ...(name === undefined ? {} : { name }),
    ...(remark === undefined ? {} : { remark }),
    state,
    here: false,
    elsewhere,
    resumable: !elsewhere && (state.status === 'queued' || canResume(state)),
  };
}

/** From the checkpoint, or from the start when it was cut off before the first. */
export function canResume({ status, checkpointStep }: JobState): boolean {
  return status === 'interrupted' || (checkpointStep !== undefined && status !== 'done');
}
