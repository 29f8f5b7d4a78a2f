import { promises as fs } from 'node:fs';
import * as path from 'node:path';

/** Bytes of all files below a folder, read without holding up the extension host; 0 where there is none. */
export async function folderSize(folder: string): Promise<number> {
  const entries = await fs.readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    // It may go while it is looked at.
    const stat = await fs.stat(path.join(entry.parentPath, entry.name)).catch(() => undefined);
    bytes += stat?.size ?? 0;
  }
  return bytes;
}
