import * as fs from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error: a script without types
import { compiled } from '../../../../scripts/kernels.mjs';

it('is what its sources compile to', async () => {
  const text = await (compiled as () => Promise<string>)();
  expect(fs.readFileSync('src/backends/simd/binary.ts', 'utf8'), 'run `npm run kernels`').toBe(text);
}, 60_000);
