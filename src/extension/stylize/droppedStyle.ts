import * as crypto from 'node:crypto';
import { promises as fs } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { AtelierError } from '../../common/errors';
import { isImageFile } from '../imageFiles';
import type { Settings } from '../settings';
import { msg } from '../../common/messages';
import { makeFolder } from '../../common/makeFolder';

/**
 * The style image among URIs that were dropped on a webview. In a remote window they name the remote's files, which
 * are ours.
 * @throws `image-unsupported` when none of them is an image on this machine
 */
export function droppedStyle(uris: readonly string[]): string {
  for (const text of uris) {
    const uri = vscode.Uri.parse(text);
    const isHere = uri.scheme === 'file' || uri.scheme === 'vscode-remote';
    if (isHere && isImageFile(uri.path)) return vscode.Uri.file(uri.path).fsPath;
  }
  throw notAnImage(uris[0] ?? '');
}

/**
 * Keeps an image that was dropped from outside VS Code, so that the recipe can name it.
 * @returns the file; the same bytes give the same one
 * @throws `image-unsupported` for a name that is no image's
 */
export async function keepDropped(name: string, bytes: Uint8Array, settings: Settings): Promise<string> {
  const plain = path.basename(name.replaceAll('\\', '/'));
  if (!isImageFile(plain)) throw notAnImage(plain);
  const hash = crypto.createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  // The folder tells pictures of one name apart; the name is what people see.
  const folder = path.join(settings.storage, 'dropped', hash);
  const file = path.join(folder, plain);
  makeFolder(folder);
  await fs.writeFile(`${file}.part`, bytes);
  await fs.rename(`${file}.part`, file);
  return file;
}

/** What to say of a file that was too large to be dropped. */
export function tooLargeToDrop(name: string): AtelierError {
  return new AtelierError('image-too-large', msg`${path.basename(name)} is too large to be dropped here.`, {
    next: msg`Choose it with Browse… instead.`,
  });
}

function notAnImage(name: string): AtelierError {
  return new AtelierError(
    'image-unsupported',
    msg`${path.basename(name)} is not an image that Atelier can read.`,
    { next: msg`Drop a PNG, JPEG, WebP, AVIF, GIF, BMP or TIFF file.` },
  );
}
