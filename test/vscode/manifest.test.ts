import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('The extension in its host', () => {
  const extension = (): vscode.Extension<unknown> => {
    const found = vscode.extensions.getExtension('atelier.atelier');
    assert.ok(found, 'the extension is installed');
    return found;
  };

  it('activates', async () => {
    await extension().activate();
    assert.equal(extension().isActive, true);
  });

  it('implements every command that its manifest contributes', async () => {
    await extension().activate();
    const { contributes } = extension().packageJSON as Manifest;
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = contributes.commands.map(({ command }) => command).filter(each => !registered.has(each));
    assert.deepEqual(missing, []);
  });
});
