import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { Redis } from 'ioredis';
import { until } from './workshop';

/** Redis, where it is installed. */
export const redisProgram = (process.env.PATH ?? '')
  .split(path.delimiter)
  .map(folder => path.join(folder, 'redis-server'))
  .find(file => fs.existsSync(file));

/** A Redis of a test's own, on a free port of this machine; what it knows is on its disk. */
export class RedisServer {
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-redis-'));
  private child: ChildProcess | undefined;
  private port = 0;

  get url(): string {
    return `redis://:secret@127.0.0.1:${this.port}`;
  }

  async start(): Promise<this> {
    if (this.port === 0) this.port = await freePort();
    const options = { port: this.port, bind: '127.0.0.1', dir: this.folder, save: '', requirepass: 'secret' };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const child = spawn(redisProgram ?? 'redis-server', [...args, '--appendonly', 'yes'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.child = child;
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await until(() => said.includes('Ready to accept connections') || child.exitCode !== null, 'Redis');
    return this;
  }

  /** @param forgetting whether it loses what it knows */
  async stop(forgetting = false): Promise<void> {
    if (this.child?.exitCode === null) {
      this.child.kill('SIGKILL');
      await once(this.child, 'exit');
    }
    if (forgetting)
      for (const name of fs.readdirSync(this.folder))
        fs.rmSync(path.join(this.folder, name), { recursive: true });
  }

  /** @param limit of its memory, beyond which it refuses to write, for example `1mb`; `0` for none */
  async limitMemory(limit: string): Promise<void> {
    const client = new Redis(this.url);
    try {
      await client.config('SET', 'maxmemory', limit);
    } finally {
      client.disconnect();
    }
  }

  async close(): Promise<void> {
    await this.stop();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
