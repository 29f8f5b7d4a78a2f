import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { writeAtomically } from '../../src/common/atomicFile';

const folder = path.resolve(__dirname, '../results');

/** Under what something was measured. */
export interface Circumstances {
  /** ISO 8601 day. */
  readonly date: string;
  readonly processor: string;
  readonly cores: number;
  readonly node: string;
  readonly onnxruntime: string;
  readonly torch?: string;
  /** Processes that wanted a core besides, on average over the minute before: quiet is near 0. */
  readonly load: number;
}

/** What was measured, by key; a new measurement of the same takes the place of the old. */
export class Records<T extends object> {
  private readonly file: string;
  private readonly all: Record<string, T & { under: Circumstances }>;

  constructor(name: string) {
    this.file = path.join(folder, `${name}.json`);
    this.all = fs.existsSync(this.file)
      ? (JSON.parse(fs.readFileSync(this.file, 'utf8')) as typeof this.all)
      : {};
  }

  has(key: string): boolean {
    return key in this.all;
  }

  values(): (T & { under: Circumstances })[] {
    return Object.keys(this.all)
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .map(key => this.all[key]!);
  }

  write(key: string, record: T, under: Circumstances): void {
    this.all[key] = { ...record, under };
    fs.mkdirSync(folder, { recursive: true });
    writeAtomically(this.file, `${JSON.stringify(this.all)}\n`);
  }
}

export function circumstances(torch: string | undefined): Circumstances {
  const ort = path.resolve(__dirname, '../../node_modules/onnxruntime-node/package.json');
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    node: process.version,
    onnxruntime: (JSON.parse(fs.readFileSync(ort, 'utf8')) as { version: string }).version,
    ...(torch === undefined ? {} : { torch }),
    load: Number((os.loadavg()[0] ?? 0).toFixed(2)),
  };
}
