import * as os from 'node:os';
import { estimateBytes, estimateSeconds, largestSide, type Workload } from '../backends/estimate';
import type { DeviceReport } from '../backends/report';
import { reportError } from '../errors';
import { modelsFolder } from '../models/folder';
import type { Network } from '../models/network';
import { openNetwork } from '../models/open-network';
import type { Size } from '../nst/image';
import { planPyramid } from '../nst/pyramid';

/** What a run costs here. */
export interface RunEstimate extends Size {
  readonly model: string;
  readonly steps: number;
  readonly bytes: number;
  /** Of computing, where the speed of the chosen device is known. */
  readonly seconds?: number;
  /** Longest side of the largest picture of this shape that fits into the memory that is free now. */
  readonly largest: number;
}

export interface EstimateRequest {
  /** Longest side of a 4:3 picture. */
  readonly size: number;
  readonly model: string;
  readonly steps: number;
  readonly storage: string;
}

/** The part of the free memory that a run may take: the system and the editor live on the rest. */
const SHARE = 0.8;

/** Memory and time of a run on the device that `auto` takes; `problem` when its network cannot be opened. */
export async function estimateRun(
  { size, model, steps, storage }: EstimateRequest,
  devices: readonly DeviceReport[],
): Promise<RunEstimate | { readonly problem: string }> {
  let network: Network;
  let lite: Network;
  try {
    const open = (name: string) => openNetwork(name, { modelsFolder: modelsFolder(storage) });
    [network, lite] = await Promise.all([open(model), open('lite')]);
  } catch (error) {
    return { problem: reportError(error).message };
  }
  const { width, height } = { width: size, height: Math.round((size * 3) / 4) };
  const workload: Workload = {
    network,
    layers: network.layers.slice(-1),
    optimizer: 'lbfgs',
    scales: planPyramid({ width, height }, steps),
  };
  const ms = devices.find(({ chosen }) => chosen)?.ms;
  return {
    ...{ width, height, model, steps, bytes: estimateBytes(workload) },
    ...(ms === undefined ? {} : { seconds: estimateSeconds(workload, ms, lite) }),
    largest: largestSide(workload, SHARE * os.freemem()),
  };
}
