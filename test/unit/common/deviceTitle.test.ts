import { expect, it } from 'vitest';
import { titleOf } from '../../../src/backends/device';
import { partsOfTitle } from '../../../src/common/deviceTitle';

it('the title of a device comes apart again', () => {
  expect(titleOf('cpu', 2)).toBe('CPU, 2 threads');
  expect(partsOfTitle(titleOf('cpu', 2))).toEqual({ name: 'CPU', threads: 2 });
  expect(partsOfTitle(titleOf('wasm', 1))).toEqual({ name: 'CPU (WebAssembly)', threads: 1 });
  expect(partsOfTitle('CUDA: NVIDIA H200')).toEqual({ name: 'CUDA: NVIDIA H200' });
});
