import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { downloadSize, remoteFiles } from '../catalogue';
import type { RemoteModel } from '../remoteModel';
import { placeOf } from './openOrigin';

/** What a person is shown before agreeing to a download. */
export interface DownloadNotice {
  readonly title: string;
  readonly bytes: number;
  readonly files: number;
  /** The repository and commit the weights are from. */
  readonly source: string;
  /** Where they will be fetched: the host, or the mirror. */
  readonly from: string;
  readonly license: string;
  readonly licenseText: string;
}

/** Size, source and licence of a download, to be shown before it. */
export function downloadNotice(model: RemoteModel, mirror?: string): DownloadNotice {
  return {
    title: model.title,
    bytes: downloadSize(model),
    files: remoteFiles(model).length,
    source: `github.com/${model.repository} at commit ${model.commit}`,
    from: String(placeOf(model, mirror)),
    license: model.license,
    licenseText: model.licenseText,
  };
}

/** The error for a download that nobody agreed to. */
export function consentMissing(model: RemoteModel, mirror?: string): AtelierError {
  const { title, bytes, source, from, license } = downloadNotice(model, mirror);
  return new AtelierError(
    'consent-missing',
    msg`${title} is ${(bytes / 1e6).toFixed(1)} MB, from ${source}, downloaded from ${from}. Licence: ${license}.`,
    { next: msg`Agree to this to start the download.` },
  );
}
