import { AtelierError } from '../common/errors';
import { msg } from '../common/messages';
import { resourcePath } from '../common/resources';
import { caffe } from './convention';
import type { RemoteFile, RemoteModel } from './remoteModel';
import { vgg19Layers } from './vgg19Files';
import { vgg19License } from './vgg19License';

/** The network that ships inside Atelier. */
export const lite = {
  name: 'lite',
  title: 'lite (embedded)',
  file: () => resourcePath('models/lite.safetensors'),
  sha256: 'f2326551bdb0eec9ffc0402fac61c69738d26178ead5a66a1032f47ba3b0e840',
  license: 'Apache-2.0, like Atelier',
} as const;

/** The original network. */
export const vgg19: RemoteModel = {
  name: 'vgg19',
  title: 'VGG-19',
  repository: 'DavidCai1993/vgg19-tensorflowjs-model',
  commit: '08d09052bc6258d3abdfa341850122fc4b746db6',
  convention: caffe,
  layers: vgg19Layers,
  license: 'weights CC BY 4.0 (Simonyan and Zisserman), conversion MIT (David Cai)',
  licenseText: vgg19License,
};

/** The networks that can be fetched. */
export const catalogue: readonly RemoteModel[] = [vgg19];

/** Finds a network that can be fetched. Throws `model-missing` for any other name. */
export function remoteModel(name: string, models: readonly RemoteModel[] = catalogue): RemoteModel {
  const model = models.find(candidate => candidate.name === name);
  if (model === undefined)
    throw new AtelierError('model-missing', msg`There is no model named ${name} to download.`, {
      next: msg`Available for download: ${models.map(({ name }) => name).join(', ')}.`,
    });
  return model;
}

/** All files of a network, in order. */
export function remoteFiles(model: RemoteModel): readonly RemoteFile[] {
  return model.layers.flatMap(({ files }) => files);
}

/** Bytes to fetch for a network. */
export function downloadSize(model: RemoteModel): number {
  return remoteFiles(model).reduce((sum, { size }) => sum + size, 0);
}
