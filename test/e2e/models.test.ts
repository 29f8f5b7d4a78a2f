import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { downloadSize, remoteFiles, vgg19 } from '../../src/models/catalogue';
import { modelFile, modelsFolder } from '../../src/models/folder';
import { stagedFile, stagingFolder } from '../../src/models/download/stagedWeights';
import { describeShared, sharedPath } from '../shared';
import { serve, type Asked, type BadServer, type Misbehaviour } from '../unit/models/download/badServer';
import { pictureFailures } from './host/failures';
import { repository } from './host/installation';
import { photograph, writeRecipe } from './host/paintings';
import { packagedExtension } from './host/product';
import { answerFileDialog, dismissQuickInput, quickInputRow } from './host/quickInput';
import { Session } from './host/session';
import { StudioPanel } from './host/studio';
import { writeMachineSettings } from './host/userSettings';
import { until } from './host/waiting';
import type { Workbench } from './host/workbench';

const mirror = sharedPath('mirror');
const commit = path.join(vgg19.repository, vgg19.commit);
const shards = remoteFiles(vgg19);
const present = shards.filter(file => fs.existsSync(path.join(mirror, commit, file.path)));
/** The one that is cut in the middle: the last of those that the mirror has one after the other. */
const cut = shards.find(({ path: name }) => name.includes('group7-'))!;
const megabytes = (bytes: number): string => (bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 });

describeShared('VGG-19', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-e2e-models-'));
  const storage = path.join(folder, 'storage');
  const installed = modelsFolder(storage);
  const staging = stagingFolder(installed, vgg19.name);
  /** Of each request. */
  let misbehave: (asked: Asked) => Misbehaviour | undefined = () => undefined;
  let server: BadServer;
  let session: Session;
  let window: Workbench;

  beforeAll(async () => {
    server = await serve(hostFolder(), asked => misbehave(asked));
    session = await Session.start({
      vsix: packagedExtension(),
      files: {
        'photo.jpg': photograph,
        'mine.safetensors': path.join(repository, 'models', 'lite.safetensors'),
      },
    });
    const whole = fs.readFileSync(path.join(session.workspace, 'mine.safetensors'));
    fs.writeFileSync(path.join(session.workspace, 'short.safetensors'), whole.subarray(0, -1000));
    writeRecipe(session.workspace, 'mine', { size: 96, steps: 8, model: 'mine' });
    writeMachineSettings(session.server.userDataDir, {
      'atelier.storage': storage,
      'atelier.mirror': server.url,
    });
    window = await session.window();
    await window.settleWebviews('photo.jpg');
  });

  afterAll(async () => {
    const survivors = await session?.stop();
    await server?.close();
    fs.rmSync(folder, { recursive: true, force: true });
    expect(survivors).toEqual([]);
  });

  pictureFailures(() => window);

  /** The files of the mirror where its host has them; of those that it lacks, as many bytes. */
  function hostFolder(): string {
    const host = path.join(folder, 'host');
    for (const file of shards) {
      const target = path.join(host, commit, file.path);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      if (present.includes(file)) fs.symlinkSync(path.join(mirror, commit, file.path), target);
      else {
        fs.writeFileSync(target, '');
        fs.truncateSync(target, file.size);
      }
    }
    return host;
  }

  const isPresent = (asked: Asked): boolean => present.some(file => asked.path.endsWith(`/${file.path}`));
  const isCut = (asked: Asked): boolean => asked.path.endsWith(`/${cut.path}`);
  /** Of the shards that nobody has, nothing comes; of the others, what `bad` says. */
  const absentAreSilent =
    (bad: (asked: Asked) => Misbehaviour | undefined) =>
    (asked: Asked): Misbehaviour | undefined =>
      isPresent(asked) ? bad(asked) : { stallAfter: 0 };

  const consent = () =>
    window.page.locator('.monaco-dialog-box').filter({ hasText: 'Download the network VGG-19?' });
  const progress = () =>
    window.page.locator('.notification-list-item').filter({ hasText: 'Downloading VGG-19' }).first();

  /** Asks for the download, and returns what the question says before it is answered. */
  async function askForIt(answer: 'Download' | 'Cancel', picture?: string): Promise<string> {
    await window.command('Atelier: Download VGG-19…');
    await consent().waitFor();
    const question = await consent().innerText();
    if (picture !== undefined) await window.screenshot(`e2e/models-${picture}`);
    await window.dialog('Download the network VGG-19?', answer);
    return question;
  }

  /** Waits for what is said to be wrong, and makes it go. */
  async function complaint(text: string): Promise<string> {
    const toast = await window.notification(text);
    const said = await toast.locator('.notification-list-item-message').innerText();
    await expect.poll(() => toast.locator('.monaco-button').allInnerTexts()).not.toEqual([]);
    await progress().waitFor({ state: 'hidden' });
    expect(fs.existsSync(modelFile(installed, vgg19.name))).toBe(false);
    await window.command('Notifications: Clear All Notifications');
    await toast.waitFor({ state: 'hidden' });
    return said;
  }

  const arrived = (file = cut): number => {
    const staged = stagedFile(staging, file);
    return Math.max(
      0,
      ...[staged, `${staged}.part`].map(one => fs.statSync(one, { throwIfNoEntry: false })?.size ?? 0),
    );
  };

  it('is not fetched before a person has seen its size, its licence and where it comes from, and agreed', async () => {
    const question = await askForIt('Cancel', 'consent');
    expect(question).toContain(`Size: ${megabytes(downloadSize(vgg19))} MB`);
    expect(question).toContain('License: weights CC BY 4.0');
    expect(question).toContain(`Source: github.com/${vgg19.repository}`);
    expect(question).toContain(`Through: ${server.url}`);
    expect(server.requests).toEqual([]);
    expect(fs.existsSync(staging)).toBe(false);
  });

  it('shows how far it is, and is cancelled', async () => {
    // So slowly that a person has the time.
    misbehave = absentAreSilent(asked => (isCut(asked) ? { trickle: 20_000, everyMs: 100 } : undefined));
    await askForIt('Download');
    await expect.poll(() => progress().innerText()).toContain(`of ${megabytes(downloadSize(vgg19))} MB`);
    await expect.poll(() => arrived()).toBeGreaterThan(200_000);
    const before = Number(/([\d.]+) of/.exec(await progress().innerText())?.[1]);
    await expect
      .poll(async () => Number(/([\d.]+) of/.exec(await progress().innerText())?.[1]))
      .toBeGreaterThan(before);
    await window.screenshot('e2e/models-progress');
    await window.leaveProgress(progress(), 'Cancel');
    await expect.poll(() => fs.existsSync(`${modelFile(installed, vgg19.name)}.lock`)).toBe(false);
    expect(arrived()).toBeGreaterThan(200_000);
    expect(arrived()).toBeLessThan(cut.size);
    expect(fs.existsSync(modelFile(installed, vgg19.name))).toBe(false);
    expect(await window.notifications()).toEqual([]);
  });

  it('goes on from what is there, and says why a file whose bytes are changed on the way is refused', async () => {
    misbehave = absentAreSilent(asked => (isCut(asked) ? { flip: cut.size - 5 } : undefined));
    const kept = arrived();
    const earlier = server.requests.length;
    const question = await askForIt('Download', 'resume');
    expect(question).toMatch(/Still to download: [\d.]+ MB/);
    const said = await complaint('is not the published file');
    expect(said).toContain(
      `${cut.path} is not the published file: its contents differ from the published file.`,
    );
    expect(said).toContain(
      'Something changes the download on its way: try another connection or another mirror.',
    );
    const asked = server.requests.slice(earlier);
    // On from what was there, and when that is wrong, once more from the beginning.
    expect(asked.filter(isCut).map(({ from }) => from)).toEqual([kept, 0]);
    // What was complete is not fetched again.
    for (const name of ['group1-', 'group2-', 'group3-', 'group4-', 'group5-'])
      expect(asked.filter(({ path: one }) => one.includes(name))).toEqual([]);
    expect(arrived()).toBe(0);
  });

  it('keeps what a mirror has, and names what it has not', async () => {
    misbehave = asked => (isPresent(asked) ? undefined : { status: 404 });
    await askForIt('Download');
    const said = await complaint('The server refused');
    expect(said).toMatch(/The server refused \S*shard\dof\d: 404\. Set a mirror that has it/);
    expect(arrived(shards[0])).toBe(shards[0]!.size);
    await window.screenshot('e2e/models-incomplete');
  });

  it('installs nothing of a file that is cut short, and says what is wrong with it', async () => {
    await window.command('Atelier: Import VGG-19 from a File…');
    await answerFileDialog(window.page, path.join(session.workspace, 'short.safetensors'));
    const said = await complaint('short.safetensors is not a usable weight file');
    expect(said).toContain('Download or import the model again, or choose another one.');
    expect(fs.readdirSync(installed).filter(name => name.endsWith('.safetensors'))).toEqual([]);
  });

  it('makes place for a network from a file, which is then painted with', async () => {
    await window.command('Atelier: Import VGG-19 from a File…');
    await answerFileDialog(window.page, path.join(session.workspace, 'mine.safetensors'));
    await window.notification('recipes use it as "model": "mine"', 'Use It for New Paintings');
    expect(fs.existsSync(modelFile(installed, 'mine'))).toBe(true);
    await until(
      '“mine” to be the network that is used',
      async () => {
        await window.command('Atelier: Choose Network…');
        const mine = quickInputRow(window.page, /^mine/);
        await mine.waitFor({ timeout: 10_000 });
        const text = await mine.innerText();
        await dismissQuickInput(window.page);
        return text;
      },
      text => text.includes('in use'),
    );
    await window.explorer.menu('mine.atelier.json', 'Run Recipe');
    const studio = new StudioPanel(window);
    await studio.becomes('Done');
    const facts = (await studio.page()).locator('atelier-run-header .facts');
    await expect.poll(() => facts.innerText()).toContain('mine');
  });
});
