import * as fs from 'node:fs';
import * as path from 'node:path';

/** The four kinds of theme that VS Code has, by the class its workbench then carries. */
export type Theme = 'vs' | 'vs-dark' | 'hc-black' | 'hc-light';

const darkModern = 'Dark Modern';

/** What the theme picker calls VS Code's default theme of each kind. */
export const themeLabels: Record<Theme, string> = {
  vs: 'Light Modern',
  'vs-dark': darkModern,
  'hc-black': 'Dark High Contrast',
  'hc-light': 'Light High Contrast',
};

export type Settings = Record<string, unknown>;

/** Quiet and offline: nothing opens, moves, updates or reports by itself. */
const quiet: Settings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.tips.enabled': false,
  // A hint under a pointer that rests would lie over what is clicked next.
  'workbench.hover.delay': 600_000,
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  // A notification would lie over what is clicked next.
  'atelier.notifyWhenDone': false,
  // Most tests choose from the list, which keeps more of them in the window's own document.
  'atelier.stylePicker': 'list',
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'window.autoDetectColorScheme': false,
  'window.autoDetectHighContrast': false,
  'workbench.colorTheme': darkModern,
  // Rows that were selected stay so when an editor opens.
  'explorer.autoReveal': false,
};

const machineFile = (userDataDir: string): string => path.join(userDataDir, 'Machine', 'settings.json');
const settingsFile = (userDataDir: string): string => path.join(userDataDir, 'User', 'settings.json');

/** Changes settings in a file, on top of what it has or, where there is none, of `initial`. */
function change(file: string, initial: Settings, changes: Settings): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const before = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Settings) : initial;
  fs.writeFileSync(`${file}.partial`, JSON.stringify({ ...before, ...changes }, null, 1));
  fs.renameSync(`${file}.partial`, file);
}

/**
 * Changes settings of the machine: those of scope `machine`, which a window of a server reads from here when it opens and as
 * they change.
 */
export const writeMachineSettings = (userDataDir: string, changes: Settings): void =>
  change(machineFile(userDataDir), {}, changes);

/**
 * Changes some of the user's settings on disk. A window reads them when it opens or reloads: code-server does
 * not watch this file. (It does watch `.vscode/settings.json` of a workspace, some seconds after it opened.)
 */
export const writeSettings = (userDataDir: string, changes: Settings): void =>
  change(settingsFile(userDataDir), quiet, changes);
