import * as fs from 'node:fs';
import * as path from 'node:path';
import { expect } from 'vitest';
import { AtelierError } from '../../../../src/common/errors';
import type { RemoteModel } from '../../../../src/models/remoteModel';
import { download, type DownloadOptions } from '../../../../src/models/download/download';
import { openNetwork } from '../../../../src/models/openNetwork';
import { verifyModel } from '../../../../src/models/verifyModel';
import { LAYERS } from '../../../../src/nst/vgg19';
import { serve, type Asked, type BadServer, type Misbehaviour } from './badServer';
import { inFolder, syntheticNetwork, writeRepository } from '../synthetic';

// 300 kB in shards of at most 100 kB, so that one can be cut where its pieces count as progress.
const convs = syntheticNetwork([8, 12, 24, 48, 40]);
const shardSize = 100_000;
export const patience = { stallMs: 1_000, attempts: 3, backoffMs: 5 };

export interface Scene {
  readonly model: RemoteModel;
  readonly server: BadServer;
  readonly models: string;
  readonly root: string;
  readonly go: (options?: Partial<DownloadOptions>) => Promise<string>;
}

/** A repository behind a server, and a models folder. */
export async function scene(
  misbehave: (asked: Asked) => Misbehaviour | undefined,
  play: (scene: Scene) => Promise<void>,
): Promise<void> {
  await inFolder(async folder => {
    const root = path.join(folder, 'host');
    const models = path.join(folder, 'models');
    const model = writeRepository(root, convs, shardSize);
    const server = await serve(root, misbehave);
    const go = (options: Partial<DownloadOptions> = {}) =>
      download(model, {
        modelsFolder: models,
        consent: true,
        mirror: server.url,
        retry: patience,
        ...options,
      });
    try {
      await play({ model, server, models, root, go });
    } finally {
      await server.close();
    }
  });
}

export async function errorOf(promise: Promise<unknown>): Promise<AtelierError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AtelierError);
  return error as AtelierError;
}

export async function expectInstalled({ model, models }: Scene): Promise<void> {
  expect(fs.readdirSync(models)).toEqual(['synthetic.safetensors']);
  const verified = verifyModel('synthetic', models, [model]);
  expect(verified).toMatchObject({ against: 'published', layers: [...LAYERS] });
  const network = await openNetwork('synthetic', { modelsFolder: models });
  expect(network.fingerprint).toBe(verified.fingerprint);
  expect(network.weights('conv5_1').bias).toEqual(convs[12]!.bias);
}

/** The largest shard: of conv4_2, 83 kB. */
export const big = (asked: Asked) => asked.path.includes('group10-');
