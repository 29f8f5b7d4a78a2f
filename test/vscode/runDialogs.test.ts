import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { recipeIn } from '../../src/images/recipe';
import type { StoredJob } from '../../src/jobs/folder';
import { answering } from './person';
import { eventually, inWorkspace } from './product';
import { command, dismissed, one, TestStorage } from './questions';

const isThere = (file: string) => fs.existsSync(file) || undefined;

describe('Questions about runs and recipes', () => {
  const storage = new TestStorage('run-dialogs-storage');
  before(() => storage.open());
  after(() => storage.close());

  describe('about runs', () => {
    let run: StoredJob;

    before(async () => {
      const asked = await dismissed('resumeRun');
      assert.equal(asked.question, 'No run can be resumed.');
      assert.equal((await dismissed('pruneRuns')).question, 'There are no runs to delete.');
      run = await storage.paint('dialogs-photo.jpg');
    });

    it('a picture is saved where the person wants it, in the format of its name', async () => {
      const targets = ['saved.png', 'saved.jpg'].map(inWorkspace);
      for (const target of targets) {
        const asked = await answering(
          () => vscode.Uri.file(target),
          () => command('saveRunAs', run.folder),
        );
        assert.equal(one(asked).suggested, inWorkspace('dialogs-photo-dialogs-style.png'));
        assert.ok(fs.statSync(target).size > 500);
      }
      const [png = '', jpeg = ''] = targets;
      assert.ok(fs.readFileSync(png).equals(fs.readFileSync(run.state.output ?? '')));
      assert.deepEqual([...fs.readFileSync(jpeg).subarray(0, 3)], [0xff, 0xd8, 0xff]);
      fs.rmSync(png);
      await dismissed('saveRunAs', run.folder);
      assert.equal(fs.existsSync(png), false);
    });

    it('a run is exported as a page or as a folder, or not at all', async () => {
      const page = inWorkspace('run.html');
      const asked = await answering(
        ({ how }) => ({ pick: 'One HTML page', save: vscode.Uri.file(page) })[how as 'pick'],
        () => command('exportRun', run.folder),
      );
      assert.deepEqual(
        asked.map(({ question }) => question),
        ['Export the run as', 'Export the run', 'Exported run.html'],
      );
      assert.match(fs.readFileSync(page, 'utf8'), /<html[^]*data:image\/[^]*<\/html>/);
      const folder = inWorkspace('exported-2');
      const taken = inWorkspace('exported');
      fs.mkdirSync(taken);
      fs.writeFileSync(path.join(taken, 'index.html'), 'mine');
      await answering(
        ({ how }) => ({ pick: 'A folder', save: vscode.Uri.file(taken) })[how as 'pick'],
        () => command('exportRun', run.folder),
      );
      const files = fs.readdirSync(folder).join();
      for (const name of ['index.html', 'recipe', '.csv', '.png']) assert.ok(files.includes(name), files);
      assert.deepEqual(fs.readdirSync(taken), ['index.html']);
      assert.equal(fs.readFileSync(path.join(taken, 'index.html'), 'utf8'), 'mine');
      fs.rmSync(folder, { recursive: true });
      await answering(
        ({ how }) => (how === 'pick' ? 'A folder' : undefined),
        () => command('exportRun', run.folder),
      );
      assert.equal(fs.existsSync(folder), false);
    });

    it('a run is exported as a timeline, which takes the place of no file', async () => {
      const taken = inWorkspace('timeline.webp');
      fs.writeFileSync(taken, 'mine');
      const asked = await answering(
        ({ how, question }) =>
          how === 'save'
            ? vscode.Uri.file(taken)
            : { 'Export the run as': 'Timeline', 'Timeline: pace': '4 seconds', 'Timeline: size': '256' }[
                question
              ],
        () => command('exportRun', run.folder),
      );
      assert.deepEqual(
        asked.map(({ question }) => question),
        [
          'Export the run as',
          'Timeline: pace',
          'Timeline: size',
          'Export the timeline',
          'Exported timeline-2.webp',
        ],
      );
      assert.equal(fs.readFileSync(taken, 'utf8'), 'mine');
      // The header of each picture of an animated WebP.
      const frames = fs.readFileSync(inWorkspace('timeline-2.webp'), 'latin1').split('ANMF').length - 1;
      assert.ok(frames > 1, String(frames));
    });

    it('Run Again asks where an image is that has moved, and is content with no answer', async () => {
      fs.mkdirSync(inWorkspace('attic'));
      fs.renameSync(inWorkspace('dialogs-photo.jpg'), inWorkspace('attic/dialogs-photo.jpg'));
      const before = storage.jobs.length;
      const { how, question, choices } = await dismissed('repeatRun', run.folder);
      assert.deepEqual([how, question], ['pick', 'Where is dialogs-photo.jpg now?']);
      assert.equal(choices[0], 'dialogs-photo.jpg attic');
      assert.equal(storage.jobs.length, before);
      await answering(
        ({ how }) => (how === 'pick' ? 'attic' : undefined),
        () => command('repeatRun', run.folder),
      );
      const painting = inWorkspace('attic/dialogs-photo-dialogs-style.png');
      await eventually('the painting', () => isThere(painting));
      const recipe = JSON.parse((await recipeIn(painting)) ?? '{}') as Record<string, unknown>;
      assert.deepEqual([recipe.content, recipe.size], ['dialogs-photo.jpg', 48]);
      // The studio shows what is at work before it shows nothing, and this run ends after its painting is there.
      await eventually(
        'the end of the second run',
        () => storage.jobs.every(({ state }) => state.status === 'done') || undefined,
      );
    });

    it('a run is deleted without a question, can be had back, and its painting stays', async () => {
      const studio = () =>
        vscode.window.tabGroups.all
          .flatMap(({ tabs }) => tabs)
          .find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('studio'))
          ?.label;
      await command('openRun', run.folder);
      await eventually('the run in the studio', () =>
        studio()?.startsWith('dialogs-photo.jpg · ') === true ? true : undefined,
      );
      const asked = await answering(
        () => 'Undo',
        () => command('deleteRun', run.folder),
      );
      const { how, question, choices } = one(asked);
      assert.deepEqual([how, choices], ['information', ['Undo']]);
      assert.match(question, /^Discarded "dialogs-photo\.jpg · /);
      await eventually('the run again', () => isThere(run.folder));
      await eventually('the run in the studio again', () =>
        studio()?.startsWith('dialogs-photo.jpg · ') === true ? true : undefined,
      );
      await dismissed('deleteRun', run.folder);
      assert.equal(fs.existsSync(run.folder), false);
      await eventually('the studio without a run', () => studio() === 'Atelier Studio' || undefined);
      assert.ok(fs.existsSync(run.state.output ?? ''));
    });

    it('old runs are deleted as chosen and agreed to', async () => {
      const other = await storage.paint('dialogs-other.jpg');
      const choice = await dismissed('pruneRuns');
      assert.match(choice.question, /^Delete old runs: \d+ runs take [\d.]+ MB$/);
      assert.deepEqual(
        choice.choices.map(row => row.replace(/ \d.*/, '')),
        ['All runs'],
      );
      const refused = await answering(
        ({ how }) => (how === 'pick' ? 'All runs' : undefined),
        () => command('pruneRuns'),
      );
      assert.match(refused.at(-1)?.question ?? '', /^Delete \d+ runs, [\d.]+ MB\?$/);
      assert.ok(fs.existsSync(other.folder));
      await answering(
        ({ how }) => ({ pick: 'All runs', warning: 'Delete' })[how as 'pick'],
        () => command('pruneRuns'),
      );
      assert.deepEqual(storage.jobs, []);
      assert.ok(fs.existsSync(other.state.output ?? ''));
    });
  });

  describe('about recipes', () => {
    const own = () => storage.at('recipes', 'my own.atelier.json');

    before(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

    it('a recipe to begin with is written where the person wants it, or nowhere', async () => {
      const { how, suggested } = await dismissed('newRecipe');
      assert.deepEqual([how, suggested], ['save', inWorkspace('painting.atelier.json')]);
      assert.equal(fs.existsSync(inWorkspace('painting.atelier.json')), false);
    });

    it("a run's recipe becomes one of the person's own, which is offered everywhere and runs", async () => {
      const run = await storage.paint('dialogs-again.jpg');
      const asked = await answering(
        () => vscode.Uri.file(own()),
        () => command('saveRunRecipe', run.folder),
      );
      assert.equal(one(asked).suggested, storage.at('recipes', 'dialogs-again.atelier.json'));
      assert.equal(vscode.window.activeTextEditor?.document.fileName, own());
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const before = storage.jobs.length;
      const chosen = await answering(
        ({ how }) => (how === 'pick' ? 'my own' : undefined),
        () => command('runRecipe'),
      );
      assert.equal(chosen[0]?.question, 'Choose a recipe');
      assert.ok(chosen[0]?.choices.includes('my own Your recipe'), chosen[0]?.choices.join());
      await eventually('another run', () => (storage.jobs.length > before ? true : undefined));
      assert.equal(storage.jobs[0]?.recipe.content, inWorkspace('dialogs-again.jpg'));
    });

    it('is deleted when that is agreed to', async () => {
      const item = { file: own() };
      const { how, question } = await dismissed('deleteRecipe', item);
      assert.deepEqual([how, question], ['warning', 'Delete the recipe "my own"?']);
      assert.ok(fs.existsSync(own()));
      await answering(
        () => 'Delete',
        () => command('deleteRecipe', item),
      );
      assert.equal(fs.existsSync(own()), false);
    });
  });
});
