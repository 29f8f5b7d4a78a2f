import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { RemoteFile } from '../remoteModel';
import { gitBlobHashOf } from '../gitBlob';

/** A file by its place and its exact bytes, whose hash is git's or the plain one. */
export type Published = RemoteFile | (Omit<RemoteFile, 'gitBlobSha1'> & { readonly sha256: string });

/** Whether the file at `path` is there and has exactly the published bytes. */
export async function isPublished(path: string, file: Published): Promise<boolean> {
  const size = await fs.promises.stat(path).then(
    stat => stat.size,
    () => undefined,
  );
  if (size !== file.size) return false;
  if ('gitBlobSha1' in file) return (await gitBlobHashOf(path)) === file.gitBlobSha1;
  const hash = createHash('sha256');
  await pipeline(fs.createReadStream(path), hash);
  return hash.digest('hex') === file.sha256;
}
