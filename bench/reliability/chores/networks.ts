import * as fs from 'node:fs';
import * as path from 'node:path';
import * as esbuild from 'esbuild';
import { resourcePath } from '../../../src/common/resources';
import { modelsFolder } from '../../../src/models/folder';
import { verifyModel } from '../../../src/models/verifyModel';
import { serve } from '../../../test/unit/models/download/badServer';
import { syntheticNetwork, writeRepository } from '../../../test/unit/models/synthetic';
import type { Chore } from './chore';
import { digest } from './digest';

/** A network that is there already. */
function installOther(storage: string): string {
  const file = path.join(modelsFolder(storage), 'other.safetensors');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.copyFileSync(resourcePath('models/lite.safetensors'), file);
  return file;
}

export const importing: Chore = {
  name: 'import of a network',
  set(folder, workshop) {
    const storage = path.join(folder, 'storage');
    const file = path.join(folder, 'mine.safetensors');
    fs.copyFileSync(resourcePath('models/lite.safetensors'), file);
    return Promise.resolve({
      program: [workshop.cliEntry, 'models', 'import', file],
      storage,
      kept: [file, installOther(storage)],
      outcome: () => {
        verifyModel('mine', modelsFolder(storage));
        return digest(modelsFolder(storage));
      },
    });
  },
};

export const downloading: Chore = {
  name: 'download of a network',
  async set(folder) {
    const storage = path.join(folder, 'storage');
    const models = modelsFolder(storage);
    const host = path.join(folder, 'host');
    const model = writeRepository(host, syntheticNetwork([8, 12, 24, 48, 40]), 100_000);
    const server = await serve(host, () => undefined);
    const script = path.join(folder, 'download.cjs');
    await esbuild.build({
      entryPoints: [resourcePath('test/unit/models/download/downloadChild.ts')],
      ...{ outfile: script, bundle: true, platform: 'node', format: 'cjs', external: ['h5wasm'] },
    });
    return {
      program: [script, JSON.stringify(model), server.url, models],
      storage,
      kept: [host, installOther(storage)],
      outcome: () => {
        verifyModel('synthetic', models, [model]);
        return digest(models);
      },
      close: () => server.close(),
    };
  },
};
