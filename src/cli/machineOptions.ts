import * as os from 'node:os';
import { Option, type Command } from 'commander';
import * as z from 'zod';
import { DEVICES, PRECISIONS, type Precision } from '../backends/device';
import type { DeviceChoice } from '../protocol/request';
import type { RunSettings } from '../engine/run/prepare';
import { usableStorage } from '../common/storage';
import { numberIn } from './numbers';

/** The options of the command line that are about the machine. */
export interface DeviceOptions {
  readonly device: DeviceChoice;
  readonly threads: number;
  readonly tensorflow?: string;
  readonly precision?: Precision;
}

/** Those, and the form of the output. */
export interface MachineOptions extends DeviceOptions {
  readonly json?: boolean;
}

export const TENSORFLOW_HELP =
  'an existing TensorFlow, libtensorflow or tfjs-node-gpu to use in place of the runtime that Atelier installs';

/** More threads than processors only wait for each other, and each takes memory. */
export function threadsOption(): Option {
  const processors = Math.max(1, os.cpus().length);
  return new Option('--threads <n>', 'threads on the CPU; 0: all physical cores')
    .argParser(numberIn(z.int().min(0).max(processors), 'the processors of this machine'))
    .default(0);
}

export function precisionOption(): Option {
  return new Option('--precision <how>', 'fast: an NVIDIA card may round products (TensorFloat-32)')
    .choices(PRECISIONS)
    .default('exact');
}

/** Adds the options that every command which computes has. */
export function addMachineOptions(command: Command): Command {
  return addDeviceOptions(command).option('--json', 'one JSON object per line, for scripts');
}

/** Adds those of them that are about the machine. */
export function addDeviceOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--device <name>', 'device to compute on').choices(['auto', ...DEVICES]).default('auto'),
    )
    .addOption(threadsOption())
    .option('--tensorflow <folder>', TENSORFLOW_HELP)
    .addOption(precisionOption());
}

export function settingsFrom({
  device,
  threads,
  tensorflow,
  precision = 'exact',
}: DeviceOptions): RunSettings {
  const named = tensorflow === undefined ? {} : { tensorflow };
  return { device, threads, precision, storage: usableStorage(), ...named };
}
