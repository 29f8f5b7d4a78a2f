import sharp, { type Sharp } from 'sharp';

const size = { width: 40, height: 28 };

/** A picture of ramps; `channels` 4 has an opacity that rises. */
function ramps(channels: 1 | 3 | 4): Sharp {
  const { width, height } = size;
  const samples = Buffer.alloc(channels * width * height);
  for (let i = 0; i < samples.length; i++) {
    const pixel = Math.floor(i / channels);
    samples[i] = (40 * (i % channels) + 5 * (pixel % width) + 3 * Math.floor(pixel / width)) % 256;
  }
  return sharp(samples, { raw: { ...size, channels } });
}

const wide = (channels: 1 | 3 | 4) => ramps(channels).toColourspace(channels === 1 ? 'grey16' : 'rgb16');

/** Frames of an animation, one below the other. */
const film = () => ramps(4).extend({ bottom: size.height, background: 'red' });

const codings: Readonly<Record<string, () => Sharp>> = {
  'rgb.png': () => ramps(3).png(),
  'rgba-interlaced.png': () => ramps(4).png({ progressive: true }),
  'palette.png': () => ramps(4).png({ palette: true, colours: 16 }),
  'grey.png': () => ramps(1).toColourspace('b-w').png(),
  'wide.png': () => wide(3).png(),
  'profile.png': () => ramps(3).withIccProfile('p3').png(),
  'exif.jpg': () =>
    ramps(3)
      .withExif({ IFD0: { Orientation: '6', Artist: 'nobody' } })
      .jpeg(),
  'progressive.jpg': () => ramps(3).jpeg({ progressive: true, chromaSubsampling: '4:4:4' }),
  'cmyk.jpg': () => ramps(3).toColourspace('cmyk').jpeg(),
  'grey.jpg': () => ramps(1).toColourspace('b-w').jpeg(),
  'xmp.jpg': () => ramps(3).withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>').jpeg(),
  'lossy.webp': () => ramps(4).webp(),
  'lossless.webp': () => ramps(3).webp({ lossless: true }),
  'film.webp': () => film().webp({ loop: 2 }),
  'picture.gif': () => ramps(3).gif(),
  'alpha.gif': () => ramps(4).gif({ interFrameMaxError: 4 }),
  'plain.tif': () => ramps(3).tiff({ compression: 'none' }),
  'lzw.tif': () => ramps(4).tiff({ compression: 'lzw', predictor: 'horizontal' }),
  'deflate.tif': () => wide(3).tiff({ compression: 'deflate' }),
  'jpeg.tif': () => ramps(3).tiff({ compression: 'jpeg' }),
  'fax.tif': () => ramps(1).toColourspace('b-w').threshold().tiff({ compression: 'ccittfax4', bitdepth: 1 }),
  'tiled.tif': () => ramps(3).tiff({ tile: true, tileWidth: 16, tileHeight: 16, compression: 'packbits' }),
  'pyramid.tif': () => ramps(3).tiff({ tile: true, tileWidth: 16, tileHeight: 16, pyramid: true }),
  'big.tif': () => ramps(1).tiff({ bigtiff: true, compression: 'deflate' }),
  'cmyk.tif': () => ramps(3).toColourspace('cmyk').tiff({ compression: 'lzw' }),
  'picture.avif': () => ramps(3).avif({ effort: 0 }),
  'alpha.avif': () => ramps(4).avif({ effort: 0, lossless: true }),
};

/** A BMP of 24 bits without compression. */
function bitmap(): Buffer {
  const { width, height } = size;
  const header = Buffer.alloc(54);
  header.write('BM');
  header.writeUInt32LE(54, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  const rows = Buffer.from(Array.from({ length: 3 * width * height }, (_, i) => (7 * i) % 256));
  const file = Buffer.concat([header, rows]);
  file.writeUInt32LE(file.length, 2);
  return file;
}

/** Small pictures of every format that is read, and of some that are not, by their names. */
export async function picturesOfEveryFormat(): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>([
    ['plain.bmp', bitmap()],
    ['drawing.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="28"/>')],
    ['text.png', Buffer.from('no picture at all\n')],
  ]);
  for (const [name, coded] of Object.entries(codings)) files.set(name, await coded().toBuffer());
  return files;
}
