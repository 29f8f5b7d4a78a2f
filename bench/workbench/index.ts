// The workbench's promises on the installed package, in VS Code's server build and Chromium.
// Command: npm run package && npx tsx bench/workbench/index.ts [preview] [cost] [hidden] [long]   (all when none is named)
// Prints the Markdown table of bench/workbench.md.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { photograph, writeRecipe } from '../../test/e2e/host/paintings';
import { packagedExtension } from '../../test/e2e/host/product';
import { Session } from '../../test/e2e/host/session';
import { StudioPanel } from '../../test/e2e/host/studio';
import { chooseStyle } from '../../test/e2e/host/stylePicker';
import type { Workbench } from '../../test/e2e/host/workbench';
import { bareRun } from './bareRun';
import { heavyLibraries, residentMiB } from './processes';

const THREADS = 2;
const ROUNDS = 2;
const HIDDEN_MS = 60_000;

interface Stage {
  readonly session: Session;
  readonly window: Workbench;
  readonly studio: StudioPanel;
}

type Row = readonly [what: string, measured: string, promise: string];

const measures: Readonly<Record<string, (stage: Stage) => Promise<Row[]>>> = { preview, cost, hidden, long };

async function stylize({ window, studio }: Stage): Promise<number> {
  await window.explorer.menu('photo.jpg', 'Atelier', 'Stylize Image…');
  await window.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
  const start = performance.now();
  await chooseStyle(window.page, 'Mosaic');
  await studio.paints();
  return performance.now() - start;
}

/** From the choice of the style to the preview on screen; then what activation took, and what was loaded for it. */
async function preview(stage: Stage): Promise<Row[]> {
  const { session, window, studio } = stage;
  const first = await stylize(stage);
  await studio.press('Stop and keep');
  await studio.becomes('Stopped');
  const again = await stylize(stage);
  await studio.press('Stop and keep');
  await window.command('Developer: Show Running Extensions');
  const row = window.page.locator('.runtime-extensions-editor .extension', { hasText: 'atelier' });
  const activation = await row.locator('.activation-time').first().innerText();
  const libraries = heavyLibraries(session);
  return [
    ['choice of the style → first preview, engine not started yet', `${(first / 1000).toFixed(1)} s`, '3 s'],
    ['the same, engine running', `${(again / 1000).toFixed(1)} s`, '3 s'],
    ['activation, as VS Code tells it', activation.replace(/^.*?(?=\d)/, ''), '60 ms'],
    [
      'tensor and codec libraries in the extension host',
      libraries.length === 0 ? 'none' : libraries.join(', '),
      'none',
    ],
  ];
}

/** The same run in the panel and bare, alternating. */
async function cost(stage: Stage): Promise<Row[]> {
  const [shown, bare]: [number[], number[]] = [[], []];
  let frames = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const results = () =>
      fs.readdirSync(stage.session.workspace).filter(name => name.includes('-atelier')).length;
    const before = results();
    await stylize(stage);
    await stage.studio.becomes('Done', 300_000);
    while (results() === before) await stage.window.page.waitForTimeout(50);
    const job = newestJob(stage.session);
    const steps = fs.readFileSync(path.join(job, 'steps.ndjson'), 'utf8').trim().split('\n');
    shown.push((JSON.parse(steps.at(-1) ?? '{}') as { seconds: number }).seconds);
    frames = fs.readdirSync(path.join(job, 'frames')).length;
    bare.push(await bareRun('mosaic', THREADS));
  }
  const [panel, alone] = [Math.min(...shown), Math.min(...bare)];
  const seconds = (values: readonly number[]) => values.map(value => value.toFixed(1)).join(', ');
  return [
    [
      `the run with previews, panel and checkpoints (${seconds(shown)} s), against bare (${seconds(bare)} s)`,
      `${(100 * (panel / alone - 1)).toFixed(1)} %`,
      '5 %',
    ],
    ['previews a second', (frames / panel).toFixed(1), '2'],
  ];
}

/** A panel that comes back after a minute behind another editor. */
async function hidden({ session, window, studio }: Stage): Promise<Row[]> {
  writeRecipe(session.workspace, 'long', { steps: 20_000, pyramid: false });
  await window.explorer.menu('long.atelier.json', 'Run Recipe');
  await studio.paints();
  const tab = window.page.locator('.editor-group-container .tab').filter({ hasText: '×' }).last();
  await tab.click();
  await window.explorer.open('note.txt');
  await window.page.waitForTimeout(HIDDEN_MS);
  const start = performance.now();
  await tab.click();
  const { step } = await studio.paints();
  await (await studio.find('.u-wrap canvas')).first().waitFor();
  const took = performance.now() - start;
  await studio.press('Stop and keep');
  return [
    [`hidden for a minute → painting (step ${step}) and curves on screen`, `${took.toFixed(0)} ms`, '500 ms'],
  ];
}

/** Ten thousand steps of a small picture. */
async function long({ session, window, studio }: Stage): Promise<Row[]> {
  writeRecipe(session.workspace, 'tiny', { size: 32, steps: 10_000, pyramid: false });
  await window.explorer.menu('tiny.atelier.json', 'Run Recipe');
  await studio.comesTo(1000);
  const page = await studio.page();
  const memory = async () => {
    const heap = await page.evaluate('gc?.(), performance.memory.usedJSHeapSize / 2 ** 20');
    return [Number(heap), residentMiB(session, 'host'), residentMiB(session, 'engine')]
      .map(Math.round)
      .join(' / ');
  };
  const early = await memory();
  await page.evaluate(`(() => {
    let last = performance.now();
    window.longestGap = 0;
    const look = now => { window.longestGap = Math.max(window.longestGap, now - last); last = now; requestAnimationFrame(look); };
    requestAnimationFrame(look);
  })()`);
  await studio.comesTo(9900, 600_000);
  const late = await memory();
  const gap = Number(await page.evaluate('window.longestGap'));
  return [
    ['panel heap / extension host / engine at step 1,000, MiB', early, 'flat'],
    ['the same at step 9,900, MiB', late, 'flat'],
    [
      'longest time between two frames of the panel, steps 1,000 to 9,900',
      `${gap.toFixed(0)} ms`,
      'responsive',
    ],
  ];
}

function newestJob(session: Session): string {
  const jobs = fs
    .readdirSync(session.server.userDataDir, { recursive: true })
    .map(String)
    .filter(name => path.basename(name) === 'steps.ndjson')
    .map(name => path.dirname(path.join(session.server.userDataDir, name)));
  const newest = jobs.sort((a, b) => path.basename(a).localeCompare(path.basename(b))).at(-1);
  if (newest === undefined) throw new Error('No job was found.');
  return newest;
}

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  console.log('| what | measured | promised |\n| - | - | - |');
  for (const [name, measure] of Object.entries(measures)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const session = await Session.start({
      vsix: packagedExtension(),
      files: { 'photo.jpg': photograph },
      settings: { 'atelier.threads': THREADS },
      browserFlags: ['--js-flags=--expose-gc', '--enable-precise-memory-info'],
    });
    try {
      fs.writeFileSync(path.join(session.workspace, 'note.txt'), 'a text\n');
      const window = await session.window();
      await window.settleWebviews('photo.jpg');
      const rows = await measure({ session, window, studio: new StudioPanel(window) });
      for (const row of rows) console.log(`| ${row.join(' | ')} |`);
    } finally {
      await session.stop();
    }
  }
}

void main();
