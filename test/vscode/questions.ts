import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { listJobs, type StoredJob } from '../../src/jobs/folder';
import { answering, type Asked } from './person';
import { eventually, inWorkspace, product, samplePicture, withSettings } from './product';

export const command = (name: string, ...given: unknown[]) =>
  vscode.commands.executeCommand(`atelier.${name}`, ...given);

/** What the only question was. */
export function one(asked: readonly Asked[]): Asked {
  assert.equal(asked.length, 1, asked.map(({ question }) => question).join(' | '));
  return asked[0]!;
}

/** Does nothing but ask once, and is dismissed. */
export async function dismissed(name: string, ...given: unknown[]): Promise<Asked> {
  return one(
    await answering(
      () => undefined,
      () => command(name, ...given),
    ),
  );
}

/** A storage of its own for the tests of one suite, while they run. */
export class TestStorage {
  private restore: () => Promise<void> = () => Promise.resolve();

  /** @param name a folder of the workspace */
  constructor(private readonly name: string) {}

  at(...names: string[]): string {
    return path.join(inWorkspace(this.name), ...names);
  }

  /** Newest first. */
  get jobs(): readonly StoredJob[] {
    return listJobs(this.at());
  }

  async open(): Promise<void> {
    await product();
    this.restore = await withSettings({ preset: 'preview', size: 48, storage: this.at() });
  }

  async close(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await this.restore();
  }

  /** Paints an image of the workspace, and waits until that is done. */
  async paint(name: string): Promise<StoredJob> {
    const photo = await samplePicture(name);
    const before = new Set(this.jobs.map(({ folder }) => folder));
    await command('setStyle', await samplePicture('dialogs-style.jpg'));
    await command('applyStyle', photo);
    return eventually(`${name} painted`, () =>
      this.jobs.find(({ folder, state }) => !before.has(folder) && state.status === 'done'),
    );
  }
}
