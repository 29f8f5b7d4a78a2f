import { exitCode } from '../../common/errors';
import type { BatchRow } from './row';

/** Has the program end as its pictures did: 3 where all that failed did so by bad input, else 1. */
export function setExitCode({
  interrupted,
  rows,
}: {
  readonly interrupted: boolean;
  readonly rows: readonly BatchRow[];
}): void {
  const codes = rows.flatMap(({ error }) => (error === undefined ? [] : [exitCode(error.code)]));
  if (interrupted) process.exitCode = 130;
  else if (codes.length > 0) process.exitCode = codes.every(code => code === 3) ? 3 : 1;
}
