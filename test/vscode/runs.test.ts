import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { listJobs, type StoredJob } from '../../src/jobs/folder';
import { answering } from './person';
import { one } from './questions';
import { eventually, inWorkspace, product, samplePicture, withSettings } from './product';

describe('The queue of runs', () => {
  const storage = () => inWorkspace('runs-storage');
  /** Oldest first. */
  const jobs = () => listJobs(storage()).reverse();
  const becomes = (folder: string, status: StoredJob['state']['status']) =>
    eventually(`${path.basename(folder)} is ${status}`, () =>
      jobs().find(job => job.folder === folder && job.state.status === status),
    );
  let restore: () => Promise<void>;

  before(async () => {
    await product();
    // They do not end by themselves while these tests look at them.
    restore = await withSettings({ preset: 'article', size: 256, storage: storage() });
    const contents = await Promise.all(['q1.jpg', 'q2.jpg', 'q3.jpg'].map(samplePicture));
    await vscode.commands.executeCommand('atelier.setStyle', await samplePicture('queue-style.jpg'));
    await vscode.commands.executeCommand('atelier.applyStyle', contents[0], contents);
  });

  after(async () => {
    for (const { folder, owner } of jobs())
      if (owner !== undefined) await vscode.commands.executeCommand('atelier.stopRun', folder);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await restore();
  });

  it('paints the first, while the others wait in the order in which they came', async () => {
    const [first, second, third] = jobs();
    assert.ok(first && second && third);
    await becomes(first.folder, 'running');
    assert.deepEqual(
      jobs().map(({ recipe }) => path.basename(recipe.content)),
      ['q1.jpg', 'q2.jpg', 'q3.jpg'],
    );
    for (const { folder } of [second, third])
      assert.equal((await becomes(folder, 'queued')).state.behind, 'job');
  });

  it('lets a waiting one be removed, of which nothing stays, without touching the one at work', async () => {
    const [first, second, third] = jobs();
    assert.ok(first && second && third);
    const asked = await answering(
      () => undefined,
      () => vscode.commands.executeCommand('atelier.dequeueRun', second.folder),
    );
    assert.equal(one(asked).question, 'Discarded "q2.jpg · queue-style".');
    assert.equal(fs.existsSync(second.folder), false);
    assert.equal((await becomes(first.folder, 'running')).owner !== undefined, true);
    await becomes(third.folder, 'queued');
  });

  it('begins the next one by itself', async () => {
    const [first, third] = jobs();
    assert.ok(first && third);
    await vscode.commands.executeCommand('atelier.stopRun', first.folder);
    await becomes(first.folder, 'stopped');
    await becomes(third.folder, 'running');
    assert.ok(fs.existsSync(inWorkspace('q1-queue-style.png')));
  });

  it('makes the figures of a run from the images of that run', async () => {
    const [, third] = jobs();
    assert.ok(third);
    const figures = path.join(storage(), 'figures');
    const requests = () =>
      (fs.existsSync(figures) ? fs.readdirSync(figures) : [])
        .map(name => path.join(figures, name, 'request.json'))
        .filter(file => fs.existsSync(file))
        .map(file => fs.readFileSync(file, 'utf8'));
    const made = (what: string, sign: string) =>
      eventually(what, () => requests().find(request => request.includes(sign)));
    await vscode.commands.executeCommand('atelier.reconstructLayers', third.folder);
    const layers = await made('the reconstructions', '"reconstructions"');
    assert.ok(layers.includes('q3.jpg') && layers.includes('queue-style.jpg'));
    await vscode.commands.executeCommand('atelier.variations', third.folder);
    const variations = await made('the variations', '"atFullSize"');
    assert.ok(variations.includes('q3.jpg') && variations.includes('queue-style.jpg'));
    await vscode.commands.executeCommand(
      'atelier.tryAllStyles',
      vscode.Uri.file(inWorkspace('q1-queue-style.png')),
    );
    const sheet = JSON.parse(await made('the sheet of all styles', '"swatch:mosaic"')) as {
      readonly base: { readonly content: string };
      readonly columns: { readonly values: readonly { readonly label: string }[] };
    };
    assert.equal(path.basename(sheet.base.content), 'q1-queue-style.png');
    // Images of the workspace are among them.
    assert.ok(sheet.columns.values.length > 8);
  });
});
