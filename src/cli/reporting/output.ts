import { writeFailed } from '../../common/fileError';
import { escapeControls } from './escapeControls';

type Stream = NodeJS.WriteStream;

/** The first that went wrong with standard output. */
let trouble: NodeJS.ErrnoException | undefined;
/** Whether what was written there is what the command was asked for. */
let heldResult = false;

/**
 * Has the program outlive its outputs: whoever reads may have seen enough, and a disk may be full. What it does goes
 * on, and says its end on standard error.
 */
export function outliveOutputs(): void {
  process.stdout.on('error', lose);
  process.stderr.on('error', () => undefined);
}

function lose(error: NodeJS.ErrnoException): void {
  if (trouble !== undefined) return;
  trouble = error;
  // A reader that has left wants no remark.
  if (error.code !== 'EPIPE') printError(`atelier: ${writeFailed('Standard output', error).message}\n`);
}

/** Writes progress and remarks to standard output. Control characters are shown, not sent. */
export function print(text: string): void {
  send(process.stdout, escapeControls(text));
}

/** `print` for what a command was asked to say: where that cannot be written, the command has failed. */
export function printResult(text: string): void {
  heldResult = true;
  print(text);
}

/** `print` for standard error. */
export function printError(text: string): void {
  send(process.stderr, escapeControls(text));
}

/** Says where a result is saved, in the form that was asked for, and on standard error in words where that is lost. */
export async function printEnd(form: string, words: string): Promise<void> {
  print(form);
  await flushed();
  if (trouble !== undefined) printError(words);
}

/** Replaces the line on the terminal that was drawn last. */
export function redraw(stream: Stream, words: string): void {
  send(stream, `\r\u001B[K${escapeControls(words)}`);
}

/** Whether standard output failed, other than by its reader's will, to take what the command was asked to say. */
export async function isResultLost(): Promise<boolean> {
  await flushed();
  return heldResult && trouble !== undefined && trouble.code !== 'EPIPE';
}

function flushed(): Promise<void> {
  return new Promise(resolve => {
    try {
      process.stdout.write('', () => resolve());
    } catch {
      resolve();
    }
  });
}

function send(stream: Stream, text: string): void {
  if (stream === process.stdout && trouble !== undefined) return;
  try {
    stream.write(text);
  } catch (error) {
    if (stream === process.stdout) lose(error as NodeJS.ErrnoException);
  }
}
