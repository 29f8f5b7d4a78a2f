import * as path from 'node:path';
import { isProgram } from './isProgram';

/** Absolute path of the ffmpeg on the PATH, if there is one; what lies in the current folder does not count. */
export function findFfmpeg(): string | undefined {
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter(folder => path.isAbsolute(folder))
    .map(folder => path.join(folder, name))
    .find(isProgram);
}
