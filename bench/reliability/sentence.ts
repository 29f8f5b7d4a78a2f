import { AtelierError, exitCode } from '../../src/common/errors';

/** Words of libraries and of programmers, which people are never told. */
const FOREIGN =
  /vips|libpng|libjpeg|libtiff|libwebp|libheif|\bheif|tiff2|spng|aom|dav1d|onnx|protobuf|h5wasm|hdf5 |zod|std::|errno|syscall|undefined|\bNaN\b|\[object|TypeError|RangeError|SyntaxError|ReferenceError|Unexpected (token|end|non)|Cannot read prop|is not (a function|iterable)|Invalid array length|out of range|call stack|ArrayBuffer|Buffer\b|node:|\.[jt]s:\d|JSON at|position \d/i;

/** Codes of the system, such as EISDIR. */
const SYSTEM = /\bE(?!XIF\b)[A-Z]{4,}\b|\bERR_/;

/** Escape sequences and other bytes that act on a terminal. */

const RAW = /[\u0000-\u0008\u000b-\u001f\u007f\u009b]/;

/**
 * What is wrong with what a person is told, if anything is.
 * @param names what may stand in it whatever its words: the paths of the input
 */
export function faultOfText(text: string, names: readonly string[]): string | undefined {
  if (/\n\s+at .*[:(]/.test(text)) return `a stack trace: ${text.slice(0, 300)}`;
  const own = names.reduce((rest, name) => rest.replaceAll(name, 'INPUT'), text);
  const foreign = FOREIGN.exec(own) ?? SYSTEM.exec(own);
  return foreign === null ? undefined : `says “${foreign[0]}”: ${own.slice(0, 300)}`;
}

/** `faultOfText` for what is on a terminal, where nothing may act. */
export function faultOfOutput(text: string, names: readonly string[]): string | undefined {
  if (RAW.test(text)) return `control characters in ${JSON.stringify(text.slice(0, 200))}`;
  return faultOfText(text, names);
}

/** Codes for which a bad input is no reason but a circumstance of it. */
const circumstances: ReadonlySet<string> = new Set(['out-of-memory', 'diverged', 'job-busy', 'usage']);

/** What is wrong with how an input was refused, if anything is. */
export function faultOfError(error: unknown, names: readonly string[]): string | undefined {
  if (!(error instanceof AtelierError))
    return `not a sentence: ${error instanceof Error ? (error.stack ?? error.message).slice(0, 400) : String(error)}`;
  if (exitCode(error.code) !== 3 && !circumstances.has(error.code))
    return `code ${error.code}: ${error.message}`;
  return faultOfText(`${error.message} ${error.next ?? ''}`, names);
}
