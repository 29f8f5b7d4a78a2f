import type { OnnxModel } from './onnxModel';

/** The map with its first and last rows and columns twice. */
export function repeatEdges(model: OnnxModel, x: string): string {
  return model.node('Pad', [x, model.integers([0, 0, 1, 1, 0, 0, 1, 1])], { mode: 'edge' });
}

/** The gradient of `repeatEdges`: the outermost rows and columns are added to their neighbours and left out. */
export function foldEdges(model: OnnxModel, gradient: string): string {
  return [2, 3].reduce((map, axis) => {
    const slice = (from: number, to: number): string =>
      model.node('Slice', [map, ...[[from], [to], [axis]].map(values => model.integers(values))]);
    const first = model.node('Add', [slice(0, 1), slice(1, 2)]);
    const last = model.node('Add', [slice(-2, -1), slice(-1, TO_THE_END)]);
    return model.node('Concat', [first, slice(2, -2), last], { axis });
  }, gradient);
}

const TO_THE_END = 2 ** 31 - 1;
