import { readInto } from './byteRange';
import { unusable } from './weightError';
import { msg } from '../../common/messages';

/** Files whose bytes follow one another. */
export class Shards {
  private readonly starts: number[] = [0];

  /** @param sizes bytes of each file; @param owner what to name when a range lies outside. */
  constructor(
    private readonly owner: string,
    private readonly files: readonly string[],
    sizes: readonly number[],
  ) {
    for (const size of sizes) this.starts.push(this.length + size);
  }

  get length(): number {
    return this.starts[this.starts.length - 1]!;
  }

  /** Fills `target` from `position` on, across the files' borders. */
  readInto(position: number, target: NodeJS.ArrayBufferView): void {
    const end = position + target.byteLength;
    if (end > this.length)
      throw unusable(this.owner, msg`its shards end at ${this.length} bytes where ${end} are needed`);
    for (const [i, file] of this.files.entries()) {
      const from = Math.max(position, this.starts[i]!);
      const to = Math.min(end, this.starts[i + 1]!);
      if (from >= to) continue;
      const part = new Uint8Array(target.buffer, target.byteOffset + from - position, to - from);
      readInto(file, from - this.starts[i]!, part);
    }
  }
}
