import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { writeAtomically } from '../../common/atomicFile';
import { AtelierError } from '../../common/errors';
import { makeFolder } from '../../common/makeFolder';
import { msg } from '../../common/messages';
import type { Recipe } from '../../recipe/recipe';
import { mapFiles } from '../../recipe/recipePaths';
import { reference } from '../painting';
import { blobs, type BlobStore } from '../store/blobStore';
import type { JobData } from './jobData';

type NamedInput = JobData['inputs'][number];

/** Styles come again and again; of contents none is needed twice. */
const KEPT = 64;

/** The inputs of a worker's paintings as files, by their contents. */
export class InputCache {
  /** @param worker for sentences */
  constructor(
    private readonly folder: string,
    private readonly store: BlobStore,
    private readonly worker: string,
  ) {}

  /**
   * Has the inputs of a recipe here, checked.
   * @returns the recipe with their paths
   * @throws `file-missing`, `write-failed`
   */
  async fetch(recipe: Recipe, inputs: readonly NamedInput[]): Promise<Recipe> {
    const files = new Map<string, string>();
    for (const input of inputs) files.set(reference(input.sha256), await this.file(input));
    this.removeOldest(inputs);
    return mapFiles(recipe, ({ file }) => files.get(file) ?? file);
  }

  /** A sentence with what people call the inputs in place of where they lie here. */
  withNames(text: string, inputs: readonly NamedInput[]): string {
    return inputs.reduce((said, { sha256, name }) => said.replaceAll(this.at(sha256), name), text);
  }

  private async file({ sha256, name }: NamedInput): Promise<string> {
    const file = this.at(sha256);
    const isRight = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex') === sha256;
    const own = await fs.promises.readFile(file).catch(() => undefined);
    if (own !== undefined && isRight(own)) {
      fs.utimesSync(file, new Date(), new Date());
      return file;
    }
    const bytes = await this.store.read(blobs.input(sha256));
    if (bytes === undefined || !isRight(bytes))
      throw new AtelierError('file-missing', msg`${name} is not in the store of the worker ${this.worker}.`, {
        next: msg`Give the batch and all workers the same --store, and start the batch again.`,
      });
    makeFolder(this.folder);
    writeAtomically(file, [bytes]);
    return file;
  }

  private removeOldest(used: readonly NamedInput[]): void {
    const names = fs.existsSync(this.folder) ? fs.readdirSync(this.folder) : [];
    const own = names.filter(name => /^[\da-f]{64}$/.test(name));
    if (own.length <= KEPT) return;
    const age = (name: string) => fs.statSync(path.join(this.folder, name)).mtimeMs;
    const oldest = own.sort((a, b) => age(a) - age(b)).slice(0, own.length - KEPT);
    for (const name of oldest)
      if (!used.some(({ sha256 }) => sha256 === name))
        fs.rmSync(path.join(this.folder, name), { force: true });
  }

  private at(sha256: string): string {
    return path.join(this.folder, sha256);
  }
}
