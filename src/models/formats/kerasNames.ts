import { isLayerName, type LayerName } from '../../nst/vgg19';

/** The convolution that a Keras layer name stands for: `block1_conv2` is conv1_2. */
export function fromKerasName(name: string): LayerName | undefined {
  const match = /^block(\d)_conv(\d)$/.exec(name);
  const layer = `conv${match?.[1]}_${match?.[2]}`;
  return isLayerName(layer) ? layer : undefined;
}
