import * as path from 'node:path';
import { escapeName } from './escapeControls';

/** A path as the user will recognize it: relative when it is below the current folder. */
export function shownPath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return escapeName(
    relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? file : relative,
  );
}
