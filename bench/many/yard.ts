import type { ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import sharp from 'sharp';
import { RedisServer } from '../../test/engine/stage/redisServer';
import { ended, until, Workshop, type Ended } from '../../test/engine/stage/workshop';

/** A workshop with many pictures and a Redis. */
export class Yard extends Workshop {
  readonly redis = new RedisServer();

  override async open(): Promise<this> {
    await super.open();
    await this.redis.start();
    return this;
  }

  override async close(): Promise<void> {
    await this.redis.close();
    await super.close();
  }

  /**
   * A folder of pictures that all differ.
   * @param from the number of the first, by which two folders differ as well
   */
  async makePictures(name: string, count: number, width: number, from = 0): Promise<string> {
    fs.mkdirSync(this.at(name));
    const height = Math.round((width * 3) / 4);
    for (let i = from; i < from + count; i++) {
      const samples = new Uint8Array(3 * width * height);
      for (let at = 0; at < samples.length; at++) {
        const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
        samples[at] = 128 + 100 * Math.sin((x * (1 + (i % 5)) + y * (at % 3) + 17 * i) / (width / 12));
      }
      const file = this.at(path.join(name, `${String(i).padStart(4, '0')}.png`));
      await sharp(samples, { raw: { width, height, channels: 3 } }).toFile(file);
    }
    return name;
  }

  /** Runs a batch to its end, with a storage of its own. */
  batch(folder: string, output: string, ...options: readonly string[]): Promise<Ended> {
    return ended(this.startBatch(folder, output, ...options), 3_600_000);
  }

  startBatch(folder: string, output: string, ...options: readonly string[]): ChildProcess {
    const args = [
      'batch',
      folder,
      '--style',
      'style.png',
      '-o',
      output,
      '--threads',
      '1',
      '--json',
      ...options,
    ];
    return this.start(process.execPath, [this.cliEntry, ...args], {
      env: { ATELIER_STORAGE: this.at(`storage-${path.basename(output)}`), ATELIER_QUEUE: this.redis.url },
    });
  }

  /** Starts a worker with a storage of its own; resolves when it waits for paintings. */
  async worker(name: string, ...options: readonly string[]): Promise<ChildProcess> {
    const args = ['worker', '--name', name, '--threads', '1', '--json', ...options];
    const child = this.start(process.execPath, [this.cliEntry, ...args], {
      env: { ATELIER_STORAGE: this.at(`storage-${name}`), ATELIER_QUEUE: this.redis.url },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
    await until(() => said.includes('"ready"') || child.exitCode !== null, `a worker; it said ${said}`);
    return child;
  }
}

/** A batch by the clock. */
export interface Timed {
  /** Seconds from the first picture that was begun to the last that was done. */
  readonly wall: number;
  /** Seconds from the start of the program to its end. */
  readonly whole: number;
  /** Computing time of all pictures. */
  readonly computed: number;
}

/** Times a batch to its end. */
export async function timed(batch: ChildProcess): Promise<Timed> {
  const began = performance.now();
  let [first, last, computed, rest] = [NaN, NaN, 0, ''];
  batch.stdout?.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const { event, seconds = 0 } = JSON.parse(line) as { event: string; seconds?: number };
      if (event === 'started' && Number.isNaN(first)) first = performance.now();
      if (event !== 'done') continue;
      last = performance.now();
      computed += seconds;
    }
  });
  await ended(batch, 3_600_000);
  return { wall: (last - first) / 1000, whole: (performance.now() - began) / 1000, computed };
}
