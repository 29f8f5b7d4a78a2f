import type { Tensor } from '@tensorflow/tfjs-core';

/** A vector on the device, in the layout of an image there. Operations put another tensor in the place of its own. */
export class DeviceVector {
  constructor(public tensor: Tensor) {}

  /** Takes the tensor over and frees the one before. */
  become(tensor: Tensor): void {
    this.tensor.dispose();
    this.tensor = tensor;
  }
}

/** Images have three channels. */
export const IMAGE_CHANNELS = 3;
