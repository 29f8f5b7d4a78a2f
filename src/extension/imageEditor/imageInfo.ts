import { promises as fs } from 'node:fs';
import * as path from 'node:path';
import { AtelierError, reportError } from '../../common/errors';
import { formatOf, type ImageFormat } from '../../images/format';
import type { ImageInfo } from '../../protocol/imageEditor';
import type { EngineOwner } from '../engine/engineOwner';
import type { Previews } from '../previews';
import { problemOf } from '../problems';
import { msg } from '../../common/messages';

/** Files beyond this are shown as a smaller copy: a browser would hold all of their pixels several times. */
const LARGE_BYTES = 25 * 2 ** 20;
/** Longest side of that copy in pixels. */
const COPY_SIDE = 4096;

/** Formats that no browser shows. */
const HIDDEN: ReadonlySet<ImageFormat> = new Set<ImageFormat>(['tiff']);

/**
 * What the editor shows of an image file. Trouble with the file becomes a problem to show, not an error.
 * @param toUri turns an absolute path into an address for the webview
 */
export async function imageInfo(
  file: string,
  toUri: (file: string) => string,
  engine: EngineOwner,
  previews: Previews,
): Promise<ImageInfo> {
  const name = path.basename(file);
  const ending = path.extname(file).slice(1).toUpperCase();
  try {
    const { size, mtimeMs } = await stat(file);
    const format = await formatIn(file, size);
    const shown = { name, format: format.toUpperCase(), bytes: size };
    if (!HIDDEN.has(format) && size <= LARGE_BYTES) return { ...shown, uri: `${toUri(file)}?v=${mtimeMs}` };
    const { width, height } = await engine.ask({ type: 'inspect', image: file });
    return { ...shown, uri: toUri(await previews.of(file, COPY_SIDE)), width, height };
  } catch (error) {
    return { name, uri: '', format: ending, bytes: 0, problem: problemOf(reportError(error)) };
  }
}

async function stat(file: string): Promise<{ size: number; mtimeMs: number }> {
  try {
    return await fs.stat(file);
  } catch (cause) {
    throw new AtelierError('file-missing', msg`${path.basename(file)} no longer exists.`, {
      cause,
    });
  }
}

/** The format by the file's first bytes. */
async function formatIn(file: string, size: number): Promise<ImageFormat> {
  const name = path.basename(file);
  if (size === 0) throw new AtelierError('image-empty', msg`${name} is empty (0 bytes).`);
  const handle = await fs.open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    const format = formatOf(buffer.subarray(0, bytesRead));
    if (format !== undefined) return format;
  } finally {
    await handle.close();
  }
  throw new AtelierError('image-unsupported', msg`${name} is not an image, despite its name.`);
}
