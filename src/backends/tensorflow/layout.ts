import type { Size } from '../../nst/image';

/** 1 × height × width × channels, or 1 × channels × height × width. */
export type Shape = [number, number, number, number];

/** Where channels, rows and columns are in a map of features. */
export interface Layout {
  /** TensorFlow's name of it. */
  readonly format: 'NHWC' | 'NCHW';
  readonly rows: 1 | 2;
  readonly columns: 2 | 3;
  shape(channels: number, size: Size): Shape;
  /** A list with one value for rows and columns, and 1 for the rest. */
  window(side: number): number[];
  /** Values of a planar image in this order. */
  fromPlanar(planar: Float32Array, channels: number): Float32Array;
  toPlanar(values: Float32Array, channels: number): Float32Array;
}

/** What TensorFlow's CPU kernels know. */
export const CHANNELS_LAST: Layout = {
  format: 'NHWC',
  rows: 1,
  columns: 2,
  shape: (channels, { width, height }) => [1, height, width, channels],
  window: side => [1, side, side, 1],
  fromPlanar: (planar, channels) => transposed(planar, channels),
  toPlanar: (values, channels) => transposed(values, values.length / channels),
};

/** What cuDNN computes float32 in: with the other, TensorFlow would transpose before and after every convolution. */
export const CHANNELS_FIRST: Layout = {
  format: 'NCHW',
  rows: 2,
  columns: 3,
  shape: (channels, { width, height }) => [1, channels, height, width],
  window: side => [1, 1, side, side],
  fromPlanar: planar => planar,
  toPlanar: values => values,
};

/** A matrix of the given number of rows, transposed. */
function transposed(values: Float32Array, rows: number): Float32Array {
  const columns = values.length / rows;
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      turned[column * rows + row] = values[row * columns + column]!;
  return turned;
}
