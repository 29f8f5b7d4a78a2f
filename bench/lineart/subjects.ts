import * as fs from 'node:fs';
import * as path from 'node:path';
import { readImage } from '../../src/images/decode';
import { encodeImage } from '../../src/images/encode';
import { fitLongestSide } from '../../src/images/size';
import { inkDrawing } from './drawing';

const root = path.resolve(__dirname, '../..');

/** A drawing and something that is none, and which of both is the content. */
export interface Pair {
  readonly name: string;
  readonly drawing: 'content' | 'style';
  /** Paths from the root of the repository. */
  readonly files: readonly [content: string, style: string];
}

/** Photographs that are drawn in ink before anything is painted. */
const PHOTOGRAPHS = {
  'still-life': 'media/samples/still-life.jpg',
  tuebingen: '../shared/images/content/tuebingen.jpg',
} as const;

const inked = (name: keyof typeof PHOTOGRAPHS): string => `out/lineart/ink-${name}.png`;

export const PAIRS: readonly Pair[] = [
  {
    name: 'ink still life × watercolour',
    drawing: 'content',
    files: [inked('still-life'), 'media/swatches/watercolour.jpg'],
  },
  {
    name: 'ink Tübingen × Starry Night',
    drawing: 'content',
    files: [inked('tuebingen'), '../shared/images/style/starry-night.jpg'],
  },
  {
    name: 'woodcut × wave',
    drawing: 'content',
    files: ['media/swatches/woodcut.jpg', 'media/swatches/wave.jpg'],
  },
  {
    name: 'still life × ink Tübingen',
    drawing: 'style',
    files: ['media/samples/still-life.jpg', inked('tuebingen')],
  },
  {
    name: 'Louvre × woodcut',
    drawing: 'style',
    files: ['../shared/images/content/louvre.jpg', 'media/swatches/woodcut.jpg'],
  },
];

/** Draws the photographs in ink, at twice the size of the paintings at most. */
export async function drawSubjects(): Promise<void> {
  fs.mkdirSync(path.join(root, 'out/lineart'), { recursive: true });
  for (const [name, file] of Object.entries(PHOTOGRAPHS)) {
    const photograph = await readImage(path.resolve(root, file));
    const drawing = inkDrawing(await photograph.at(fitLongestSide(photograph, 512)));
    const png = await encodeImage(drawing, { format: 'png' });
    fs.writeFileSync(path.resolve(root, inked(name as keyof typeof PHOTOGRAPHS)), png);
  }
}
