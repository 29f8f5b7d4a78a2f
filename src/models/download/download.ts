import * as fs from 'node:fs/promises';
import pLimit from 'p-limit';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { downloadSize, remoteFiles } from '../catalogue';
import type { RemoteModel } from '../remoteModel';
import { modelFile, modelsFolder } from '../folder';
import { withModelLock } from '../modelLock';
import { createNetwork } from '../network';
import { firstDifference } from '../pinned';
import { openSafetensorsWeights } from '../formats/safetensorsWeights';
import { isForeign, storeNetwork } from '../store';
import { defaultRetryPolicy, fetchFile, type RetryPolicy } from './fetchFile';
import { consentMissing } from './notice';
import { openOrigin, type OriginOptions } from './openOrigin';
import type { Origin } from './origin';
import { stagedBytes, stagedFile, stagedWeights, stagingFolder } from './stagedWeights';
import { makeFolder } from '../../common/makeFolder';

const parallel = 4;

export interface DownloadProgress {
  /** The file that has just grown, as in the repository. */
  readonly file: string;
  /** Of all files together. */
  readonly receivedBytes: number;
  readonly totalBytes: number;
}

export interface DownloadOptions extends OriginOptions {
  /** By default `modelsFolder()`. */
  readonly modelsFolder?: string;
  /** True only when a person has seen the `downloadNotice` and agreed. */
  readonly consent: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly retry?: Partial<RetryPolicy>;
}

function isInstalled(file: string, model: RemoteModel): boolean {
  try {
    return firstDifference(model, openSafetensorsWeights(file)) === undefined;
  } catch {
    return false;
  }
}

/** The files need room twice for a moment: as they came, and as the one file made of them. */
async function requireDiskSpace(staging: string, file: string, totalBytes: number): Promise<void> {
  const needed = 2 * totalBytes - (await stagedBytes(staging));
  const { bavail, bsize } = await fs.statfs(staging);
  if (bavail * bsize >= needed) return;
  const missing = Math.ceil((needed - bavail * bsize) / 1e6);
  throw new AtelierError(
    'write-failed',
    msg`There is not enough space for ${file}: ${missing} MB more are needed.`,
    {
      next: msg`Free some space or choose another folder, then try again.`,
    },
  );
}

async function fetchAll(origin: Origin, model: RemoteModel, staging: string, options: DownloadOptions) {
  const failure = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, failure.signal]) : failure.signal;
  const retry = { ...defaultRetryPolicy, ...options.retry };
  const totalBytes = downloadSize(model);
  const received = new Map<string, number>();
  const limit = pLimit(parallel);
  const fetched = remoteFiles(model).map(file =>
    limit(async () => {
      const onBytes = (bytes: number) => {
        received.set(file.path, bytes);
        const receivedBytes = [...received.values()].reduce((sum, value) => sum + value, 0);
        options.onProgress?.({ file: file.path, receivedBytes, totalBytes });
      };
      try {
        await fetchFile(origin, file, stagedFile(staging, file), { signal, retry, onBytes });
      } catch (error) {
        failure.abort(error);
        throw error;
      }
    }),
  );
  await Promise.allSettled(fetched);
  if (failure.signal.aborted) throw failure.signal.reason;
}

/**
 * Fetches a network from its pinned commit and installs it as NAME.safetensors in the models folder. Every file is
 * verified by its git hash; what has arrived is kept when the download ends early, and a later call goes on from there.
 * Returns at once when the network is installed already and intact.
 *
 * @returns path of the installed file
 * @throws `consent-missing` without consent; `download-failed`, `download-corrupt`, `write-failed`, or `interrupted`
 * when the signal was aborted
 */
export async function download(model: RemoteModel, options: DownloadOptions): Promise<string> {
  if (!options.consent) throw consentMissing(model, options.mirror);
  const folder = options.modelsFolder ?? modelsFolder();
  const file = modelFile(folder, model.name);
  const staging = stagingFolder(folder, model.name);
  return withModelLock(`${file}.lock`, async () => {
    if (isInstalled(file, model)) return file;
    if (isForeign(file))
      throw new AtelierError('write-failed', msg`There is another model named ${model.name} (${file}).`, {
        next: msg`Rename that file, then try again.`,
      });
    makeFolder(staging);
    await requireDiskSpace(staging, file, downloadSize(model));
    const origin = openOrigin(model, options);
    try {
      await fetchAll(origin, model, staging, options);
    } finally {
      await origin.close();
    }
    const source = stagedWeights(model, staging);
    await storeNetwork(source, createNetwork(source, model.name).fingerprint, file, {
      kind: model.name,
      source: `github.com/${model.repository}@${model.commit}`,
      license: model.licenseText,
    });
    await fs.rm(staging, { recursive: true, force: true });
    return file;
  });
}
