import * as path from 'node:path';
import { Command, Option } from 'commander';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { modelsFolder } from '../../models/folder';
import { usableStorage } from '../../common/storage';
import { onInterrupt } from '../reporting/interrupt';
import { print, printResult } from '../reporting/output';
import { confirm, progressBar } from '../reporting/prompt';
import { bytes, terminalText } from '../reporting/wording';
import { toJson } from '../reporting/json';

const folder = () => modelsFolder(usableStorage());

export function modelsCommand(): Command {
  const command = new Command('models').description('the networks: list, download, import, verify');
  command
    .command('list', { isDefault: true })
    .description('list installed and downloadable networks')
    .option('--json', 'one JSON object a line')
    .action(list);
  command
    .command('download')
    .description('download a network, after showing its size, source and licence')
    .argument('<name>', 'for example vgg19')
    .option('-y, --yes', 'agree beforehand')
    .addOption(new Option('--mirror <place>', 'URL or folder in place of the host').env('ATELIER_MIRROR'))
    .action(download);
  command
    .command('import')
    .description('install a VGG-19 from safetensors, a TensorFlow.js folder, or a Keras .h5 file')
    .argument('<file>')
    .option('--name <name>', 'what it will be called')
    .action(importFile);
  command
    .command('verify')
    .description('check installed networks against their hashes')
    .argument('[names...]', 'all that are installed by default')
    .action(verify);
  return command;
}

async function list({ json }: { json?: boolean }): Promise<void> {
  const { listModels } = await import('../../models/listModels');
  for (const model of await listModels(folder())) {
    if (json === true) {
      printResult(`${toJson(model)}\n`);
      continue;
    }
    const { name, title, status, layers, license, source, reason, receivedBytes } = model;
    const received = receivedBytes ? `, ${bytes(receivedBytes)} are here already` : '';
    const lines = [
      `${name.padEnd(12)} ${status.padEnd(10)} ${bytes(model.bytes)}${received}   ${title}`,
      ...(reason === undefined
        ? [`  layers up to ${layers.at(-1) ?? 'none'}`]
        : [`  ${terminalText(reason)}`]),
      ...(license === undefined ? [] : [`  licence: ${license.split('\n')[0] ?? ''}`]),
      ...(source === undefined ? [] : [`  source: ${source}`]),
    ];
    printResult(`${lines.join('\n')}\n`);
  }
}

async function download(name: string, { yes, mirror }: { yes?: boolean; mirror?: string }): Promise<void> {
  const { remoteModel } = await import('../../models/catalogue');
  const { downloadNotice } = await import('../../models/download/notice');
  const model = remoteModel(name);
  const notice = downloadNotice(model, mirror);
  print(
    `${notice.title}: ${bytes(notice.bytes)} in ${notice.files} files\n` +
      `  source:  ${notice.source}\n  from:    ${notice.from}\n  licence: ${notice.license}\n`,
  );
  const consent = yes === true || (await confirm('Download it? [y/N] '));
  if (!consent)
    throw new AtelierError('consent-missing', msg`Nothing was downloaded.`, {
      next: msg`To agree beforehand, add --yes.`,
    });
  const { download: fetchModel } = await import('../../models/download/download');
  const controller = new AbortController();
  const stopListening = onInterrupt(() => controller.abort());
  const showProgress = await progressBar();
  try {
    const file = await fetchModel(model, {
      modelsFolder: folder(),
      consent,
      signal: controller.signal,
      ...(mirror === undefined ? {} : { mirror }),
      onProgress: ({ receivedBytes: done, totalBytes: all }) =>
        showProgress(done / all, `${bytes(done)} of ${bytes(all)}`),
    });
    print(`\nInstalled as ${file}.\n`);
  } finally {
    stopListening();
  }
}

async function importFile(file: string, { name }: { name?: string }): Promise<void> {
  const { importModel } = await import('../../models/importModel');
  const imported = await importModel(path.resolve(file), {
    modelsFolder: folder(),
    ...(name === undefined ? {} : { name }),
  });
  const { layers } = imported;
  print(
    `Installed as ${imported.name}, layers up to ${layers.at(-1) ?? 'none'}: use it with --model ${imported.name}.\n`,
  );
}

async function verify(names: readonly string[]): Promise<void> {
  const { listModels } = await import('../../models/listModels');
  const { verifyModel } = await import('../../models/verifyModel');
  const installed = (await listModels(folder())).filter(({ status }) => status !== 'available');
  const wanted = names.length > 0 ? names : installed.map(({ name }) => name);
  let failure: AtelierError | undefined;
  for (const name of wanted) {
    try {
      const { against, layers } = verifyModel(name, folder());
      const how = against === 'published' ? 'the published numbers' : 'as when it was imported';
      printResult(`${name}: intact (${how}, ${layers.length} layers)\n`);
    } catch (error) {
      if (!(error instanceof AtelierError)) throw error;
      printResult(`${name}: ${error.message}\n`);
      failure ??= error;
    }
  }
  if (failure !== undefined) throw failure;
}
