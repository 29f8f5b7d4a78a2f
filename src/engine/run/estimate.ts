import { candidates } from '../../backends/candidates';
import type { DeviceName } from '../../backends/device';
import { estimateBytes, estimateSeconds, largestSide, type Workload } from '../../backends/estimate';
import { Measurements } from '../../backends/measurements';
import type { Probe } from '../../backends/probe';
import type { DeviceReport, RunEstimate } from '../../protocol/reply';
import { measure } from '../../backends/select';
import { BACKENDS } from '../../backends/registry';
import { reportError } from '../../common/errors';
import { fitLongestSide } from '../../images/size';
import { pickHaving } from '../../recipe/fields';
import { presets } from '../../recipe/presets';
import { freeMemory, totalMemory } from '../../common/memory';
import { modelsFolder } from '../../models/folder';
import type { Network } from '../../models/network';
import { openNetwork } from '../../models/openNetwork';
import { planPyramid } from '../../nst/pyramid';
import { termsOf, type Term } from '../../nst/terms/term';
import type { RunSettings } from './prepare';
import { layersOf } from './weightedLayers';
import type { PaintingPlan } from '../../protocol/request';

export interface EstimateRequest {
  /** Longest side of a 4:3 picture. */
  readonly size: number;
  readonly model: string;
  readonly steps: number;
  readonly storage: string;
}

/** The part of the free memory that a run may take: the system and the editor live on the rest. */
const SHARE = 0.8;

/** A measurement that takes longer is not worth the wait: the time is left out. */
const TIMEOUT_MS = 40_000;

/** Memory and time of a run on the device that `auto` takes; `problem` when its network cannot be opened. */
export async function estimateRun(
  { size, model, steps, storage }: EstimateRequest,
  devices: readonly DeviceReport[],
): Promise<RunEstimate | { readonly problem: string }> {
  const image = { width: size, height: Math.round((size * 3) / 4) };
  const plan: PaintingPlan = {
    ...pickHaving(presets.studio, 'costs'),
    ...{ image, size: 0, model, steps, contentLayers: {}, styleLayers: {} },
  };
  const chosen = devices.find(one => one.chosen);
  try {
    return await costOf(plan, storage, chosen && { name: chosen.device, ms: chosen.ms });
  } catch (error) {
    return { problem: reportError(error).message };
  }
}

/**
 * Memory and time of a painting with these settings.
 * @param mayMeasure whether the speed of a device may be measured, which takes both cores for a second
 * @throws when the network cannot be opened, or the image is too small
 */
export async function estimatePainting(
  plan: PaintingPlan,
  settings: RunSettings,
  mayMeasure: boolean,
): Promise<RunEstimate> {
  return costOf(plan, settings.storage, await fastest(settings, mayMeasure));
}

/** Memory that a painting needs on a device, and that there is. */
export interface MemoryNeed {
  readonly needed: number;
  /** All that the device has. */
  readonly total: number;
  /** Longest side of the largest picture of this shape that fits into what is free. */
  readonly largest: number;
}

/** What memory and time depend on; `optimizer` is `none` where one evaluation is all. */
export type CostPlan = Omit<PaintingPlan, 'optimizer'> & Pick<Workload, 'optimizer'>;

/** A picture that is to be computed, by what its cost depends on. */
export interface PictureCost {
  /** The image that its size comes from. */
  readonly file: string;
  readonly plan: CostPlan;
}

/** @throws when the network cannot be opened, or the image is too small */
export async function memoryNeed(plan: CostPlan, storage: string, device: DeviceName): Promise<MemoryNeed> {
  const { bytes, largest } = await costOf(plan, storage, { name: device });
  return { needed: bytes, total: (await cardBytes(device)) ?? totalMemory(), largest };
}

/** The device that a run would use, as far as it is known without measuring. */
export async function expectedDevice(settings: RunSettings): Promise<DeviceName> {
  return (await fastest(settings, false))?.name ?? 'cpu';
}

interface Speed {
  readonly name: DeviceName;
  /** Milliseconds of the probe's evaluation, where they are known. */
  readonly ms?: number | undefined;
}

async function costOf(plan: CostPlan, storage: string, speed: Speed | undefined): Promise<RunEstimate> {
  const { model, steps, optimizer, pyramid } = plan;
  const open = (name: string) => openNetwork(name, { modelsFolder: modelsFolder(storage), partial: true });
  const [network, lite] = await Promise.all([open(model), open('lite')]);
  const size = fitLongestSide(plan.image, plan.size);
  const workload: Workload = {
    network,
    terms: termsFor(plan, network),
    mayBand: speed === undefined || BACKENDS[speed.name].mayBand,
    optimizer,
    scales: pyramid ? planPyramid(size, steps) : [{ size, steps }],
  };
  return {
    ...{ ...size, model, steps, bytes: estimateBytes(workload) },
    ...(speed?.ms === undefined ? {} : { seconds: estimateSeconds(workload, speed.ms, lite) }),
    largest: largestSide(workload, SHARE * (await freeBytes(speed?.name))),
  };
}

function termsFor({ contentLayers, styleLayers }: CostPlan, { layers }: Network): Term[] {
  const [content, style] = [layersOf(contentLayers), layersOf(styleLayers)];
  if (content.length + style.length > 0) return termsOf({ content, style });
  // A run that nobody has planned yet.
  return termsOf({ style: layers.slice(-1) });
}

/** Of a card that is known, of which a run takes what is free; else of the machine. */
async function freeBytes(device: DeviceName | undefined): Promise<number> {
  return (await cardBytes(device)) ?? freeMemory();
}

async function cardBytes(device: DeviceName | undefined): Promise<number | undefined> {
  return device && BACKENDS[device].cardBytes?.();
}

/** The device that a run would use, and its speed. */
async function fastest(settings: RunSettings, mayMeasure: boolean): Promise<Speed | undefined> {
  const measurements = await Measurements.open(settings);
  const speeds: Speed[] = [];
  for (const name of await namesOf(settings)) {
    const probe =
      measurements.of(name) ?? (mayMeasure ? await probed(name, settings, measurements) : undefined);
    if (probe?.works !== false) speeds.push({ name, ms: probe?.ms });
  }
  return speeds.sort((a, b) => (a.ms ?? Infinity) - (b.ms ?? Infinity) || 0)[0];
}

async function namesOf(settings: RunSettings): Promise<readonly DeviceName[]> {
  if (settings.device !== 'auto') return [settings.device];
  const possible = (await candidates(settings)).filter(({ obstacle }) => obstacle === undefined);
  const names = possible.map(({ name }) => name);
  return names.length > 1 ? names.filter(name => !BACKENDS[name].isLastResort) : names;
}

const underway = new Map<DeviceName, Promise<Probe>>();

/** Several editors may ask at once: a device is measured once. */
function probed(name: DeviceName, settings: RunSettings, measurements: Measurements): Promise<Probe> {
  const { device: _device, ...machine } = settings;
  const begun =
    underway.get(name) ??
    measure(name, machine, measurements, TIMEOUT_MS).finally(() => underway.delete(name));
  underway.set(name, begun);
  return begun;
}
