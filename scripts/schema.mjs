// Writes dist/recipe.schema.json, the JSON Schema of recipe files: see src/recipe/recipeJsonSchema.ts.
import esbuild from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** @param {string} outdir absolute */
export async function writeSchema(outdir) {
  const bundled = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['src/recipe/recipeJsonSchema.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
  });
  const source = Buffer.from(bundled.outputFiles[0].contents).toString('base64');
  const { recipeJsonSchema } = await import(`data:text/javascript;base64,${source}`);
  const index = fs.readFileSync(path.join(root, 'media', 'swatches', 'index.json'), 'utf8');
  const schema = recipeJsonSchema(JSON.parse(index).map(({ id }) => id));
  const file = path.join(outdir, 'recipe.schema.json');
  fs.mkdirSync(outdir, { recursive: true });
  fs.writeFileSync(`${file}.${process.pid}`, `${JSON.stringify(schema, undefined, 2)}\n`);
  fs.renameSync(`${file}.${process.pid}`, file);
}
