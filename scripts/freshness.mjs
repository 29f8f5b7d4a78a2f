import fs from 'node:fs';
import path from 'node:path';

/** True when the file, or anything in the folder, changed after `time`; folders count, for files that were deleted. */
export function changedSince(time, file) {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (!stat) return false;
  if (stat.mtimeMs > time) return true;
  return stat.isDirectory() && fs.readdirSync(file).some(name => changedSince(time, path.join(file, name)));
}
