import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { recipeIn } from '../../src/images/recipe';
import { answering } from './person';
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

let written = 0;

/** What is offered at the bar in the text of a recipe. */
async function complete(
  marked: string,
  name = `complete-${written++}.atelier.json`,
): Promise<vscode.CompletionItem[]> {
  const offset = marked.indexOf('|');
  fs.writeFileSync(inWorkspace(name), marked.replace('|', ''));
  const document = await vscode.workspace.openTextDocument(inWorkspace(name));
  await vscode.window.showTextDocument(document);
  return eventually(`completions in ${marked}`, async () => {
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      document.positionAt(offset),
    );
    // Words of the document are what there is until the language's server has started.
    const meant = items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text);
    return meant.length > 0 ? meant : undefined;
  });
}

async function labels(marked: string): Promise<readonly string[]> {
  const items = await complete(marked);
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
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
    // Comments, which the reader takes, are none of the complaints.
    const { languageId } = await vscode.workspace.openTextDocument(uri);
    assert.equal(languageId, 'jsonc');
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

  it('complete values that the schema knows: presets, layers, snippets', async () => {
    assert.ok((await labels('{ "preset": | }')).includes('"lineart"'));
    assert.ok((await labels('{ "styleLayers": { | } }')).includes('conv4_2'));
    assert.ok((await labels('{ "contentLayers": | }')).includes('conv2_2'));
    assert.ok((await labels('|')).includes('Recipe for any image'));
  });

  it('complete images of the workspace from the folder of the recipe, those beside it first', async () => {
    await samplePicture('album/deep.jpg');
    const found = (await complete('{ "content": "|" }', 'album/images.atelier.json')).filter(
      ({ kind }) => kind === vscode.CompletionItemKind.File,
    );
    const texts = found
      .sort((a, b) => (a.sortText ?? '').localeCompare(b.sortText ?? ''))
      .map(({ label }) => label as string);
    assert.equal(texts[0], 'deep.jpg');
    assert.ok(texts.includes('../recipe-content.jpg'));
    // The quotes that are there are replaced by those of the value.
    assert.equal(found[0]?.insertText, JSON.stringify(found[0]?.label));
    assert.equal(found[0]?.range instanceof vscode.Range && found[0].range.isEmpty, false);
  });

  it('complete built-in styles, and networks that are there or can be', async () => {
    assert.ok((await labels('{ "styles": [{ "image": "|" }] }')).includes('swatch:mosaic'));
    assert.ok((await labels('{ "init": | }')).includes('noise'));
    const networks = await labels('{ "model": "|" }');
    assert.ok(networks.includes('lite') && networks.includes('vgg19'));
  });

  it('run, and save beside their content', async () => {
    const { uri } = await open('small.atelier.json', recipe);
    await vscode.commands.executeCommand('atelier.runRecipe', uri);
    await eventually(
      'the painting',
      () => fs.existsSync(inWorkspace('recipe-content-mosaic.png')) || undefined,
    );
  });

  it('replace no file that Atelier did not paint without a question, which is asked once', async () => {
    const [mine, theirs] = ['mine.png', 'mine-2.png'].map(inWorkspace) as [string, string];
    fs.writeFileSync(mine, 'mine');
    const { uri } = await open('replacing.atelier.json', { ...recipe, output: 'mine.png' });
    const run = (answer: string | undefined) =>
      answering(
        () => answer,
        () => vscode.commands.executeCommand('atelier.runRecipe', uri),
      );
    const [asked, ...more] = await run(undefined);
    assert.deepEqual([asked?.question, asked?.choices], ['Replace mine.png?', ['Replace', 'Keep Both']]);
    assert.ok(asked?.detail.includes(mine));
    assert.deepEqual(more, []);
    await run('Keep Both');
    await eventually('the painting beside it', () => fs.existsSync(theirs) || undefined);
    assert.equal(fs.readFileSync(mine, 'utf8'), 'mine');
    await run('Replace');
    await eventually('the painting in its place', () => recipeIn(mine));
    // Nothing was painted for the question that got no answer: it would have taken a name before this one.
    assert.equal(fs.existsSync(inWorkspace('mine-3.png')), false);
    // What Atelier has painted is replaced as it always was.
    const { mtimeMs } = fs.statSync(mine);
    assert.deepEqual(await run('Replace'), []);
    await eventually('another painting', () => fs.statSync(mine).mtimeMs > mtimeMs || undefined);
  });

  it('ask for an image that has moved, and offer those of its name', async () => {
    await samplePicture('moved/recipe-gone.jpg');
    const { uri } = await open('moved.atelier.json', { ...recipe, content: 'recipe-gone.jpg' });
    const asked = vscode.commands.executeCommand('atelier.runRecipe', uri);
    await eventually('the painting', async () => {
      // The first in the list; there is nothing to accept before it shows.
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return fs.existsSync(inWorkspace('moved/recipe-gone-mosaic.png')) || undefined;
    });
    await asked;
  });
});

describe('A painting that carries its recipe', () => {
  before(async () => {
    await product();
    await samplePicture('carried.jpg');
  });

  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('is painted again where its image has moved', async () => {
    const { uri } = await open('carried.atelier.json', { ...recipe, content: 'carried.jpg' });
    await vscode.commands.executeCommand('atelier.runRecipe', uri);
    await eventually('the painting', () => fs.existsSync(inWorkspace('carried-mosaic.png')) || undefined);
    fs.mkdirSync(inWorkspace('elsewhere'));
    fs.renameSync(inWorkspace('carried-mosaic.png'), inWorkspace('elsewhere/painted.png'));
    const asked = vscode.commands.executeCommand(
      'atelier.runAgain',
      vscode.Uri.file(inWorkspace('elsewhere/painted.png')),
    );
    const again = await eventually('the second painting', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      const file = inWorkspace('carried-mosaic.png');
      return fs.existsSync(file) ? file : undefined;
    });
    await asked;
    const { content } = JSON.parse((await recipeIn(again)) ?? '{}') as { content?: string };
    assert.equal(content, 'carried.jpg');
  });
});
