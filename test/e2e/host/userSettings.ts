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

/** Quiet and offline: nothing opens, updates or reports by itself. */
const quiet: Settings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'window.autoDetectColorScheme': false,
  'window.autoDetectHighContrast': false,
  'workbench.colorTheme': darkModern,
};

/**
 * Writes the settings of the machine, all of them anew: those of scope `machine`, which a window of a server reads from
 * here when it opens and as they change.
 */
export function writeMachineSettings(userDataDir: string, settings: Settings): void {
  const file = path.join(userDataDir, 'Machine', 'settings.json');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify(settings));
}

const settingsFile = (userDataDir: string): string => path.join(userDataDir, 'User', 'settings.json');

/**
 * Changes some of the user's settings on disk. A window reads them when it opens or reloads: code-server does
 * not watch this file. (It does watch `.vscode/settings.json` of a workspace, some seconds after it opened.)
 */
export function writeSettings(userDataDir: string, changes: Settings): void {
  const file = settingsFile(userDataDir);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const before = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Settings) : quiet;
  fs.writeFileSync(`${file}.partial`, JSON.stringify({ ...before, ...changes }, null, 1));
  fs.renameSync(`${file}.partial`, file);
}
