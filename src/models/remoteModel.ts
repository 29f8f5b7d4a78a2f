import type { LayerName } from '../nst/vgg19';
import type { InputConvention } from './convention';
import type { Channels } from './formats/weightSource';

/** One file in a git repository, known by git's own hash: SHA-1 of "blob SIZE\0" and the bytes. */
export interface RemoteFile {
  /** From the repository's root. */
  readonly path: string;
  readonly size: number;
  readonly gitBlobSha1: string;
}

/** One convolution: its kernel (float32, HWIO) and bias one after the other, cut into files. */
export interface RemoteLayer {
  readonly layer: LayerName;
  readonly channels: Channels;
  readonly files: readonly RemoteFile[];
}

/** A network that can be fetched from a pinned commit of a repository. */
export interface RemoteModel {
  readonly name: string;
  readonly title: string;
  /** OWNER/NAME on the host. */
  readonly repository: string;
  readonly commit: string;
  readonly convention: InputConvention;
  readonly layers: readonly RemoteLayer[];
  /** In a few words. */
  readonly license: string;
  /** In full. */
  readonly licenseText: string;
}
