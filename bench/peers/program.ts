import { spawn, type ChildProcessByStdio } from 'node:child_process';
import * as readline from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Readable, Writable } from 'node:stream';
import type { Exchange } from './protocol';

/** How a program is started. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** A program at work in a process of its own. */
export class Program {
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly lines: AsyncIterator<string>;
  private readonly ended: Promise<void>;

  constructor({ file, args, env }: Command) {
    this.child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } });
    this.ended = new Promise((resolve, reject) => {
      this.child.on('error', reject).on('exit', () => resolve());
    });
    this.ended.catch(() => undefined);
    // A program that ends too early shows by the answer that is missing.
    this.child.stdin.on('error', () => undefined);
    this.lines = readline.createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  async ask<K extends keyof Exchange>(
    name: K,
    request: Exchange[K]['request'],
  ): Promise<Exchange[K]['answer']> {
    // Threads of the one that worked before spin for a moment before they sleep.
    await sleep(20);
    this.child.stdin.write(`${JSON.stringify({ do: name, ...request })}\n`);
    const line = await this.lines.next();
    if (line.done) {
      await this.ended;
      throw new Error(
        `${this.child.spawnargs.join(' ')} ended with ${this.child.exitCode} while asked to ${name}`,
      );
    }
    return JSON.parse(line.value) as Exchange[K]['answer'];
  }

  async close(): Promise<void> {
    this.child.stdin.end();
    await this.ended;
  }
}
