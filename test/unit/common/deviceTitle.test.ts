import { expect, it } from 'vitest';
import { titleWith } from '../../../src/backends/backend';
import { BACKENDS } from '../../../src/backends/registry';
import { partsOfTitle } from '../../../src/common/deviceTitle';

it('the title of a device comes apart again', () => {
  expect(titleWith(BACKENDS.cpu, 2)).toBe('CPU, 2 threads');
  expect(partsOfTitle(titleWith(BACKENDS.cpu, 2))).toEqual({ name: 'CPU', threads: 2 });
  expect(partsOfTitle(titleWith(BACKENDS.wasm, 1))).toEqual({ name: 'CPU (WebAssembly)', threads: 1 });
  expect(partsOfTitle('CUDA: NVIDIA H200')).toEqual({ name: 'CUDA: NVIDIA H200' });
});
