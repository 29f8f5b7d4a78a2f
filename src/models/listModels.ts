import * as fs from 'node:fs';
import * as path from 'node:path';
import { explain } from '../common/errors';
import { catalogue, downloadSize, lite } from './catalogue';
import type { RemoteModel } from './remoteModel';
import { stagedBytes, stagingFolder } from './download/stagedWeights';
import { isModelName, modelsFolder } from './folder';
import { openSafetensorsWeights } from './formats/safetensorsWeights';
import type { ModelListing } from '../protocol/reply';

function describeFile(name: string, file: string, remote: RemoteModel | undefined): ModelListing {
  const bytes = fs.statSync(file).size;
  const about = { name, title: remote?.title ?? name, file, bytes };
  try {
    const { channels, metadata } = openSafetensorsWeights(file);
    const license = remote?.license ?? metadata.license;
    return {
      ...about,
      status: 'installed',
      layers: [...channels.keys()],
      ...(license === undefined ? {} : { license }),
      ...(metadata.source === undefined ? {} : { source: metadata.source }),
    };
  } catch (error) {
    return { ...about, status: 'damaged', layers: [], reason: explain(error).message };
  }
}

async function describeRemote(model: RemoteModel, folder: string): Promise<ModelListing> {
  return {
    name: model.name,
    title: model.title,
    status: 'available',
    bytes: downloadSize(model),
    receivedBytes: await stagedBytes(stagingFolder(folder, model.name)),
    layers: model.layers.map(({ layer }) => layer),
    license: model.license,
    source: `github.com/${model.repository}@${model.commit}`,
  };
}

/**
 * All networks: the embedded one, those of the catalogue, those imported. Files are opened but their numbers are not
 * read; `verifyModel` does that.
 */
export async function listModels(
  folder: string = modelsFolder(),
  models: readonly RemoteModel[] = catalogue,
): Promise<ModelListing[]> {
  const embedded = describeFile(lite.name, lite.file(), undefined);
  const found = fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [];
  const names = found
    .filter(file => file.endsWith('.safetensors'))
    .map(file => path.basename(file, '.safetensors'))
    .filter(isModelName);
  const missing = models.filter(({ name }) => !names.includes(name));
  return [
    { ...embedded, title: lite.title, status: 'embedded', license: lite.license },
    ...(await Promise.all(missing.map(model => describeRemote(model, folder)))),
    ...names.map(name =>
      describeFile(
        name,
        path.join(folder, `${name}.safetensors`),
        models.find(model => model.name === name),
      ),
    ),
  ];
}
