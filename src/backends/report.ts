import { candidates } from './candidates';
import { DEVICES, titleOf, type DeviceName, type MachineOptions, type TensorflowPlaces } from './device';
import { Measurements } from './measurements';
import { providerOf } from './open';
import { FIRST_USE_MS, probeDevice, type Probe } from './probe';
import { installObstacle } from './tensorflow/install/obstacle';
import { readRuntime } from './tensorflow/install/runtime';
import { locateTensorflow, namedTensorflow } from './tensorflow/locate';
import type { Explanation } from '../common/errors';
import { msg } from '../common/messages';
import type { DeviceReport } from '../protocol/reply';

export interface ReportOptions extends MachineOptions {
  /** Whether to measure anew what is known already. */
  readonly measure: boolean;
}

/** Every device of this system, each tried in a process of its own, and which of them `auto` takes. */
export async function reportDevices({ measure, ...machine }: ReportOptions): Promise<DeviceReport[]> {
  const measurements = await Measurements.open(machine);
  const preferred = new Map((await candidates(machine)).map(each => [each.name, each.obstacle]));
  const reports: Omit<DeviceReport, 'chosen'>[] = [];
  for (const device of DEVICES) {
    if (!preferred.has(device) && !(await isPossible(device, machine))) continue;
    const obstacle =
      preferred.get(device) && ((await cudaObstacle(device, machine)) ?? preferred.get(device));
    if (obstacle !== undefined) {
      const next = obstacle.next === undefined ? {} : { next: obstacle.next };
      reports.push({ device, title: titleOf(device), usable: false, reason: obstacle.message, ...next });
      continue;
    }
    let probe = measure ? undefined : measurements.of(device);
    if (probe === undefined) {
      probe = await probeDevice({ ...machine, device }, { timeoutMs: FIRST_USE_MS });
      measurements.remember(device, probe);
    }
    reports.push(describe(device, probe));
  }
  const fastest = reports
    .filter(({ device, usable }) => usable && preferred.has(device))
    // WebAssembly is for where nothing else is.
    .sort((a, b) => rank(a) - rank(b))[0]?.device;
  return reports.map(report => ({ ...report, chosen: report.device === fastest }));
}

/** Where there can be no CUDA, that is the reason, and not that it has not been installed. */
async function cudaObstacle(device: DeviceName, places: TensorflowPlaces): Promise<Explanation | undefined> {
  if (device !== 'cuda' || namedTensorflow(places) !== undefined) return undefined;
  return (await readRuntime(places.storage)) === undefined ? installObstacle('cuda') : undefined;
}

function rank({ device, ms }: Omit<DeviceReport, 'chosen'>): number {
  return device === 'wasm' ? Infinity : (ms ?? Infinity);
}

function describe(device: DeviceName, probe: Probe): Omit<DeviceReport, 'chosen'> {
  if (!probe.works) {
    const next = probe.next === undefined ? {} : { next: probe.next };
    return { device, title: titleOf(device), usable: false, reason: probe.reason, ...next };
  }
  const { title, ms, agreement } = probe;
  const reason = agreement === undefined ? msg`works` : msg`works, with the CPU’s results`;
  return { device, title, usable: true, reason, ms, ...(agreement === undefined ? {} : { agreement }) };
}

/** Devices off the ladder are reported where they can exist: TensorFlow where one is installed. */
async function isPossible(device: DeviceName, places: TensorflowPlaces): Promise<boolean> {
  try {
    if (device === 'tensorflow' || device === 'cuda') await locateTensorflow(places);
    else providerOf(device);
    return true;
  } catch {
    return false;
  }
}
