import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';

/** The extension under test, activated. */
export async function product(): Promise<vscode.Extension<unknown>> {
  const found = vscode.extensions.getExtension('atelier.atelier');
  assert.ok(found, 'the extension is installed');
  await found.activate();
  return found;
}

/** Absolute path of a name in the workspace folder. */
export function inWorkspace(name: string): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'a folder is open');
  return path.join(folder.uri.fsPath, name);
}

/** Puts a copy of the sample picture into the workspace. */
export async function samplePicture(name: string): Promise<vscode.Uri> {
  const { extensionPath } = await product();
  fs.mkdirSync(path.dirname(inWorkspace(name)), { recursive: true });
  fs.copyFileSync(path.join(extensionPath, 'media/samples/still-life.jpg'), inWorkspace(name));
  return vscode.Uri.file(inWorkspace(name));
}

/** Waits until something is there. Throws after `timeout` milliseconds, naming what was waited for. */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  timeout = 45_000,
): Promise<T> {
  for (const deadline = Date.now() + timeout; Date.now() < deadline;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(`Waited ${timeout} ms in vain for ${what}.`);
}

/** Sets settings of the product for a suite; the function returned takes them back. */
export async function withSettings(values: Readonly<Record<string, unknown>>): Promise<() => Promise<void>> {
  const set = async (name: string, value: unknown) =>
    vscode.workspace.getConfiguration('atelier').update(name, value, vscode.ConfigurationTarget.Global);
  for (const [name, value] of Object.entries(values)) await set(name, value);
  return async () => {
    for (const name of Object.keys(values)) await set(name, undefined);
  };
}
