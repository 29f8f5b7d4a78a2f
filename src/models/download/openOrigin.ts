import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import type { RemoteModel } from '../remoteModel';
import { FolderOrigin } from './folderOrigin';
import { HttpOrigin } from './httpOrigin';
import type { Origin } from './origin';

/** Serves any commit of any public repository as OWNER/NAME/COMMIT/path. */
const host = 'https://raw.githubusercontent.com/';

export interface OriginOptions {
  /** Base URL or folder, laid out OWNER/NAME/COMMIT/path, to use in place of the host. */
  readonly mirror?: string;
  /** Proxy URL; by default what HTTPS_PROXY, HTTP_PROXY and NO_PROXY say. */
  readonly proxy?: string;
}

/** Where the files of a model lie, below the host or the mirror: an URL, or a folder's path. */
export function placeOf({ repository, commit }: RemoteModel, mirror = ''): URL | string {
  const below = `${repository}/${commit}/`;
  const base = mirror === '' ? host : mirror;
  if (/^https?:\/\//i.test(base)) return new URL(below, base.replace(/\/*$/, '/'));
  if (/^file:\/\//i.test(base)) return path.join(fileURLToPath(base), below);
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(base))
    throw new AtelierError('usage', msg`${base} cannot be a mirror: it is neither http(s) nor a folder.`);
  return path.join(base, below);
}

/** Opens the origin of a model's files: its host, or the mirror. */
export function openOrigin(model: RemoteModel, { mirror, proxy }: OriginOptions): Origin {
  const place = placeOf(model, mirror);
  return typeof place === 'string' ? new FolderOrigin(place) : new HttpOrigin(place, proxy);
}
