// The README's pictures: windows of VS Code's server build with the installed package at work.
// Command: npm run package && npx tsx scripts/readme/pictures.ts   (writes media/readme)
import * as fs from 'node:fs';
import * as path from 'node:path';
import sharp from 'sharp';
import { FigurePanel } from '../../test/e2e/host/figurePanel';
import { repository } from '../../test/e2e/host/installation';
import { packagedExtension } from '../../test/e2e/host/product';
import { chooseInQuickInput } from '../../test/e2e/host/quickInput';
import { Session } from '../../test/e2e/host/session';
import { StudioPanel } from '../../test/e2e/host/studio';
import type { Workbench } from '../../test/e2e/host/workbench';

const folder = path.join(repository, 'media', 'readme');
const sample = (name: string): string => path.join(repository, 'media', 'samples', name);

async function picture(window: Workbench, name: string): Promise<void> {
  await window.page.mouse.move(10, 880);
  const screen = await window.page.screenshot();
  await sharp(screen)
    .jpeg({ quality: 82, mozjpeg: true, chromaSubsampling: '4:4:4' })
    .toFile(path.join(folder, `${name}.jpg`));
}

/** A painting in its last scale, beside the photograph that it is compared with. */
async function studio(window: Workbench): Promise<void> {
  await window.explorer.menu('still-life.jpg', 'Atelier', 'Stylize Image…');
  await chooseInQuickInput(window.page, 'Night Wind');
  const panel = new StudioPanel(window);
  const progress = (await panel.page()).locator('atelier-run-header, atelier-transport');
  await progress.filter({ hasText: 'Scale 3 of 3' }).waitFor({ timeout: 300_000 });
  await panel.comesTo((await panel.step()) + 25, 300_000);
  await picture(window, 'studio');
  await panel.press('Discard');
  await (await panel.find('.empty')).waitFor();
}

/** Both rows of the paper's first figure. */
async function layers(window: Workbench): Promise<void> {
  await window.command('View: Close All Editors');
  await window.setTheme('vs');
  await window.explorer.menu('landscape.jpg', 'Atelier', 'Reconstruct Layers…');
  await chooseInQuickInput(window.page, 'Both');
  await chooseInQuickInput(window.page, 'Mosaic');
  const panel = new FigurePanel(window);
  await panel.becomes('Done', 900_000);
  await panel.shows(10, 10);
  await picture(window, 'layers');
}

async function main(): Promise<void> {
  fs.mkdirSync(folder, { recursive: true });
  const files = { 'still-life.jpg': sample('still-life.jpg'), 'landscape.jpg': sample('landscape.jpg') };
  const session = await Session.start({ vsix: packagedExtension(), files, machine: {} });
  try {
    const window = await session.window();
    await window.settleWebviews('still-life.jpg');
    await studio(window);
    await layers(window);
  } finally {
    await session.stop();
  }
}

void main();
