import * as esbuild from 'esbuild';
import { expect, it } from 'vitest';
import { resourcePath } from '../../../../src/common/resources';

it('the device report loads no pictures’ library: it works where there is none', async () => {
  const commands = ['engine/run/estimate', 'backends/report', 'backends/runtimes', 'models/listModels'];
  const { metafile } = await esbuild.build({
    entryPoints: commands.map(name => resourcePath(`src/${name}.ts`)),
    ...{ bundle: true, write: false, metafile: true, platform: 'node', format: 'cjs', outdir: 'out' },
    packages: 'external',
  });
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(each => each.path));
  expect(imported).not.toContain('sharp');
  expect(imported).toContain('onnxruntime-node');
});
