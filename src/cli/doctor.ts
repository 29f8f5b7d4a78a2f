import * as os from 'node:os';
import { Command } from 'commander';
import { jobSize, listJobs } from '../jobs/folder';
import { modelsFolder } from '../models/folder';
import { storageFolder } from '../storage';
import { version } from '../version';
import { bytes } from './wording';

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('devices, what works, what is missing and why')
    .option('--json', 'one JSON object')
    .action(async ({ json }: { json?: boolean }) => {
      const report = await examine();
      process.stdout.write(json === true ? `${JSON.stringify(report)}\n` : text(report));
    });
}

async function examine() {
  const { reportDevices } = await import('../backends/select');
  const { listModels } = await import('../models/list-models');
  const storage = storageFolder();
  const jobs = listJobs(storage);
  return {
    version,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memory: { total: os.totalmem(), free: os.freemem() },
    storage,
    jobs: { count: jobs.length, bytes: jobs.reduce((sum, { folder }) => sum + jobSize(folder), 0) },
    devices: await reportDevices(0),
    models: await listModels(modelsFolder(storage)),
  };
}

function text(report: Awaited<ReturnType<typeof examine>>): string {
  const { jobs, memory, devices, models } = report;
  const lines = [
    `Atelier ${report.version} on Node ${report.node}, ${report.platform}`,
    `${report.processor}, ${report.cores} cores; ${bytes(memory.total)} of memory, ${bytes(memory.free)} free`,
    `Storage: ${report.storage} (${jobs.count} jobs, ${bytes(jobs.bytes)})`,
    '',
    'Devices:',
    ...devices.flatMap(({ device, usable, reason, next, chosen }) => [
      `  ${device.padEnd(8)} ${usable ? 'works' : 'cannot be used'}${chosen ? ', chosen' : ''}: ${reason}`,
      ...(next === undefined ? [] : [`           ${next}`]),
    ]),
    '',
    'Networks:',
    ...models.map(({ name, status, bytes: size, reason }) => {
      return `  ${name.padEnd(8)} ${status}, ${bytes(size)}${reason === undefined ? '' : `: ${reason}`}`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}
