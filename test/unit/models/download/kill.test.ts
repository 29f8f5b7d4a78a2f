import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as esbuild from 'esbuild';
import { describe, expect, it } from 'vitest';
import { download } from '../../../../src/models/download/download';
import { verifyModel } from '../../../../src/models/verifyModel';
import { serve } from './badServer';
import { inFolder, syntheticNetwork, writeRepository } from '../synthetic';

async function bundleChild(folder: string): Promise<string> {
  const outfile = path.join(folder, 'child.cjs');
  await esbuild.build({
    entryPoints: [path.join(__dirname, 'downloadChild.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['h5wasm'],
  });
  return outfile;
}

async function died(child: ChildProcess): Promise<NodeJS.Signals | number | null> {
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal ?? code;
}

describe('a download whose process is killed', () => {
  it('leaves nothing half-written behind, and is completed by the next one', async () => {
    await inFolder(async folder => {
      const root = path.join(folder, 'host');
      const models = path.join(folder, 'models');
      const model = writeRepository(root, syntheticNetwork([8, 12, 24, 48, 40]), 100_000);
      let patient = true;
      const server = await serve(root, ({ path: asked }) =>
        patient && asked.includes('group10-') ? { stallAfter: 40_000 } : undefined,
      );
      try {
        const script = await bundleChild(folder);
        const child = spawn(process.execPath, [script, JSON.stringify(model), server.url, models]);
        const part = path.join(
          models,
          'synthetic.download',
          `${model.layers[9]!.files[0]!.gitBlobSha1}.part`,
        );
        await expect
          .poll(() => fs.existsSync(part) && fs.statSync(part).size, { timeout: 15_000 })
          .toBe(40_000);
        child.kill('SIGKILL');
        expect(await died(child)).toBe('SIGKILL');
        expect(fs.readdirSync(models).sort()).toEqual(['synthetic.download', 'synthetic.safetensors.lock']);

        patient = false;
        const before = server.requests.length;
        await download(model, { modelsFolder: models, consent: true, mirror: server.url });
        const asked = server.requests.slice(before);
        expect(asked.find(one => one.path.includes('group10-'))).toMatchObject({ from: 40_000 });
        expect(asked.length).toBeLessThan(model.layers.flatMap(({ files }) => files).length);
        expect(fs.readdirSync(models)).toEqual(['synthetic.safetensors']);
        expect(verifyModel('synthetic', models, [model])).toMatchObject({ against: 'published' });
      } finally {
        await server.close();
      }
    });
  }, 30_000);
});
