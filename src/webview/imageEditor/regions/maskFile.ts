import type { Mask } from './mask';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The mask as an opaque PNG in greys. */
export async function encodeMask({ width, height, data }: Mask): Promise<Uint8Array<ArrayBuffer>> {
  const pixels = new ImageData(width, height);
  for (let at = 0; at < data.length; at++) {
    pixels.data.fill(data[at]!, 4 * at, 4 * at + 3);
    pixels.data[4 * at + 3] = 255;
  }
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  const png = await canvas.convertToBlob({ type: 'image/png' });
  return new Uint8Array(await png.arrayBuffer());
}

/** A mask from a file at another size: its opacity where it has transparent pixels, else its lightness. */
export async function decodeMask(file: Uint8Array, size: Size): Promise<Mask> {
  const picture = await createImageBitmap(new Blob([Uint8Array.from(file)]));
  const pixels = pixelsOf(picture, size);
  picture.close();
  const data = new Uint8Array(size.width * size.height);
  let isOpaque = true;
  for (let at = 3; at < pixels.length; at += 4) isOpaque &&= pixels[at] === 255;
  for (let at = 0; at < data.length; at++) {
    const [red, green, blue, alpha] = pixels.subarray(4 * at, 4 * at + 4);
    data[at] = isOpaque ? Math.round(0.2126 * red! + 0.7152 * green! + 0.0722 * blue!) : alpha!;
  }
  return { width: size.width, height: size.height, data };
}

/** RGBA of a picture at an address, at another size. */
export async function readPixels(uri: string, size: Size): Promise<Uint8ClampedArray> {
  const image = new Image();
  // Without it the canvas is tainted, since resources come from another origin than the page.
  image.crossOrigin = 'anonymous';
  image.src = uri;
  await image.decode();
  return pixelsOf(image, size);
}

function pixelsOf(picture: CanvasImageSource, { width, height }: Size): Uint8ClampedArray {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas');
  context.drawImage(picture, 0, 0, width, height);
  return context.getImageData(0, 0, width, height).data;
}
