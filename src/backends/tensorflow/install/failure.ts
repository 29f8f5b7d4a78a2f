import { AtelierError } from '../../../common/errors';
import { msg, type Message } from '../../../common/messages';
import { isFullDisk } from '../../../common/systemErrors';

const AGAIN = msg`Start the installation again. What is already downloaded is kept.`;

/** The error for an installation that was told to stop. */
export function stopped(): AtelierError {
  return new AtelierError('interrupted', msg`The installation of TensorFlow was stopped.`, {
    next: AGAIN,
  });
}

export function diskFull(folder: string, missingBytes?: number): AtelierError {
  const sentence =
    missingBytes === undefined
      ? msg`There is not enough space in ${folder}.`
      : msg`There is not enough space in ${folder}: ${Math.ceil(missingBytes / 1e6)} MB more are needed.`;
  return new AtelierError('write-failed', sentence, {
    next: msg`Free some space or choose another storage folder. ${AGAIN}`,
  });
}

/** The line of a program's output that says what went wrong; the last one that claims to. */
export function complaint(output: string): string {
  const lines = output
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
  const named = lines.filter(
    line => /^(ERROR|error|fatal|OSError|Error)\b/.test(line) || line.includes(': error: '),
  );
  return (named.at(-1) ?? lines.at(-1) ?? 'it says nothing').replace(/^(ERROR|error): */i, '').slice(0, 400);
}

/** What pip's failure means, told from its output. */
export function pipFailure(what: string, output: string, folder: string): AtelierError {
  if (isFullDisk(output)) return diskFull(folder);
  if (output.includes('DO NOT MATCH THE HASHES')) return corrupt(what);
  const unreachable =
    /NewConnectionError|ConnectTimeout|ReadTimeout|Name or service not known|name resolution|ProxyError|Max retries|Connection (refused|reset|broken)|Network is unreachable|timed out/;
  const why =
    unreachable.exec(output) === null ? complaint(output) : msg`the package index cannot be reached`;
  return unfetched(what, why);
}

/** The failure of a download of our own, as one of the installation. */
export function downloadFailure(what: string, error: unknown): unknown {
  if (!(error instanceof AtelierError)) return error;
  if (error.code === 'interrupted') return stopped();
  if (error.code === 'download-corrupt') return corrupt(what);
  if (error.code !== 'download-failed') return error;
  return unfetched(what, error.cause instanceof Error ? error.cause.message : error.explanation.message);
}

function corrupt(what: string): AtelierError {
  return new AtelierError('download-corrupt', msg`${what} is not the published file: its hash differs.`, {
    next: msg`Something changes the download on its way: try another connection or another package index.`,
  });
}

function unfetched(what: string, why: Message | string): AtelierError {
  return new AtelierError('download-failed', msg`${what} cannot be downloaded: ${why}.`, {
    next: msg`Check the connection and the proxy (HTTPS_PROXY), or set a package index (PIP_INDEX_URL). ${AGAIN}`,
  });
}
