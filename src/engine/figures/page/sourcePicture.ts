import * as path from 'node:path';
import { readImage } from '../../../images/decode';
import { encodeImage } from '../../../images/encode';
import { fitLongestSide } from '../../../images/size';
import { locateStyle } from '../../../recipe/swatches';

/** Longest side of a source in a page, in pixels: it is shown at half of it. */
const SIDE = 448;

/** An image that a figure is made from, as its page has it. */
export interface SourcePicture {
  readonly role: 'content' | 'style';
  readonly name: string;
  /** `data:` URI of a small copy. */
  readonly uri: string;
}

/** @param image a path, or `swatch:ID` */
export async function sourcePicture(role: SourcePicture['role'], image: string): Promise<SourcePicture> {
  const source = await readImage(locateStyle(image));
  const small = await source.at(fitLongestSide(source, SIDE, { name: image }));
  const jpeg = await encodeImage(small, { format: 'jpeg', quality: 88 });
  return {
    role,
    // A page is handed on: where the file lies on this machine is nobody else's business.
    name: path.basename(locateStyle(image)),
    uri: `data:image/jpeg;base64,${jpeg.toString('base64')}`,
  };
}
