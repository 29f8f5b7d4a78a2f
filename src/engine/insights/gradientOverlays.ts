import * as fs from 'node:fs';
import * as path from 'node:path';
import { encodeImage } from '../../images/encode';
import { writeAtomically, writeJsonAtomically } from '../../common/atomicFile';
import type { FloatImage } from '../../nst/image';
import { magnitude } from '../../nst/magnitude';
import type { Strengths } from '../../nst/objective';
import { strengthsOfTerm, type LayerTerm } from './layerTerm';

/** On the disk since the first version. */
const FOLDER = 'pulls';
const INDEX = 'index.json';
/** An index that names any other file is none: what it names is removed in its time. */
const ownFile = /^pulls\/[\w-]+\.png$/;

/** Which pictures there are, and of which step. */
interface Index {
  readonly step: number;
  /** Relative to the job folder, with forward slashes, by the term's key. */
  readonly files: Readonly<Record<string, string>>;
}

/** Gives the gradient of the objective under some strengths; undefined when there is none now. */
export type GradientOf = (strengths: Strengths) => Promise<FloatImage | undefined>;

/** The gradient of each term of the objective: one overlay a term, kept in the job's folder. */
export class GradientOverlays {
  private files: Map<string, string>;
  private drawnStep: number | undefined;

  /** @param folder of the job; what an earlier look has drawn there is taken over */
  constructor(
    private readonly folder: string,
    private readonly terms: readonly LayerTerm[],
  ) {
    const known = readIndex(folder);
    this.files = new Map(Object.entries(known?.files ?? {}));
    this.drawnStep = known?.step;
  }

  /** The step whose overlays are all there, if any. */
  get step(): number | undefined {
    return this.drawnStep;
  }

  /** A PNG in the job's folder, transparent where the gradient is small. */
  fileOf(term: LayerTerm): string | undefined {
    return this.files.get(keyOf(term));
  }

  /** Draws the overlay of one term after the other, and yields each; ends early when there is no gradient. */
  async *draw(step: number, gradientOf: GradientOf): AsyncGenerator<LayerTerm, void, undefined> {
    fs.mkdirSync(path.join(this.folder, FOLDER), { recursive: true });
    const before = new Set(this.files.values());
    for (const term of this.terms) {
      const gradient = await gradientOf(strengthsOfTerm(term));
      if (gradient === undefined) return;
      const file = `${FOLDER}/${keyOf(term)}-${step}.png`;
      writeAtomically(path.join(this.folder, file), [await overlay(gradient)]);
      this.files.set(keyOf(term), file);
      yield term;
    }
    this.drawnStep = step;
    const index: Index = { step, files: Object.fromEntries(this.files) };
    writeJsonAtomically(path.join(this.folder, FOLDER, INDEX), index);
    for (const file of this.files.values()) before.delete(file);
    for (const file of before) fs.rmSync(path.join(this.folder, file), { force: true });
  }
}

function keyOf({ of, layer }: LayerTerm): string {
  return `${of}-${layer}`;
}

/** A warm tint; the opacity tells. */
function overlay(gradient: FloatImage): Promise<Buffer> {
  const { width, height } = gradient;
  const area = width * height;
  const data = new Float32Array(3 * area).fill(1, 0, area).fill(0.45, area, 2 * area);
  return encodeImage({ width, height, data }, { format: 'png', alpha: magnitude(gradient) });
}

/** What an earlier look has drawn; undefined when there was none, or when it is not all there. */
function readIndex(folder: string): Index | undefined {
  try {
    const index = JSON.parse(fs.readFileSync(path.join(folder, FOLDER, INDEX), 'utf8')) as Index;
    const isThere = Object.values(index.files).every(
      file => ownFile.test(file) && fs.existsSync(path.join(folder, file)),
    );
    return isThere ? index : undefined;
  } catch {
    return undefined;
  }
}
