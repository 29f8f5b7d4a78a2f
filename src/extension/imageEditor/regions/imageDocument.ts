import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { writeAtomically } from '../../../common/atomicFile';
import { makeFolder } from '../../../common/makeFolder';
import type { EditedRegion, RegionInfo } from '../../../protocol/imageEditor';
import type { Region } from '../../../recipe/region';
import { styleName } from '../../stylize/styleName';
import { readBackup, writeBackup } from './backup';
import { isPainted, type DocumentRegion, type RegionFiles } from './documentRegion';
import { readRegions } from './readRegions';
import { writeRegions } from './writeRegions';

/** Regions before and after an edit, which VS Code undoes and does again. */
export interface RegionsEdit {
  readonly before: readonly DocumentRegion[];
  readonly after: readonly DocumentRegion[];
}

/**
 * An image as VS Code's editors know it, with the regions that its editors paint. The image is never written: saving writes
 * masks and a recipe beside it.
 */
export class ImageDocument implements vscode.CustomDocument {
  private readonly changes = new vscode.EventEmitter<unknown>();
  private readonly edits = new vscode.EventEmitter<RegionsEdit>();
  /** Called with who has changed the regions, where an editor has. */
  readonly onDidChange = this.changes.event;
  readonly onDidEdit = this.edits.event;
  private files: RegionFiles = { recipe: undefined, masks: new Map() };
  private current: readonly DocumentRegion[] = [];

  private constructor(
    readonly uri: vscode.Uri,
    /** Absolute path. */
    readonly file: string,
  ) {}

  /**
   * @param backup absolute path of what a hot exit has left
   */
  static async open(uri: vscode.Uri, file: string, backup: string | undefined): Promise<ImageDocument> {
    const document = new ImageDocument(uri, file);
    await document.revert();
    if (backup !== undefined) {
      const { regions, files } = readBackup(backup);
      document.current = regions;
      document.files = files;
    }
    return document;
  }

  /** What pages show of the regions. */
  get infos(): readonly RegionInfo[] {
    return this.current.map(({ id, keep, styles, mask }) => ({
      id,
      keep,
      label: keep ? '' : styles.map(({ image }) => styleName(image)).join(' + '),
      ...(mask === undefined ? {} : { mask }),
    }));
  }

  /** Takes over what an editor has painted. */
  edit(edited: readonly EditedRegion[], by: unknown): void {
    const before = new Map(this.current.map(region => [region.id, region]));
    const regions = edited.map(({ id, keep, mask }): DocumentRegion => {
      const { styles = [], ...rest } = before.get(id) ?? {};
      return { ...rest, id, keep: keep || styles.length === 0, styles, mask };
    });
    this.change(regions, by);
  }

  /** Has a region painted in the blend of the styles. */
  setStyles(id: string, images: readonly string[]): void {
    const styles = images.map(image => ({ image, weight: 1 }));
    this.change(
      this.current.map(region =>
        // A mask of one style image says nothing about another.
        region.id === id ? { ...region, keep: false, styles, styleMask: undefined } : region,
      ),
    );
  }

  /** Goes back or forth to other regions: undo and redo. */
  show(regions: readonly DocumentRegion[]): void {
    this.current = regions;
    this.changes.fire(undefined);
  }

  /** As they are on disk. */
  async revert(): Promise<void> {
    const { regions, files } = await this.fromDisk();
    this.files = files;
    this.show(regions);
  }

  /** @param style what the rest is painted in, where there is no recipe yet */
  save(style: string): void {
    const { file: image, current: regions, files } = this;
    this.files = writeRegions({ image, regions, files, style });
  }

  /** Writes another recipe with masks of its own. */
  saveAs(style: string, saveAs: string): void {
    const { file: image, current: regions, files } = this;
    writeRegions({ image, regions, files, style, saveAs });
  }

  backup(file: string): void {
    makeFolder(path.dirname(file));
    writeBackup(file, this.current, this.files);
  }

  /**
   * The regions for a painting. Masks go, by their content, into a folder of the storage: what is painted needs no saving
   * before, and what is saved later does not change a run that is to be resumed.
   */
  forPainting(folder: string): readonly Region[] {
    return this.current.filter(isPainted).map(({ keep, styles, mask, weight = 1, styleMask }): Region => {
      const name = crypto.createHash('sha256').update(mask).digest('hex').slice(0, 32);
      const file = path.join(folder, `${name}.png`);
      makeFolder(folder);
      if (!fs.existsSync(file)) writeAtomically(file, [mask]);
      if (keep) return { mask: file, keep };
      return {
        mask: file,
        styles: [...styles],
        weight,
        ...(styleMask === undefined ? {} : { styleMask }),
      };
    });
  }

  dispose(): void {
    this.changes.dispose();
    this.edits.dispose();
  }

  private change(after: readonly DocumentRegion[], by?: unknown): void {
    const before = this.current;
    this.current = after;
    this.changes.fire(by);
    this.edits.fire({ before, after });
  }

  /** A recipe is read only where the person trusts the folder. */
  private fromDisk(): ReturnType<typeof readRegions> {
    return vscode.workspace.isTrusted
      ? readRegions(this.file)
      : Promise.resolve({ regions: [], files: { recipe: undefined, masks: new Map() } });
  }
}
