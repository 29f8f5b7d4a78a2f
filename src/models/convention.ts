/** What a network was trained to see: channel order, and per RGB channel, in [0, 1], a mean and a divisor. */
export interface InputConvention {
  readonly order: 'rgb' | 'bgr';
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/** The original VGG-19 (Caffe, and Keras after it): BGR in [0, 255] minus (103.939, 116.779, 123.68). */
export const caffe: InputConvention = {
  order: 'bgr',
  mean: [123.68 / 255, 116.779 / 255, 103.939 / 255],
  std: [1 / 255, 1 / 255, 1 / 255],
};

/** torchvision's networks: RGB in [0, 1], minus the mean of ImageNet, over its standard deviation. */
export const torchvision: InputConvention = {
  order: 'rgb',
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};

/** Conventions that can be named where a file does not say which is its own. */
export const conventions = { caffe, torchvision } as const;
export type ConventionName = keyof typeof conventions;

/**
 * Folds channel order and divisor into the kernel of conv1_1, so that its input becomes RGB in [0, 1] minus the
 * mean. Exact, since a convolution is linear and its zero padding comes after the normalization.
 *
 * @param kernel out × 3 × 3 × 3 values, OIHW; changed in place.
 */
export function foldInput(kernel: Float32Array, { order, std }: InputConvention): void {
  for (let start = 0; start < kernel.length; start += 27) {
    if (order === 'bgr') {
      for (let tap = start; tap < start + 9; tap++) {
        const blue = kernel[tap]!;
        kernel[tap] = kernel[tap + 18]!;
        kernel[tap + 18] = blue;
      }
    }
    for (let k = 0; k < 27; k++) kernel[start + k]! /= std[Math.floor(k / 9)]!;
  }
}
