import * as fs from 'node:fs';
import * as path from 'node:path';
import sharp from 'sharp';
import { readImage } from '../../src/images/decode';
import { encodeImage } from '../../src/images/encode';
import { fitLongestSide } from '../../src/images/size';
import { inkDrawing } from '../lineart/drawing';

const root = path.resolve(__dirname, '../..');
/** What the bench makes: sources and paintings. */
export const folder = path.join(root, 'out/pictures');

/**
 * Content and style, from the root of the repository. Photographs that no folder here has come from two packages of
 * PyPI: scikit-image (the astronaut, the photographer, the cup) and scikit-learn (the temple).
 */
export const PAIRS: Readonly<Record<string, readonly [content: string, style: string]>> = {
  'tuebingen-starry-night': [
    '../shared/images/content/tuebingen.jpg',
    '../shared/images/style/starry-night.jpg',
  ],
  'louvre-great-wave': ['../shared/images/content/louvre.jpg', '../shared/images/style/great-wave.jpg'],
  'great-wall-monet': ['../shared/images/content/great-wall.jpg', '../shared/images/style/monet.jpg'],
  'still-life-impasto': ['media/samples/still-life.jpg', 'media/swatches/impasto.jpg'],
  'astronaut-woodcut': ['out/pictures/sources/astronaut.png', 'media/swatches/woodcut.jpg'],
  'photographer-night-cafe': ['out/pictures/sources/camera.png', '../shared/images/style/night-cafe.jpg'],
  'landscape-ink': ['media/samples/landscape.jpg', 'media/swatches/ink-wash.jpg'],
  'temple-mosaic': ['out/pictures/sources/china.jpg', 'media/swatches/mosaic.jpg'],
  'sketch-wave': ['out/pictures/sources/sketch.png', 'media/swatches/wave.jpg'],
  'icon-stained-glass': ['out/pictures/sources/icon.png', 'media/swatches/stained-glass.jpg'],
  'still-life-photograph': ['media/samples/still-life.jpg', 'out/pictures/sources/coffee.png'],
};

const FROM_PACKAGES = ['astronaut.png', 'camera.png', 'coffee.png', 'china.jpg'];

/** Makes the sources that are drawn, and says which photographs are missing. */
export async function makeSources(): Promise<void> {
  const sources = path.join(folder, 'sources');
  fs.mkdirSync(sources, { recursive: true });
  const missing = FROM_PACKAGES.filter(name => !fs.existsSync(path.join(sources, name)));
  if (missing.length > 0)
    throw new Error(`put ${missing.join(', ')} into ${sources}: bench/pictures.md says where they are from`);
  const photograph = await readImage(path.resolve(root, PAIRS['tuebingen-starry-night']![0]));
  const sketch = inkDrawing(await photograph.at(fitLongestSide(photograph, 512)));
  fs.writeFileSync(path.join(sources, 'sketch.png'), await encodeImage(sketch, { format: 'png' }));
  await sharp(path.join(root, 'media/icon.svg'), { density: 300 })
    .resize(512, 512)
    .flatten({ background: 'white' })
    .toFile(path.join(sources, 'icon.png'));
}

/** A pair's images as every program gets them: the content at its final size, the style as it is. */
export async function prepared(pair: string, size: number): Promise<{ content: string; style: string }> {
  const [content, style] = PAIRS[pair]!.map(file => path.resolve(root, file)) as [string, string];
  const file = path.join(folder, 'contents', `${pair}-${size}.png`);
  if (!fs.existsSync(file)) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const image = await readImage(content);
    fs.writeFileSync(file, await encodeImage(await image.at(fitLongestSide(image, size)), { format: 'png' }));
  }
  return { content: file, style };
}
