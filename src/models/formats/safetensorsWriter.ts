import * as fs from 'node:fs/promises';
import { writeFailed } from '../../common/fileError';

/** A float32 tensor to be written; its numbers are asked for when their turn comes. */
export interface TensorToWrite {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: () => Float32Array;
}

function headerOf(tensors: readonly TensorToWrite[], metadata: Readonly<Record<string, string>>): Buffer {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let position = 0;
  for (const { name, shape } of tensors) {
    const end = position + shape.reduce((product, side) => product * side, 4);
    header[name] = { dtype: 'F32', shape, data_offsets: [position, end] };
    position = end;
  }
  const json = Buffer.from(JSON.stringify(header));
  // Padded with spaces so that the numbers are aligned to 8 bytes.
  const padded = Buffer.alloc(8 + Math.ceil(json.length / 8) * 8, ' ');
  padded.writeBigUInt64LE(BigInt(padded.length - 8));
  json.copy(padded, 8);
  return padded;
}

/**
 * Writes a safetensors file of float32 tensors through a temporary name beside it, one tensor in memory at a time.
 *
 * @throws `write-failed`; then `file` is as it was before. An error of `values()` comes through as it is.
 */
export async function writeSafetensors(
  file: string,
  tensors: readonly TensorToWrite[],
  metadata: Readonly<Record<string, string>>,
): Promise<void> {
  const temporary = `${file}.part`;
  let handle: fs.FileHandle | undefined;
  try {
    handle = await fs.open(temporary, 'w');
    await handle.writeFile(headerOf(tensors, metadata));
    for (const { values } of tensors) {
      const { buffer, byteOffset, byteLength } = values();
      await handle.writeFile(new Uint8Array(buffer, byteOffset, byteLength));
    }
    await handle.sync();
    await handle.close();
    handle = undefined;
    await fs.rename(temporary, file);
  } catch (error) {
    await handle?.close().catch(() => undefined);
    await fs.rm(temporary, { force: true }).catch(() => undefined);
    throw writeFailed(file, error);
  }
}
