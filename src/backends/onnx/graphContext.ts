import type * as Ort from 'onnxruntime-common';
import type { Network } from '../../models/network';
import type { Size } from '../../nst/image';
import { blockOf, type LayerName } from '../../nst/vgg19';
import type { ConvolutionMethod } from './convolution';
import type { GivenTensors } from './givenTensors';

/** What every graph of one executor is made with. */
export interface GraphContext {
  readonly runtime: typeof Ort;
  readonly options: Ort.InferenceSession.SessionOptions;
  readonly network: Network;
  readonly method: ConvolutionMethod;
  readonly given: GivenTensors;
  /** Whether targets are part of the graph: on a card they cross to it once, not with every run. */
  readonly resident: boolean;
}

/** 1 × channels × height × width of a layer's features for an image of the given size. */
export function featureShape(
  network: Network,
  layer: LayerName,
  { width, height }: Size,
): [1, number, number, number] {
  const channels = network.channels.get(layer);
  if (channels === undefined) throw new RangeError(`${network.name} has no layer ${layer}`);
  const halvings = blockOf(layer) - 1;
  return [1, channels[1], height >> halvings, width >> halvings];
}
