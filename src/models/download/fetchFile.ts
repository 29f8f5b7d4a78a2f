import * as fs from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { writeFailed } from '../../common/fileError';
import type { Answer, Origin } from './origin';
import { isPublished, type Published } from './published';
import { WrongBytes } from './wrongBytes';

/** How long a download puts up with a bad connection. */
export interface RetryPolicy {
  /** Give up on a connection that brings nothing for so long. */
  readonly stallMs: number;
  /** Give up on a file after so many tries that brought it no further. */
  readonly attempts: number;
  /** Wait before the second try; it doubles with every one. */
  readonly backoffMs: number;
}

export const defaultRetryPolicy: RetryPolicy = { stallMs: 30_000, attempts: 5, backoffMs: 1_000 };

/** A try that brings less than this is not counted as progress. */
const progressBytes = 64 * 1024;

const KEPT = msg`Free some space or choose another folder, then try again. What is complete is kept.`;

export interface FetchOptions {
  readonly signal: AbortSignal;
  readonly retry: RetryPolicy;
  /** Told how many bytes of the file are there. */
  readonly onBytes: (received: number) => void;
}

async function sizeOf(file: string): Promise<number> {
  return fs.stat(file).then(
    stat => stat.size,
    () => 0,
  );
}

async function append(
  part: string,
  answer: Answer,
  file: Published,
  onBytes: (received: number) => void,
): Promise<void> {
  let position = answer.offset;
  const handle = await fs.open(part, position > 0 ? 'r+' : 'w').catch((error: unknown) => {
    throw writeFailed(part, error, KEPT);
  });
  try {
    onBytes(position);
    for await (const piece of answer.bytes) {
      if (position + piece.length > file.size) throw new WrongBytes(msg`more bytes arrive than expected`);
      for (let done = 0; done < piece.length;) {
        const { bytesWritten } = await handle
          .write(piece, done, piece.length - done, position + done)
          .catch((error: unknown) => {
            throw writeFailed(part, error, KEPT);
          });
        done += bytesWritten;
      }
      position += piece.length;
      onBytes(position);
    }
  } finally {
    await handle.close();
  }
  if (position === file.size) return;
  throw answer.endIsCertain
    ? new WrongBytes(msg`it ends after ${position} of ${file.size} bytes`)
    : new Error(`the connection ends after ${position} of ${file.size} bytes`);
}

/** A connection that is still being made does not listen to its signal. */
function orAborted<T>(opening: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    opening.then(resolve, reject);
  });
}

/** One try: goes on where the part ends, and fails when nothing arrives for too long. */
async function receive(origin: Origin, file: Published, part: string, options: FetchOptions): Promise<void> {
  const { signal, retry, onBytes } = options;
  const have = await sizeOf(part);
  if (have === file.size) return;
  const stall = new AbortController();
  const seconds = retry.stallMs / 1000;
  const timer = setTimeout(() => stall.abort(new Error(`nothing arrives for ${seconds} s`)), retry.stallMs);
  try {
    const either = AbortSignal.any([signal, stall.signal]);
    const answer = await orAborted(origin.open(file, have < file.size ? have : 0, either), either);
    await append(part, answer, file, received => {
      timer.refresh();
      onBytes(received);
    });
  } catch (error) {
    throw stall.signal.aborted && !signal.aborted ? stall.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

function stopped(): AtelierError {
  return new AtelierError('interrupted', msg`The download was stopped.`, {
    next: msg`Start it again to continue from where it stopped.`,
  });
}

function message(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === '' ? ((error as NodeJS.ErrnoException).code ?? error.name) : error.message;
}

/**
 * Brings one file to `target`, whose name it gets only when all its bytes are the published ones. What arrives is kept
 * in `target`.part, and a later try or call goes on from there where the origin can.
 *
 * @throws `download-failed`, `download-corrupt` when the bytes are wrong twice, `write-failed`, or `interrupted`
 */
export async function fetchFile(
  origin: Origin,
  file: Published,
  target: string,
  options: FetchOptions,
): Promise<void> {
  const { signal, retry, onBytes } = options;
  const part = `${target}.part`;
  if (await isPublished(target, file)) return onBytes(file.size);
  let tries = 0;
  let wrong = 0;
  let furthest = await sizeOf(part);
  for (;;) {
    if (signal.aborted) throw stopped();
    try {
      await receive(origin, file, part, options);
      if (!(await isPublished(part, file)))
        throw new WrongBytes(msg`its contents differ from the published file`);
      return await fs.rename(part, target).catch((error: unknown) => {
        throw writeFailed(target, error, KEPT);
      });
    } catch (error) {
      if (signal.aborted) throw stopped();
      if (error instanceof AtelierError) throw error;
      if (error instanceof WrongBytes) {
        await fs.rm(part, { force: true });
        onBytes(0);
        if (++wrong < 2) continue;
        throw new AtelierError(
          'download-corrupt',
          msg`${origin.locate(file)} is not the published file: ${error.reason}.`,
          {
            next: msg`Something changes the download on its way: try another connection or another mirror.`,
            cause: error,
          },
        );
      }
      const reached = await sizeOf(part);
      if (reached >= furthest + progressBytes) tries = 0;
      furthest = Math.max(furthest, reached);
      if (++tries >= retry.attempts)
        throw new AtelierError(
          'download-failed',
          msg`${origin.locate(file)} cannot be downloaded: ${message(error)}.`,
          {
            next: msg`Check the connection and the proxy (HTTPS_PROXY), or use a mirror. What is already downloaded is kept.`,
            cause: error,
          },
        );
      await sleep(retry.backoffMs * 2 ** (tries - 1), undefined, { signal }).catch(() => {
        throw stopped();
      });
    }
  }
}
