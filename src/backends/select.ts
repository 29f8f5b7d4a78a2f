import { AtelierError } from '../common/errors';
import { formatMessage, joinMessages, msg, type Message } from '../common/messages';
import type { Network } from '../models/network';
import { candidates, type Candidate } from './candidates';
import type { Device, DeviceName, DeviceOptions, MachineOptions } from './device';
import { Measurements } from './measurements';
import { probeDevice, type Probe } from './probe';
import { BACKENDS } from './registry';
import { watchDevice } from './watch';

export type { Device, DeviceName, DeviceOptions } from './device';

/** A self-check that takes longer than this on the way to a painting is not worth the wait. */
const TIMEOUT_MS = 40_000;

/**
 * Opens the device that was asked for, or the fastest that works here. A device with a driver is opened only after a
 * self-check in a process of its own; what it found is remembered.
 * @param except devices that have failed already
 * @throws `device-unavailable` with the reason, when the device that was asked for cannot be used
 */
export async function openDevice(
  network: Network,
  { device, ...machine }: DeviceOptions,
  except: ReadonlySet<DeviceName> = new Set(),
): Promise<Device> {
  const measurements = await Measurements.open(machine);
  if (device !== 'auto') return openAsked(network, device, machine, measurements);

  const all = await candidates(machine);
  const tried = await ranked(all, machine, measurements, except);
  const refusals = new Map<DeviceName, Message>();
  for (const { name, refusal } of tried) if (refusal !== undefined) refusals.set(name, refusal);
  const reasons = (): Message[] => [...refusals].map(([name, refusal]) => msg`${name}: ${refusal}`);
  for (const { name, refusal } of tried) {
    if (refusal !== undefined) continue;
    try {
      const reason = joinMessages([msg`the fastest that works here`, ...reasons()], '; ');
      const device = await openWatched(network, name, machine, reason, measurements);
      const missed = all.find(each => each.installed && refusals.has(each.name))?.name;
      const why = missed === undefined ? undefined : refusals.get(missed);
      return missed === undefined || why === undefined
        ? device
        : { ...device, fallback: sentence(missed, why) };
    } catch (error) {
      if (!(error instanceof AtelierError) || error.code !== 'device-unavailable') throw error;
      refusals.set(name, error.explanation.message);
    }
  }
  throw new AtelierError('device-unavailable', msg`No device works here: ${joinMessages(reasons(), '; ')}`);
}

interface Ranked {
  readonly name: DeviceName;
  /** Why it is left out; undefined for those to try, which come first and the fastest first. */
  readonly refusal?: Message;
}

/** The order in which `auto` tries devices: by measured speed, as soon as there is a choice. */
export async function ranked(
  all: readonly Candidate[],
  machine: MachineOptions,
  measurements: Measurements,
  except: ReadonlySet<DeviceName> = new Set(),
): Promise<Ranked[]> {
  const refused: Ranked[] = [];
  const usable: { name: DeviceName; ms: number }[] = [];
  const present = all.filter(({ name, obstacle }) => {
    const refusal = except.has(name) ? msg`it has failed` : obstacle?.message;
    if (refusal !== undefined) refused.push({ name, refusal });
    return refusal === undefined;
  });
  // Without a card the order of the ladder is that of speed, and nobody has to wait for a measurement.
  const choice = present.some(({ name }) => BACKENDS[name].usesDriver);
  for (const { name } of present) {
    if (!choice || BACKENDS[name].isLastResort) {
      usable.push({ name, ms: Infinity });
      continue;
    }
    const probe = measurements.of(name) ?? (await measure(name, machine, measurements, TIMEOUT_MS));
    if (probe.works) usable.push({ name, ms: probe.ms });
    else refused.push({ name, refusal: probe.reason });
  }
  return [...usable.sort((a, b) => (a.ms === b.ms ? 0 : a.ms - b.ms)), ...refused];
}

/** Probes a device and remembers what was found. */
export async function measure(
  name: DeviceName,
  machine: MachineOptions,
  measurements: Measurements,
  timeoutMs: number,
): Promise<Probe> {
  const probe = await probeDevice({ ...machine, device: name }, { timeoutMs });
  measurements.remember(name, probe);
  return probe;
}

/** @throws `device-unavailable` with the reason that the self-check gave */
async function openAsked(
  network: Network,
  name: DeviceName,
  machine: MachineOptions,
  measurements: Measurements,
): Promise<Device> {
  if (BACKENDS[name].usesDriver) {
    const remembered = measurements.of(name);
    // Whoever asks for it by name may have mended what was wrong.
    const probe = remembered?.works
      ? remembered
      : await measure(name, machine, measurements, 10 * TIMEOUT_MS);
    if (!probe.works) {
      throw new AtelierError('device-unavailable', sentence(name, probe.reason), {
        next: probe.next ?? msg`Choose the device auto or cpu; see the device report for details.`,
      });
    }
  }
  return openWatched(network, name, machine, msg`you chose it`, measurements);
}

function sentence(name: DeviceName, reason: Message): Message {
  // Errors of ours are sentences already.
  return /^[A-Z].*\.$/s.test(formatMessage(reason))
    ? reason
    : msg`The device ${name} cannot be used: ${reason}.`;
}

async function openWatched(
  network: Network,
  asked: DeviceName,
  machine: MachineOptions,
  reason: Message,
  measurements: Measurements,
): Promise<Device> {
  const probe = measurements.of(asked);
  const layout = probe?.works === true ? probe.layout : undefined;
  const { name, title, executor, fallback } = await BACKENDS[asked].open(network, {
    ...machine,
    ...(layout === undefined ? {} : { layout }),
  });
  const opened = { name, title, reason, ...(fallback === undefined ? {} : { fallback }) };
  if (!BACKENDS[name].usesDriver) return { ...opened, executor };
  const release = watchDevice(machine.storage, name);
  const dispose = async (): Promise<void> => {
    release();
    await executor.dispose();
  };
  return { ...opened, executor: { ...executor, dispose } };
}
