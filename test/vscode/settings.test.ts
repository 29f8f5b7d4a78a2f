import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Settings } from '../../src/extension/settings';
import { eventually, product } from './product';

describe('The proxy of downloads', () => {
  const settings = new Settings('/storage');
  const set = async (name: string, value: unknown) =>
    vscode.workspace.getConfiguration('http').update(name, value, vscode.ConfigurationTarget.Global);
  const becomes = (proxy: string | undefined) =>
    eventually(`the proxy ${proxy}`, () => settings.engine.proxy === proxy || undefined);

  before(() => product());

  after(async () => {
    await set('proxySupport', undefined);
    await set('proxy', undefined);
  });

  it('is that of VS Code, or that of the environment where VS Code names none', async () => {
    assert.equal(settings.engine.proxy, undefined);
    await set('proxy', 'http://127.0.0.1:9');
    await becomes('http://127.0.0.1:9');
  });

  it('is none at all where VS Code is told to use none, and the engine learns of it', async () => {
    let told = 0;
    const listener = settings.onDidChangeEngine(() => told++);
    try {
      await set('proxySupport', 'off');
      await becomes('');
      await eventually('a call', () => told > 0 || undefined);
    } finally {
      listener.dispose();
    }
  });
});
