import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { AtelierError } from '../common/errors';
import { msg } from '../common/messages';
import type { LayerName } from '../nst/vgg19';
import { catalogue, lite } from './catalogue';
import type { RemoteModel } from './remoteModel';
import { modelFile, modelsFolder } from './folder';
import { createNetwork } from './network';
import { firstDifference } from './pinned';
import { openSafetensorsWeights } from './formats/safetensorsWeights';
import { unusable } from './formats/weightError';

/** What a network was held against, and found to be. */
export interface Verification {
  readonly name: string;
  readonly file: string;
  readonly fingerprint: string;
  readonly layers: readonly LayerName[];
  /** 'published': the very numbers that Atelier or the catalogue pins; 'installed': as when it was imported. */
  readonly against: 'published' | 'installed';
}

/**
 * Reads an installed network (or 'lite') completely and holds it against the hashes that Atelier carries, or, for an
 * imported one, against the fingerprint taken when it was imported.
 *
 * @throws `model-missing`, or `model-corrupt` with what is wrong
 */
export function verifyModel(
  name: string,
  folder: string = modelsFolder(),
  models: readonly RemoteModel[] = catalogue,
): Verification {
  const file = name === lite.name ? lite.file() : modelFile(folder, name);
  if (!fs.existsSync(file))
    throw new AtelierError('model-missing', msg`The model ${name} is not installed.`, {
      next: msg`Run "atelier models list" to see the available networks.`,
    });
  const source = openSafetensorsWeights(file);
  const { fingerprint, layers } = createNetwork(source, name);
  const remote = models.find(model => model.name === name);
  if (name === lite.name) {
    if (createHash('sha256').update(fs.readFileSync(file)).digest('hex') !== lite.sha256)
      throw unusable(file, msg`its contents differ from those released with Atelier`);
  } else if (remote !== undefined) {
    const different = firstDifference(remote, source);
    if (different !== undefined) throw unusable(file, msg`${different} differs from ${remote.repository}`);
  } else if (source.fingerprint === undefined) {
    throw unusable(file, msg`it carries no fingerprint to check`);
  }
  const against = name === lite.name || remote !== undefined ? 'published' : 'installed';
  return { name, file, fingerprint, layers, against };
}
