import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Settings } from '../../src/extension/settings';
import { eventually, product, withSettings } from './product';

const refused: string[] = [];
const settingsOf = async () => {
  const manifest: unknown = (await product()).packageJSON;
  return new Settings('/storage', manifest, name => refused.push(name));
};

describe('The proxy of downloads', () => {
  let settings: Settings;
  const set = async (name: string, value: unknown) =>
    vscode.workspace.getConfiguration('http').update(name, value, vscode.ConfigurationTarget.Global);
  const becomes = (proxy: string | undefined) =>
    eventually(`the proxy ${proxy}`, () => settings.engine.proxy === proxy || undefined);

  before(async () => {
    settings = await settingsOf();
  });

  after(async () => {
    for (const name of ['proxySupport', 'proxy', 'noProxy']) await set(name, undefined);
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

  it('is none for the hosts that VS Code excepts', async () => {
    assert.equal(settings.engine.noProxy, undefined);
    await set('noProxy', ['mirror.example']);
    await eventually('the exception', () => settings.engine.noProxy?.[0] === 'mirror.example' || undefined);
  });
});

describe('A setting that cannot be as it is', () => {
  it('is named, and the engine starts without it', async () => {
    const restore = await withSettings({ device: 'gpu', threads: 2.5 });
    try {
      const settings = await settingsOf();
      await eventually('the refusal', () => settings.engine.device === 'auto' || undefined);
      assert.equal(settings.engine.threads, 0);
      assert.deepEqual(refused, ['atelier.device', 'atelier.threads']);
      await vscode.commands.executeCommand('atelier.restartEngine');
    } finally {
      await restore();
    }
  });
});
