import { Option, type Command } from 'commander';
import { DEVICES } from '../backends/device';
import type { DeviceChoice } from '../engine/protocol';
import type { RunSettings } from '../engine/prepare';
import { storageFolder } from '../storage';
import { parseNumber } from './lists';
import { AtelierError } from '../errors';
import { phrase } from '../phrase';

/** The options of the command line that are about the machine and the form of the output. */
export interface MachineOptions {
  readonly device: DeviceChoice;
  readonly threads: number;
  readonly tensorflow?: string;
  readonly json?: boolean;
}

export const TENSORFLOW_HELP =
  'an existing TensorFlow, libtensorflow or tfjs-node-gpu to use in place of the runtime that Atelier installs';

/** Adds the options that every command which computes has. */
export function addMachineOptions(command: Command): Command {
  return command
    .addOption(new Option('--device <name>', 'what computes').choices(['auto', ...DEVICES]).default('auto'))
    .option('--threads <n>', 'threads on the CPU; 0: all physical cores', parseNumber, 0)
    .option('--tensorflow <folder>', TENSORFLOW_HELP)
    .option('--json', 'one JSON object a line, for scripts');
}

export function settingsFrom({ device, threads, tensorflow }: MachineOptions): RunSettings {
  if (!Number.isInteger(threads) || threads < 0)
    throw new AtelierError('usage', phrase`--threads must be a whole number of at least 0, not ${threads}.`);
  return { device, threads, storage: storageFolder(), ...(tensorflow === undefined ? {} : { tensorflow }) };
}
