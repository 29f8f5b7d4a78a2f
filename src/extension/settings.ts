import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { isProgram } from '../common/isProgram';
import type { Naming } from '../jobs/outputName';
import type { DeviceChoice, EngineSettings, PrecisionChoice } from '../protocol/request';
import type { PresetName } from '../recipe/presetNames';
import { foreignSchemas, isAllowed, schemasOf, type SettingSchemas } from './settingValue';

/** What to do with interrupted runs when a window opens. */
export type ResumePolicy = 'ask' | 'always' | 'never';

/** The settings of `naming`. */
const NAMING = ['outputName', 'outputFormat', 'outputQuality'] as const;

interface ReadOptions<T> {
  /** The file that it is about. */
  readonly scope?: vscode.Uri;
  /** For a value that the setting cannot have; by default the manifest's. */
  readonly instead?: T;
}

/** Hears of a value that a setting cannot have, and that is ignored. */
export type RefusalListener = (setting: string, value: unknown) => void;

/**
 * The only reader of settings: everyone else asks this. Values are read when asked for, so they are always current; one
 * that a setting cannot have counts as if nobody had set it.
 */
export class Settings {
  private readonly schemas: SettingSchemas;
  private readonly refused = new Set<string>();

  /**
   * @param defaultStorage the extension's own storage, used while `atelier.storage` is empty
   * @param manifest of the extension
   * @param onRefusal called once for each such value
   */
  constructor(
    private readonly defaultStorage: string,
    manifest: unknown,
    private readonly onRefusal: RefusalListener,
  ) {
    this.schemas = { ...schemasOf(manifest), ...foreignSchemas };
  }

  /** The network for new paintings, where somebody chose one; else the preset's. */
  get model(): string | undefined {
    return this.chosen<string>('model');
  }

  /** Has new paintings use this network. */
  async setModel(name: string): Promise<void> {
    const scope = vscode.ConfigurationTarget.Global;
    await vscode.workspace.getConfiguration('atelier').update('model', name, scope);
  }

  /** Has new paintings computed by this device. */
  async setDevice(device: DeviceChoice): Promise<void> {
    const scope = vscode.ConfigurationTarget.Global;
    await vscode.workspace.getConfiguration('atelier').update('device', device, scope);
  }

  get preset(): PresetName {
    return this.read<PresetName>('preset');
  }

  /** Longest side in pixels, 0 for the size of the image, where somebody chose one; else the preset's. */
  get size(): number | undefined {
    return this.chosen<number>('size');
  }

  /** Of the pictures of figures: longest side in pixels, and steps where somebody chose them. */
  get figures(): { readonly size: number; readonly steps?: number } {
    const size = Math.min(1024, Math.max(16, Math.round(this.read<number>('figureSize'))));
    const steps = Math.round(this.read<number>('figureSteps'));
    return steps > 0 ? { size, steps: Math.max(4, steps) } : { size };
  }

  /**
   * Absolute path of the folder for paintings of an image, or undefined for beside it. A relative one is below the
   * image's workspace folder; an image outside of the workspace has none.
   */
  outputFolder(content: string): string | undefined {
    const uri = vscode.Uri.file(content);
    const value = this.read<string>('outputFolder', { scope: uri }).trim();
    if (value === '' || path.isAbsolute(fromHome(value))) return value === '' ? undefined : fromHome(value);
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    return folder && path.join(folder.uri.fsPath, value);
  }

  /** How results are named and encoded that are saved by themselves. */
  get naming(): Naming {
    return {
      name: this.read<string>('outputName').trim(),
      format: this.read<Naming['format']>('outputFormat'),
      quality: this.read<number>('outputQuality'),
    };
  }

  get resume(): ResumePolicy {
    return this.read<ResumePolicy>('resume');
  }

  /** Whether to say how paintings have ended that nobody saw end. */
  get notifyWhenDone(): boolean {
    return this.read<boolean>('notifyWhenDone');
  }

  /** How a style is chosen: on a page with large pictures, or in a list with small ones. */
  get stylePicker(): 'pictures' | 'list' {
    return this.read<'pictures' | 'list'>('stylePicker');
  }

  /** Limits of the storage for finished runs; Infinity where a setting says 0. */
  get keepRuns(): { readonly days: number; readonly bytes: number } {
    // In doubt nothing is deleted.
    const limit = (name: string) => this.read<number>(name, { instead: 0 }) || Infinity;
    return { days: limit('keepRunsDays'), bytes: limit('keepRunsGigabytes') * 1e9 };
  }

  /** Another Node to run the engine with; undefined for VS Code's own. */
  get node(): string | undefined {
    const node = this.absolutePath('node');
    if (node === undefined || isProgram(node)) return node;
    this.refuse('atelier.node', node);
    return undefined;
  }

  /** Folder for models and runs. */
  get storage(): string {
    return this.absolutePath('storage') ?? this.defaultStorage;
  }

  get engine(): EngineSettings {
    const tensorflow = this.absolutePath('tensorflowFolder');
    const card = this.read<string>('cudaCard').trim();
    // The one that VS Code was told to use; "off" means none at all, not even that of the environment.
    const isOff = this.value<string>('http.proxySupport') === 'off';
    const proxy = isOff ? '' : this.value<string>('http.proxy').trim() || undefined;
    const noProxy = this.value<readonly string[]>('http.noProxy');
    return {
      device: this.read<DeviceChoice>('device'),
      threads: this.read<number>('threads'),
      storage: this.storage,
      mirror: fromHome(this.read<string>('mirror').trim()),
      ...(proxy === undefined ? {} : { proxy }),
      ...(noProxy.length === 0 ? {} : { noProxy: [...noProxy] }),
      naming: this.naming,
      ...(tensorflow === undefined ? {} : { tensorflow }),
      ...(card === '' ? {} : { card }),
      precision: this.read<PrecisionChoice>('precision'),
      // English needs none, and has none.
      ...(vscode.l10n.uri?.scheme === 'file'
        ? { language: { tag: vscode.env.language, bundle: vscode.l10n.uri.fsPath } }
        : {}),
    };
  }

  /** Calls back when a setting changes that the running engine must learn of. */
  onDidChangeEngine(listener: () => void): vscode.Disposable {
    const names = ['device', 'threads', 'mirror', 'tensorflowFolder', 'cudaCard', 'precision', ...NAMING].map(
      name => `atelier.${name}`,
    );
    return this.onDidChange([...names, ...Object.keys(foreignSchemas)], listener);
  }

  /** Calls back when the engine must be started anew, or the runs be looked for elsewhere. */
  onDidChangeStorage(listener: () => void): vscode.Disposable {
    return this.onDidChange(['atelier.storage', 'atelier.node'], listener);
  }

  private onDidChange(names: readonly string[], listener: () => void): vscode.Disposable {
    return vscode.workspace.onDidChangeConfiguration(event => {
      if (names.some(name => event.affectsConfiguration(name))) listener();
    });
  }

  private absolutePath(name: string): string | undefined {
    const value = fromHome(this.read<string>(name).trim());
    return value !== '' && path.isAbsolute(value) ? value : undefined;
  }

  /** A value that somebody set, as opposed to the manifest's. */
  private chosen<T>(name: string): T | undefined {
    const { globalValue, workspaceValue, workspaceFolderValue } =
      vscode.workspace.getConfiguration('atelier').inspect<T>(name) ?? {};
    const value = workspaceFolderValue ?? workspaceValue ?? globalValue;
    return value === undefined || this.allows(`atelier.${name}`, value) ? value : undefined;
  }

  private read<T>(name: string, options?: ReadOptions<T>): T {
    return this.value<T>(`atelier.${name}`, options);
  }

  /** @param name in full */
  private value<T>(name: string, { scope, instead }: ReadOptions<T> = {}): T {
    const value: unknown = vscode.workspace.getConfiguration(undefined, scope).get(name);
    return (this.allows(name, value) ? value : (instead ?? this.schemas[name]?.default)) as T;
  }

  private allows(name: string, value: unknown): boolean {
    const schema = this.schemas[name];
    if (schema !== undefined && isAllowed(value, schema)) return true;
    // Of VS Code's own settings some are not known everywhere.
    if (value !== undefined) this.refuse(name, value);
    return false;
  }

  private refuse(name: string, value: unknown): void {
    const told = `${name} ${JSON.stringify(value)}`;
    if (this.refused.has(told)) return;
    this.refused.add(told);
    this.onRefusal(name, value);
  }
}

/** `~` and `~/…` as shells understand them. */
function fromHome(value: string): string {
  return /^~([/\\]|$)/.test(value) ? path.join(os.homedir(), value.slice(1)) : value;
}
