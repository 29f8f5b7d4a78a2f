import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { TestProject } from 'vitest/node';
import { drawPictures } from './pictures';

declare module 'vitest' {
  interface ProvidedContext {
    /** Absolute path of the folder with the pictures of all scenes. */
    pictures: string;
  }
}

/** Before the first page: the pictures are drawn, once for all suites. */
export default async function prepare(project: TestProject): Promise<() => void> {
  const pictures = fs.mkdtempSync(path.join(os.tmpdir(), 'webview-pictures-'));
  await drawPictures(pictures);
  project.provide('pictures', pictures);
  return () => fs.rmSync(pictures, { recursive: true, force: true });
}
