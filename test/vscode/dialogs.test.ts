import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { answering } from './person';
import { inWorkspace, samplePicture } from './product';
import { command, dismissed, TestStorage } from './questions';

describe('Questions', () => {
  const storage = new TestStorage('dialogs-storage');
  before(() => storage.open());
  after(() => storage.close());

  describe('about pictures', () => {
    it('Run Again says of a picture without a recipe that it carries none, and starts nothing', async () => {
      const plain = await samplePicture('plain.jpg');
      // A PNG with text of another program.
      const chunk = Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/q842iQAAAABJRU5ErkJggg==',
        'base64',
      );
      fs.writeFileSync(inWorkspace('plain.png'), chunk);
      for (const file of [plain, vscode.Uri.file(inWorkspace('plain.png'))]) {
        const { how, question, choices } = await dismissed('runAgain', file);
        assert.equal(how, 'error');
        assert.equal(
          question,
          `${path.basename(file.fsPath)} carries no recipe. Only paintings made by Atelier carry a recipe.`,
        );
        assert.deepEqual(choices, []);
      }
      assert.deepEqual(storage.jobs, []);
    });
  });

  describe('about networks', () => {
    it('nothing is downloaded when that is not agreed to', async () => {
      const { how, question, detail, choices } = await dismissed('downloadModel');
      assert.equal(how, 'information');
      assert.equal(question, 'Download the network VGG-19?');
      assert.match(detail, /^Size: [\d.]+ MB\nLicense: .*CC BY 4\.0.*\nSource: github\.com\//);
      assert.deepEqual(choices, ['Download', 'Import from a File…']);
      assert.equal(fs.existsSync(storage.at('models')), false);
    });

    it('the file of a network can be named instead, and left unnamed', async () => {
      const asked = await answering(
        ({ how }) => (how === 'information' ? 'Import from a File…' : undefined),
        () => command('downloadModel'),
      );
      assert.deepEqual(
        asked.map(({ how, question }) => [how, question]),
        [
          ['information', 'Download the network VGG-19?'],
          ['open', 'Import VGG-19 from a file'],
        ],
      );
      assert.equal(fs.existsSync(storage.at('models')), false);
    });

    it('bytes that are no network are refused with the reason, and a way on', async () => {
      const file = inWorkspace('refused.safetensors');
      fs.writeFileSync(file, 'these are no weights');
      const asked = await answering(
        ({ how }) => (how === 'open' ? vscode.Uri.file(file) : undefined),
        () => command('importModel'),
      );
      const last = asked.at(-1);
      assert.equal(last?.how, 'error');
      assert.match(
        last?.question ?? '',
        /^refused\.safetensors is not a usable weight file: .+\. Download or import/,
      );
      assert.deepEqual(last?.choices, ['Download VGG-19…']);
      assert.equal(fs.existsSync(storage.at('models', 'refused.safetensors')), false);
    });

    it('the one for new paintings is chosen among those that are there or can be', async () => {
      const setting = () => vscode.workspace.getConfiguration('atelier').inspect('model')?.globalValue;
      const { choices } = await dismissed('chooseModel');
      assert.match(choices[0] ?? '', /lite.*in use/);
      assert.match(choices[1] ?? '', /VGG-19 can be downloaded · [\d.]+ MB/);
      assert.match(choices.at(-1) ?? '', /Import from a File…/);
      assert.equal(setting(), undefined);
      try {
        await answering(
          ({ how }) => (how === 'pick' ? 'lite' : undefined),
          () => command('chooseModel'),
        );
        assert.equal(setting(), 'lite');
      } finally {
        await vscode.workspace
          .getConfiguration('atelier')
          .update('model', undefined, vscode.ConfigurationTarget.Global);
      }
      // One that must be fetched first is asked about.
      const asked = await answering(
        ({ how }) => (how === 'pick' ? 'VGG-19' : undefined),
        () => command('chooseModel'),
      );
      assert.equal(asked.at(-1)?.question, 'Download the network VGG-19?');
      assert.equal(setting(), undefined);
    });

    it('TensorFlow is neither installed nor removed when that is not agreed to', async () => {
      const { how } = await dismissed('installCudaRuntime');
      assert.ok(how === 'warning' || how === 'information');
      const { question, choices } = await dismissed('removeCudaRuntime');
      assert.equal(question, 'Remove the TensorFlow that Atelier installed?');
      assert.deepEqual(choices, ['Remove']);
      assert.equal(fs.existsSync(storage.at('tensorflow')), false);
    });
  });

  describe('about figures', () => {
    it('what of an image is to be reconstructed is asked, and left unanswered', async () => {
      const { question, choices } = await dismissed(
        'reconstructLayers',
        await samplePicture('dialogs-layers.jpg'),
      );
      assert.equal(question, 'Reconstruct the layers of dialogs-layers.jpg');
      assert.deepEqual(
        choices.map(row => /^\$\([\w-]+\) (\w+)/.exec(row)?.[1]),
        ['Content', 'Style', 'Both'],
      );
      assert.equal(fs.existsSync(storage.at('figures')), false);
    });
  });
});
