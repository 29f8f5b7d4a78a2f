import * as fs from 'node:fs';
import * as path from 'node:path';
import { encodeImage } from '../../images/encode';
import { isTemporary, writeAtomically, writeJsonAtomically } from '../../common/atomicFile';
import type { FloatImage } from '../../nst/image';
import type { Message } from '../../common/messages';
import type { LossCurve } from './lossCurve';
import { requireFigurePlace } from './figurePlace';
import { folderGone } from './storedFigure';
import { makeFolder } from '../../common/makeFolder';

/** Content and style loss in mean units. */
export interface CellLosses {
  readonly content: number;
  readonly style: number;
}

/** One picture of a figure, with what is printed below it. */
export interface FigurePicture {
  readonly id: string;
  /** Relative to the figure's folder. */
  readonly file: string;
  /** Where rows have names. */
  readonly row?: Message;
  readonly column: Message;
  /** Of a content reconstruction: peak signal-to-noise ratio against the content, in dB. */
  readonly psnr?: number;
  /** Of a reconstruction: final loss over that of the white noise. */
  readonly relativeLoss?: number;
  /** Of a cell of a grid: its content and its style loss, each the mean over its own layers. */
  readonly losses?: CellLosses;
  /** Its name in the index on the disk. */
  readonly course?: LossCurve;
}

interface FigureIndex {
  /** What was asked; another request in the same folder begins anew. */
  readonly request: string;
  readonly pictures: readonly FigurePicture[];
}

const INDEX = 'figure.json';
/** Pictures that are not finished, exactly as the work goes on from them. */
const DRAFTS = 'drafts';
/** The files of drafts, and what is left of one that was being written when the work was killed. */
const draftName = /^cell-\d+-\d+\.(png|json)$/;

/**
 * The folder of a figure: every finished picture as a file, and an index of them. Whatever interrupts the work, a
 * picture that is in the index is whole and is not made again.
 */
export class FigureFolder {
  private readonly pictures: Map<string, FigurePicture>;

  /**
   * @param folder is created when it is missing
   * @param request everything that the pictures depend on
   * @throws `write-failed`, also for a folder that holds anything but a figure
   */
  constructor(
    readonly folder: string,
    private readonly request: string,
  ) {
    requireFigurePlace(folder);
    makeFolder(folder);
    this.removeTemporaries();
    const index = readJson(this.at(INDEX)) as FigureIndex | undefined;
    const isSame = index?.request === request;
    const known = isSame ? index.pictures : [];
    this.pictures = new Map(
      known.filter(({ file }) => fs.existsSync(this.at(file))).map(one => [one.id, one]),
    );
    if (isSame) return;
    this.removeDrafts();
    this.writeIndex();
  }

  find(id: string): FigurePicture | undefined {
    return this.pictures.get(id);
  }

  at(file: string): string {
    return path.join(this.folder, file);
  }

  /** Saves a finished picture and notes it in the index. */
  async add(picture: Omit<FigurePicture, 'file'>, image: FloatImage): Promise<FigurePicture> {
    const saved = { ...picture, file: `${picture.id}.png` };
    writeAtomically(this.at(saved.file), [await encodeImage(image, { format: 'png' })]);
    this.pictures.set(saved.id, saved);
    this.writeIndex();
    for (const file of [this.draftFile(saved.id), this.lossCurveFile(saved.id)])
      fs.rmSync(file, { force: true });
    return saved;
  }

  /** The file of a draft that an interrupted work left, unless its picture is finished. */
  draftOf(id: string): string | undefined {
    const file = this.draftFile(id);
    return this.pictures.has(id) || !fs.existsSync(file) ? undefined : file;
  }

  /** How a draft came about; undefined when nobody knows. */
  lossCurveOfDraft(id: string): LossCurve | undefined {
    return readJson(this.lossCurveFile(id)) as LossCurve | undefined;
  }

  /** Keeps a draft until its picture is added; meanwhile it is also seen under the picture's name. */
  addDraft(id: string, png: Uint8Array, lossCurve: LossCurve): void {
    // Nothing comes back that was deleted.
    if (!fs.existsSync(this.folder)) throw folderGone(this.folder);
    makeFolder(this.at(DRAFTS));
    writeJsonAtomically(this.lossCurveFile(id), lossCurve);
    writeAtomically(this.draftFile(id), [png]);
    writeAtomically(this.at(`${id}.png`), [png]);
  }

  /** Drops what was only needed to go on with. */
  close(): void {
    this.removeDrafts();
  }

  /** What was being written when the work was killed; only one at a time works on a figure. */
  private removeTemporaries(): void {
    for (const name of fs.readdirSync(this.folder).filter(isTemporary))
      fs.rmSync(this.at(name), { force: true });
  }

  /** Removes the drafts, and their folder unless somebody keeps other things there. */
  private removeDrafts(): void {
    const folder = this.at(DRAFTS);
    if (!fs.existsSync(folder)) return;
    const names = fs.readdirSync(folder);
    const own = names.filter(name => draftName.test(name) || isTemporary(name));
    for (const name of own) fs.rmSync(path.join(folder, name), { force: true });
    if (own.length === names.length) fs.rmdirSync(folder);
  }

  private draftFile(id: string): string {
    return this.at(path.join(DRAFTS, `${id}.png`));
  }

  private lossCurveFile(id: string): string {
    return this.at(path.join(DRAFTS, `${id}.json`));
  }

  private writeIndex(): void {
    const index: FigureIndex = { request: this.request, pictures: [...this.pictures.values()] };
    writeJsonAtomically(this.at(INDEX), index);
  }
}

/** `undefined` for a file that is missing or no JSON. */
function readJson(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
