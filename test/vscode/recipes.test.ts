import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { eventually, inWorkspace, product, samplePicture } from './product';

const recipe = {
  name: 'A small test',
  preset: 'preview',
  content: 'recipe-content.jpg',
  styles: [{ image: 'swatch:mosaic' }],
  size: 48,
  steps: 6,
};

async function open(name: string, value: unknown): Promise<vscode.TextDocument> {
  fs.writeFileSync(inWorkspace(name), JSON.stringify(value, undefined, 2));
  return vscode.workspace.openTextDocument(inWorkspace(name));
}

describe('Recipe files', () => {
  before(async () => {
    await product();
    await samplePicture('recipe-content.jpg');
  });

  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('have lenses to run them', async () => {
    const { uri } = await open('small.atelier.json', recipe);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
      10,
    );
    assert.deepEqual(
      lenses.map(({ command }) => command?.command),
      ['atelier.runRecipe', 'atelier.runRecipeWith'],
    );
    assert.deepEqual(
      lenses.map(({ range }) => range.start.line),
      [0, 0],
    );
  });

  it('are checked while they are written', async () => {
    const { uri } = await open('wrong.atelier.json', { ...recipe, steps: 'many', contnt: 'x.jpg' });
    await vscode.window.showTextDocument(uri);
    const found = await eventually('two complaints', () => {
      const complaints = vscode.languages.getDiagnostics(uri).map(({ message }) => message);
      return complaints.length >= 2 ? complaints.sort() : undefined;
    });
    assert.ok(found.some(message => message.includes('contnt')));
    assert.ok(found.some(message => /number|integer/i.test(message)));
  });

  it('explain their fields, and complete them', async () => {
    const { uri } = await open('hover.atelier.json', recipe);
    await vscode.window.showTextDocument(uri);
    const line = JSON.stringify(recipe, undefined, 2)
      .split('\n')
      .findIndex(text => text.includes('"steps"'));
    const position = new vscode.Position(line, 4);
    const text = await eventually('a hover', async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        uri,
        position,
      );
      const texts = hovers.flatMap(({ contents }) =>
        contents.map(one => (typeof one === 'string' ? one : one.value)),
      );
      return texts.find(one => one.includes('Optimizer steps'));
    });
    assert.match(text, /over all scales/);
  });

  it('run, and save beside their content', async () => {
    const { uri } = await open('small.atelier.json', recipe);
    await vscode.commands.executeCommand('atelier.runRecipe', uri);
    await eventually(
      'the painting',
      () => fs.existsSync(inWorkspace('recipe-content-atelier.png')) || undefined,
    );
  });

  it('are offered as tasks, which the command line runs', async () => {
    await open('small.atelier.json', recipe);
    const task = await eventually('the task', async () => {
      const tasks = await vscode.tasks.fetchTasks({ type: 'atelier' });
      return tasks.find(({ definition }) => definition.recipe === 'small.atelier.json');
    });
    assert.equal(task.name, 'A small test');
    const ended = new Promise<number | undefined>(resolve => {
      const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.name !== task.name) return;
        listener.dispose();
        resolve(exitCode);
      });
    });
    await vscode.tasks.executeTask(task);
    assert.equal(await ended, 0);
    assert.ok(fs.existsSync(inWorkspace('recipe-content-atelier-2.png')));
  });
});
