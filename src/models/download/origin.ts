import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import type { RemoteModel } from '../catalogue';
import { FolderOrigin } from './folderOrigin';
import { HttpOrigin } from './httpOrigin';
import type { Published } from './published';

/** Serves any commit of any public repository as OWNER/NAME/COMMIT/path. */
const host = 'https://raw.githubusercontent.com/';

/** The bytes of a file from some offset on. */
export interface Answer {
  /** Where they begin: where asked, or at 0 when the origin cannot start in the middle. */
  readonly offset: number;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Whether bytes that end too soon are all the origin has, and not a connection that was cut. */
  readonly endIsCertain: boolean;
}

/** A place that has a model's files. */
export interface Origin {
  /** Where it has a file, for messages. */
  locate(file: Published): string;
  /**
   * Asks for a file's bytes from `offset` on.
   *
   * @throws `WrongBytes` for what cannot be the file, an `AtelierError` when asking again is of no use, anything else
   * when it may be.
   */
  open(file: Published, offset: number, signal: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

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
