/**
 * Where inputs, checkpoints and results of paintings lie between machines. Whoever reads sees a blob whole or not at
 * all; to write one again replaces it.
 */
export interface BlobStore {
  /** `undefined` for one that is not there. */
  read(name: string): Promise<Buffer | undefined>;
  /** @throws `write-failed`, `image-too-large` where it does not take that many bytes */
  write(name: string, bytes: Buffer): Promise<void>;
  exists(name: string): Promise<boolean>;
  /** The names that begin like this, sorted. */
  list(prefix: string): Promise<readonly string[]>;
}

/** The names of blobs; every store refuses others. */
export const blobs = {
  input: (sha256: string) => `inputs/${sha256}`,
  result: (id: string) => `results/${id}`,
  /** @param attempt how often it was begun: whoever has lost it in between overwrites nothing of the next */
  checkpoint: (id: string, attempt: number) => `checkpoints/${id}/${String(attempt).padStart(6, '0')}`,
  checkpoints: (id: string) => `checkpoints/${id}/`,
} as const;

const names = /^(?:(?:inputs|results)\/[\da-f]{64}|checkpoints\/[\da-f]{64}\/(?:\d{6})?)$/;

/** Refuses names that are none of `blobs`: they come from other machines. */
export function requireBlobName(name: string): void {
  if (!names.test(name)) throw new RangeError(`no name of a blob: ${name}`);
}
