import * as os from 'node:os';
import { Command, Option } from 'commander';
import * as z from 'zod';
import type { DeviceReport, ModelListing } from '../../protocol/reply';
import { freeMemory, totalMemory } from '../../common/memory';
import { jobSize, listJobs } from '../../jobs/folder';
import { modelsFolder } from '../../models/folder';
import { MIN_SIDE } from '../../nst/vgg19';
import { usableStorage } from '../../common/storage';
import { version } from '../../common/version';
import { installCudaRuntime, removeCudaRuntime } from './cudaRuntime';
import { fieldSchema } from '../../recipe/fieldSchema';
import { presets } from '../../recipe/presets';
import { numberIn } from '../numbers';
import type { Precision } from '../../backends/device';
import { TENSORFLOW_HELP, precisionOption, threadsOption } from '../machineOptions';
import { printResult } from '../reporting/output';
import { adviceText, bytes, duration, terminalText } from '../reporting/wording';
import { toJson } from '../reporting/json';

interface DoctorOptions {
  readonly json?: boolean;
  readonly measure?: boolean;
  readonly threads: number;
  readonly tensorflow?: string;
  readonly precision: Precision;
  readonly size: number;
  readonly model: string;
  readonly steps: number;
  readonly installCuda?: boolean;
  readonly installTensorflow?: boolean;
  readonly removeCuda?: boolean;
  readonly yes?: boolean;
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('show which devices work, and what is missing')
    .option('--json', 'one JSON object')
    .option('--measure', 'test and measure the devices again')
    .addOption(threadsOption())
    .option('--tensorflow <folder>', TENSORFLOW_HELP)
    .addOption(precisionOption())
    .option(
      '--size <pixels>',
      'longest side of the painting to estimate',
      numberIn(z.int().min(MIN_SIDE).max(16_384)),
      1024,
    )
    .option('--model <name>', 'its network', 'lite')
    .option('--steps <n>', 'its steps', numberIn(fieldSchema('steps')), presets.studio.steps)
    .addOption(new Option('--install-cuda', 'install TensorFlow with CUDA').conflicts('installTensorflow'))
    .option('--install-tensorflow', 'install TensorFlow for the CPU')
    .option('--remove-cuda', 'remove the TensorFlow that was installed')
    .option('-y, --yes', 'agree to the installation without being asked')
    .action(async (options: DoctorOptions) => {
      if (options.removeCuda) return removeCudaRuntime();
      if (options.installCuda) return installCudaRuntime('cuda', options.yes === true);
      if (options.installTensorflow) return installCudaRuntime('cpu', options.yes === true);
      const report = await examine(options);
      printResult(options.json === true ? `${toJson(report)}\n` : text(report));
    });
}

async function examine(options: DoctorOptions) {
  const { reportDevices } = await import('../../backends/report');
  const { describeRuntimes } = await import('../../backends/runtimes');
  const { estimateRun } = await import('../../engine/run/estimate');
  const { listModels } = await import('../../models/listModels');
  const storage = usableStorage();
  const jobs = listJobs(storage);
  const { threads, tensorflow, precision, measure = false } = options;
  const machine = { threads, storage, precision, ...(tensorflow === undefined ? {} : { tensorflow }) };
  const devices = await reportDevices({ ...machine, measure });
  const { size, model, steps } = options;
  return {
    version,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memory: { total: totalMemory(), free: freeMemory() },
    storage,
    jobs: { count: jobs.length, bytes: jobs.reduce((sum, { folder }) => sum + jobSize(folder), 0) },
    runtimes: await describeRuntimes(machine),
    devices,
    estimate: await estimateRun({ size, model, steps, storage }, devices),
    models: await listModels(modelsFolder(storage)),
  };
}

type Report = Awaited<ReturnType<typeof examine>>;

function text(report: Report): string {
  const { jobs, memory, devices, models, runtimes } = report;
  const lines = [
    `Atelier ${report.version} on Node ${report.node}, ${report.platform}`,
    `${report.processor}, ${report.cores} cores; ${bytes(memory.total)} of memory, ${bytes(memory.free)} free`,
    `Storage: ${report.storage} (${jobs.count} jobs, ${bytes(jobs.bytes)})`,
    '',
    'Runtimes:',
    ...runtimes.map(({ name, state }) => `  ${terminalText(name).padEnd(14)} ${terminalText(state)}`),
    '',
    'Devices:',
    ...devices.flatMap(deviceLines),
    '',
    ...estimateLines(report),
    '',
    'Networks:',
    ...models.map(({ name, status, bytes: size, reason }) => {
      const what =
        reason === undefined ? modelStates[status] : `${modelStates[status]}: ${terminalText(reason)}`;
      const how = status === 'available' ? ` (atelier models download ${name})` : '';
      return `  ${name.padEnd(8)} ${bytes(size)}, ${what}${how}`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}

const modelStates: Readonly<Record<ModelListing['status'], string>> = {
  embedded: 'inside Atelier',
  installed: 'installed',
  damaged: 'damaged',
  available: 'can be downloaded',
};

function deviceLines({ device, title, usable, reason, next, chosen, ms, agreement }: DeviceReport): string[] {
  const indent = ' '.repeat(14);
  const state = `${usable ? 'works' : 'cannot be used'}${chosen ? ', chosen by auto' : ''}`;
  return [
    `  ${device.padEnd(11)} ${state}: ${usable ? title : terminalText(reason)}`,
    ...(ms === undefined ? [] : [`${indent}${ms.toFixed(0)} ms an evaluation (lite, 256 × 256)`]),
    ...(agreement === undefined
      ? []
      : [
          `${indent}differs from the CPU by ${agreement.losses.toExponential(1)} in losses, ` +
            `${agreement.gradient.toExponential(1)} in the gradient`,
        ]),
    ...(next === undefined ? [] : [`${indent}${adviceText(next)}`]),
  ];
}

function estimateLines({ estimate, devices }: Report): string[] {
  if ('problem' in estimate) return [`Estimate: ${estimate.problem}`];
  const { width, height, model, steps, bytes: needed, seconds, largest } = estimate;
  const device = devices.find(({ chosen }) => chosen)?.title ?? '';
  const time = seconds === undefined ? '' : ` and ${duration(seconds)} (${device})`;
  const verdict = largest < Math.max(width, height) ? 'too much here' : 'which fits';
  return [
    `A painting of ${width} × ${height} px with ${model} in ${steps} steps needs about ${bytes(needed)}${time} here, ${verdict}.`,
    `The largest size that fits into the free memory is about ${largest} px.`,
  ];
}
