import { promises as fs } from 'node:fs';
import { reportError } from '../../common/errors';
import { blobs, type BlobStore } from '../store/blobStore';

/** The checkpoints of one painting in a store. What they cost is no time of the painting, and their failure not its end. */
export class SavedCheckpoints {
  private saving: Promise<void> | undefined;
  private savedAt = performance.now();
  private latestFile: string | undefined;

  constructor(
    private readonly store: BlobStore,
    private readonly id: string,
    private readonly attempt: number,
    private readonly intervalMs: number,
    private readonly trouble: (message: string) => void,
  ) {}

  /** The one that was saved last, by whom ever. */
  async latest(): Promise<Buffer | undefined> {
    const names = await this.store.list(blobs.checkpoints(this.id));
    const last = names.at(-1);
    const bytes = last === undefined ? undefined : await this.store.read(last);
    return bytes === undefined || bytes.length === 0 ? undefined : bytes;
  }

  /** Saves a file if it is time. */
  offer(file: string): void {
    this.latestFile = file;
    if (this.saving !== undefined || performance.now() - this.savedAt < this.intervalMs) return;
    void this.save(file);
  }

  /** Saves what there is now. */
  async flush(): Promise<void> {
    await this.saving;
    if (this.latestFile !== undefined) await this.save(this.latestFile);
  }

  settled(): Promise<void> {
    return this.saving ?? Promise.resolve();
  }

  /** Has nobody go on with a painting that is done. */
  async forget(): Promise<void> {
    await this.saving;
    for (const name of await this.store.list(blobs.checkpoints(this.id)))
      await this.store.write(name, Buffer.alloc(0)).catch(() => undefined);
  }

  /** Never rejects. */
  private save(file: string): Promise<void> {
    this.saving = fs
      .readFile(file)
      .then(bytes => this.store.write(blobs.checkpoint(this.id, this.attempt), bytes))
      .catch((error: unknown) => this.trouble(reportError(error).message))
      .finally(() => {
        this.saving = undefined;
        this.savedAt = performance.now();
      });
    return this.saving;
  }
}
