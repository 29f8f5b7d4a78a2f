import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { AtelierError } from '../../common/errors';
import { findFfmpeg } from '../../common/findFfmpeg';
import { msg } from '../../common/messages';
import type { Film } from './film';

/** What is kept of what ffmpeg says when it fails. */
const WORDS = 2000;

/** The program, where an MP4 can be made. Throws `usage` where there is none. */
export function requireFfmpeg(): string {
  const program = findFfmpeg();
  if (program !== undefined) return program;
  throw new AtelierError('usage', msg`MP4 needs ffmpeg, which is not on the PATH.`, {
    next: msg`Install ffmpeg, or choose a name that ends in .webp or .gif.`,
  });
}

/**
 * The film as an MP4 of H.264, made by ffmpeg. Sides are even.
 * @throws `internal` with the last words of ffmpeg
 */
export async function encodeVideo(program: string, film: Film, signal: AbortSignal): Promise<Buffer> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-timeline-'));
  const file = path.join(folder, 'timeline.mp4');
  try {
    await runFfmpeg(program, film, file, signal);
    return fs.readFileSync(file);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function runFfmpeg(
  program: string,
  { width, height, pictures, delay, hold }: Film,
  file: string,
  signal: AbortSignal,
): Promise<void> {
  const given = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${width}x${height}`, '-framerate'];
  const made = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-r', '25', '-movflags', '+faststart'];
  const frames = [...pictures, ...Array.from({ length: Math.round(hold / delay) }, () => pictures.at(-1)!)];
  return new Promise((resolve, reject) => {
    const child = spawn(
      program,
      ['-v', 'error', '-y', ...given, String(1000 / delay), '-i', '-', ...made, file],
      { stdio: ['pipe', 'ignore', 'pipe'], signal, windowsHide: true },
    );
    let words = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-WORDS)));
    // That it has ended says more than that it reads no more.
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', code => {
      if (code === 0) resolve();
      else reject(new AtelierError('internal', msg`ffmpeg failed: ${words.trim()}`));
    });
    void feed(child.stdin, frames);
  });
}

/** Writes one picture after the other, as fast as they are read. */
async function feed(to: NodeJS.WritableStream, frames: readonly Uint8Array[]): Promise<void> {
  for (const frame of frames) {
    if (!to.writable) return;
    await new Promise<void>(resolve => to.write(frame, () => resolve()));
  }
  to.end();
}
