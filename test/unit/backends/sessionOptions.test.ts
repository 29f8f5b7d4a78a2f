import { expect, it } from 'vitest';
import { sessionOptions } from '../../../src/backends/onnx/runtime';

it('threads of an evaluation leave the cores to others while they wait', () => {
  const { extra } = sessionOptions('cpu', 2);
  expect(extra).toMatchObject({ session: { intra_op: { allow_spinning: '0' } } });
});
