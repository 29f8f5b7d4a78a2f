import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AtelierApi, FinishedPainting } from '../../api/atelier';
import { DetachedPainters } from '../../src/agents/detachedPainters';
import { TOOL_NAMES } from '../../src/agents/names';
import { LanguageModelTool } from '../../src/extension/agents/languageModelTools';
import { recipeIn } from '../../src/images/recipe';
import { eventually, inWorkspace, product, samplePicture, withSettings } from './product';

describe('Agents', () => {
  let content: vscode.Uri;
  let restore: () => Promise<void>;
  let api: AtelierApi;
  const storage = () => inWorkspace('agents-storage');

  before(async () => {
    api = (await product()).exports as AtelierApi;
    content = await samplePicture('agents.jpg');
    restore = await withSettings({ storage: storage() });
  });

  after(async () => {
    await restore();
  });

  /** Calls a tool as a model does; returns what is said, and what kind of picture is shown. */
  async function call(
    name: string,
    input: object,
  ): Promise<{ readonly value: unknown; readonly picture: string | undefined }> {
    const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
    const [text, picture] = result.content as readonly unknown[] as readonly [
      vscode.LanguageModelTextPart,
      { readonly mimeType: string } | undefined,
    ];
    return { value: JSON.parse(text.value), picture: picture?.mimeType };
  }

  it('have the tools of the manifest', () => {
    const known = new Set(vscode.lm.tools.map(({ name }) => name));
    assert.deepEqual(
      TOOL_NAMES.filter(name => !known.has(name)),
      [],
    );
  });

  it('paint with them, and are shown a picture', async () => {
    const asked = { content: content.fsPath, style: 'swatch:mosaic', size: 32, steps: 2 };
    const { value, picture } = await call('stylize_image', asked);
    const { run, state, output } = value as { run: string; state: string; output: string };
    assert.equal(state, 'done');
    assert.equal(picture, 'image/jpeg');
    assert.equal(output, inWorkspace('agents-mosaic.png'));
    assert.deepEqual((await call('get_run', { run })).value, value);

    await assert.rejects(call('stylize_image', { ...asked, output }), /is not overwritten/);
    await assert.rejects(
      call('stylize_image', { ...asked, content: '/etc/hostname' }),
      /outside the folders/,
    );
    await assert.rejects(call('get_run', { run: '20250131-120000-000-1a2b' }), /There is no run/);
  });

  it('paint when a person has agreed, who reads what is done', () => {
    const painters = new DetachedPainters({ device: 'cpu', threads: 0, storage: storage(), mirror: '' });
    const { confirmationMessages } =
      new LanguageModelTool('stylize_image', painters).prepareInvocation({
        input: { content: content.fsPath, style: 'swatch:woodcut', output: inWorkspace('new.png') },
      }) ?? {};
    assert.deepEqual(confirmationMessages, {
      title: 'Paint with Atelier?',
      message:
        'Paints agents.jpg in the style of Woodcut. The painting is saved as a new file, new.png. No file is overwritten.',
    });
  });

  it('reach the server that the window offers, which is held to its folders', async () => {
    await vscode.commands.executeCommand('workbench.mcp.startServer', '*');
    const served = await eventually('the tools of the server', () =>
      vscode.lm.tools.map(({ name }) => name).find(name => /^mcp_.*list_runs$/.test(name)),
    );
    const { value } = await call(served, {});
    assert.equal((value as { runs: readonly unknown[] }).runs.length, 1);
    const stylize = served.replace('list_runs', 'stylize_image');
    const asked = { content: '/etc/hostname', style: 'swatch:mosaic' };
    const result = await vscode.lm
      .invokeTool(stylize, { input: asked, toolInvocationToken: undefined })
      .then(({ content: said }) => JSON.stringify(said), String);
    assert.match(result, /outside the folders/);
    await vscode.commands.executeCommand('workbench.mcp.stopServer', '*');
  });

  it('that are other extensions paint through its exports', async () => {
    const heard: FinishedPainting[] = [];
    const listener = api.onDidFinish(finished => heard.push(finished));
    const output = vscode.Uri.file(inWorkspace('agents-export.webp'));
    const painting = await api.stylize({
      content,
      styles: ['swatch:mosaic', vscode.Uri.file(inWorkspace('agents.jpg'))],
      output,
      size: 32,
      steps: 2,
      recipe: { colors: 'luminance' },
    });
    const finished = await painting.finished;
    listener.dispose();
    assert.equal(finished.state, 'done');
    assert.equal(finished.output?.fsPath, output.fsPath);
    assert.deepEqual(heard, [finished]);
    const recipe = JSON.parse((await recipeIn(output.fsPath)) ?? '') as Record<string, unknown>;
    assert.equal(recipe.colors, 'luminance');
    assert.ok(fs.existsSync(path.join(storage(), 'jobs', painting.run)));
    await assert.rejects(api.stylize({ content, styles: ['swatch:mosaic'], output }), /is not overwritten/);
    await assert.rejects(api.stylize({ content, styles: [], size: 32 }), /styles/);
  });
});
