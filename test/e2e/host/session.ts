import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Browser } from 'playwright-core';

import { launchBrowser, still } from './browser';
import { installedOnce } from './installed';
import type { Survivor } from './processes';
import { Server, type ServerOptions } from './server';
import { writeMachineSettings, type Settings } from './userSettings';
import { Workbench } from './workbench';

export interface SessionOptions extends ServerOptions {
  /** Absolute path of the packaged extension that is installed there. */
  readonly vsix?: string;
  /** Files to copy into the workspace, as `name in workspace → absolute source path`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly browserFlags?: readonly string[];
  /** Settings of the machine. By default paintings take one thread: the other cores are the window's and the browser's. */
  readonly machine?: Settings;
}

const oneThread: Settings = { 'atelier.threads': 1 };

/** A server with the product installed, a browser, and a workspace folder: what an end-to-end test starts from. */
export class Session {
  private constructor(
    readonly server: Server,
    readonly browser: Browser,
    /** Absolute path of the workspace folder. */
    readonly workspace: string,
  ) {}

  static async start(options: SessionOptions = {}): Promise<Session> {
    const { vsix } = options;
    const server = Server.prepare(
      vsix === undefined ? options : { ...options, extensionsDir: await installedOnce(vsix) },
    );
    writeMachineSettings(server.userDataDir, options.machine ?? oneThread);
    try {
      const workspace = path.join(server.folder, 'workspace');
      fs.mkdirSync(workspace);
      for (const [name, source] of Object.entries(options.files ?? {})) {
        fs.mkdirSync(path.dirname(path.join(workspace, name)), { recursive: true });
        fs.copyFileSync(source, path.join(workspace, name));
      }
      await server.start();
      return new Session(server, await launchBrowser([...still, ...(options.browserFlags ?? [])]), workspace);
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Opens a window on the workspace folder. */
  window(): Promise<Workbench> {
    return Workbench.open(this.browser, this.server, { open: this.workspace });
  }

  /**
   * Closes the browser, ends the server and removes all folders.
   * @returns the processes that outlived the server although it was ended; none, in a product that cleans up
   */
  async stop(): Promise<Survivor[]> {
    await this.browser.close();
    return this.server.stop();
  }
}
