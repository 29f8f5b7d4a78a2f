import { execFile, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { linkBuiltIns } from './builtIns';
import { installation } from './installation';
import { registerLanguage } from './language';
import { endGroup, processesWith, remainingAfter, type Survivor } from './processes';
import { writeSettings, type Settings } from './userSettings';

/** Every process below a server carries this variable with the server's folder as its value. */
const mark = 'ATELIER_TEST_SERVER';

export interface ServerOptions {
  /** Folders to use instead of fresh ones below the server's own; they are then not removed. */
  readonly userDataDir?: string;
  readonly extensionsDir?: string;
  /** User settings on top of the quiet ones. */
  readonly settings?: Settings;
  /** Display language, such as `zh-cn`; English by default. */
  readonly language?: string;
  /** Whether workspace trust is in force, as on a desktop. Off by default: every folder is trusted. */
  readonly workspaceTrust?: boolean;
  /** Whether pages may load an extension from its development folder and run tests in the extension host. */
  readonly development?: boolean;
  /** Environment on top of this process's, seen by the extension host too. */
  readonly env?: NodeJS.ProcessEnv;
}

/** One running VS Code server (code-server) with a folder of its own for everything it writes. */
export class Server {
  private child: ReturnType<typeof spawn> | undefined;
  private port = 0;

  private constructor(
    /** The server's own temporary folder, removed by `stop`. */
    readonly folder: string,
    readonly userDataDir: string,
    readonly extensionsDir: string,
    private readonly options: ServerOptions,
  ) {}

  /** Prepares the folders; extensions can be installed before `start`. */
  static prepare(options: ServerOptions = {}): Server {
    // Short: VS Code's sockets below it must stay under 108 characters.
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vsc-'));
    const userDataDir = options.userDataDir ?? path.join(folder, 'user');
    const extensionsDir = options.extensionsDir ?? path.join(folder, 'extensions');
    for (const each of [userDataDir, extensionsDir, path.join(folder, 'tmp')])
      fs.mkdirSync(each, { recursive: true });
    // Without it code-server writes one into the home folder.
    fs.writeFileSync(path.join(folder, 'config.yaml'), 'auth: none\ncert: false\n');
    writeSettings(userDataDir, options.settings ?? {});
    if (options.language) registerLanguage(userDataDir, options.language);
    return new Server(folder, userDataDir, extensionsDir, options);
  }

  /** `127.0.0.1:PORT` once started. */
  get authority(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** What the server and its extension hosts printed. */
  get log(): string {
    return fs.readFileSync(path.join(this.folder, 'server.log'), 'utf8');
  }

  private get directories(): string[] {
    return [
      ...['--config', path.join(this.folder, 'config.yaml')],
      ...['--user-data-dir', this.userDataDir],
      ...['--extensions-dir', this.extensionsDir],
    ];
  }

  /** Options of VS Code's own server, behind code-server. */
  private get vscodeOptions(): string[] {
    return [
      `builtin-extensions-dir=${linkBuiltIns(path.join(this.folder, 'built-in'))}`,
      // It saves bytes, of which there are enough on one machine, and costs time.
      'disable-websocket-compression',
      ...(this.options.development ? ['enable-smoke-test-driver'] : []),
    ];
  }

  private get environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      TMPDIR: path.join(this.folder, 'tmp'),
      XDG_CONFIG_HOME: path.join(this.folder, 'config'),
      XDG_DATA_HOME: path.join(this.folder, 'data'),
      XDG_CACHE_HOME: path.join(this.folder, 'cache'),
      ...this.options.env,
      [mark]: this.folder,
    };
  }

  /**
   * Installs a packaged extension, as a user does with `code --install-extension`.
   * @param vsix absolute path
   */
  async install(vsix: string): Promise<void> {
    const { node, codeServer } = installation();
    const args = [codeServer, ...this.directories, '--install-extension', vsix, '--force'];
    const { stdout, stderr } = await promisify(execFile)(node, args, { env: this.environment });
    if (!stdout.includes('was successfully installed')) throw new Error(`${stdout}\n${stderr}`);
  }

  /** Starts the server and waits until it answers. */
  async start(): Promise<void> {
    const { node, codeServer } = installation();
    this.port = await freePort();
    const args = [
      codeServer,
      ...this.directories,
      ...['--bind-addr', this.authority, '--auth', 'none'],
      ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
      ...(this.options.workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...(this.options.language ? ['--locale', this.options.language] : []),
      ...this.vscodeOptions.flatMap(option => ['--vscode-option', option]),
      // Seconds after which a vanished window's extension host ends.
      ...['--reconnection-grace-time', '5'],
    ];
    const output = fs.openSync(path.join(this.folder, 'server.log'), 'a');
    // A group of its own, so that its helpers, which outlive it by seconds, can be ended with it.
    const child = spawn(node, args, {
      detached: true,
      env: this.environment,
      stdio: ['ignore', output, output],
    });
    fs.closeSync(output);
    this.child = child;
    for (const deadline = Date.now() + 60_000; !(await answers(`http://${this.authority}/healthz`));) {
      if (child.exitCode !== null || Date.now() > deadline) {
        const log = this.log;
        await this.stop();
        throw new Error(`code-server did not start:\n${log}`);
      }
      await sleep(100);
    }
  }

  /** The processes of this server that run now. */
  processes(): Survivor[] {
    return processesWith(mark, this.folder);
  }

  /** What the extension host and the output channels of all windows so far have logged, by file name. */
  logs(): Map<string, string> {
    const folder = path.join(this.userDataDir, 'logs');
    const logs = new Map<string, string>();
    for (const name of fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true }) : [])
      if (String(name).endsWith('.log'))
        logs.set(String(name), fs.readFileSync(path.join(folder, String(name)), 'utf8'));
    return logs;
  }

  /**
   * Ends everything this server started and removes its folder.
   * @returns processes that had left the server's group and were still there: orphans, ended by force now
   */
  async stop(): Promise<Survivor[]> {
    if (this.child?.pid !== undefined) await endGroup(this.child.pid);
    const orphans = await remainingAfter(mark, this.folder, 3000);
    for (const { pid } of orphans) process.kill(pid, 'SIGKILL');
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    return orphans;
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
