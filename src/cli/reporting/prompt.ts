import { createInterface } from 'node:readline/promises';
import { bar } from './wording';

/** Asks a person; without one at the terminal the answer is no. */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(question)).trim());
  } finally {
    terminal.close();
  }
}

/** A bar that moves, with words behind it; nothing where the output is no terminal. */
export async function progressBar(): Promise<(share: number, words: string) => void> {
  if (!process.stdout.isTTY) return () => undefined;
  const { default: logUpdate } = await import('log-update');
  return (share, words) => logUpdate(`${bar(share, 30)} ${words}`);
}
