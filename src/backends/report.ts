import { candidates } from './candidates';
import { DEVICES, type DeviceName, type MachineOptions, type TensorflowPlaces } from './device';
import { Measurements } from './measurements';
import { FIRST_USE_MS, probeDevice, type Probe } from './probe';
import { BACKENDS } from './registry';
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
      preferred.get(device) && ((await BACKENDS[device].lastingObstacle?.(machine)) ?? preferred.get(device));
    if (obstacle !== undefined) {
      const next = obstacle.next === undefined ? {} : { next: obstacle.next };
      reports.push({
        device,
        title: BACKENDS[device].title,
        usable: false,
        reason: obstacle.message,
        ...next,
      });
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
    .sort((a, b) => rank(a) - rank(b))[0]?.device;
  return reports.map(report => ({ ...report, chosen: report.device === fastest }));
}

function rank({ device, ms }: Omit<DeviceReport, 'chosen'>): number {
  return BACKENDS[device].isLastResort ? Infinity : (ms ?? Infinity);
}

function describe(device: DeviceName, probe: Probe): Omit<DeviceReport, 'chosen'> {
  if (!probe.works) {
    const next = probe.next === undefined ? {} : { next: probe.next };
    return { device, title: BACKENDS[device].title, usable: false, reason: probe.reason, ...next };
  }
  const { title, ms, agreement } = probe;
  const reason = agreement === undefined ? msg`works` : msg`works, with the CPU’s results`;
  return { device, title, usable: true, reason, ms, ...(agreement === undefined ? {} : { agreement }) };
}

/** Devices off the ladder are reported where they can exist: TensorFlow where one is installed. */
async function isPossible(device: DeviceName, places: TensorflowPlaces): Promise<boolean> {
  try {
    return (await BACKENDS[device].obstacle(places)) === undefined;
  } catch {
    return false;
  }
}
