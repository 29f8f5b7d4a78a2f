import sharp from 'sharp';
import type { TiffCoding } from './coding';
import { type Tag, tags } from './directory';
import { type Entry, withDirectories } from './write';

/** The strips or tiles of one plane (all channels, or one of them), unpacked and one below the other. */
export interface Chunks {
  readonly bytes: Buffer;
  /** Size of a strip or tile in pixels; the last strip may have fewer rows. */
  readonly width: number;
  readonly height: number;
  /** Strips or tiles beside each other. */
  readonly across: number;
  /** Bytes of a row, and rows of pixels that it holds: more than one where colours are subsampled. */
  readonly rowBytes: number;
  readonly rowsEach: number;
}

/**
 * Unpacks the bytes of every plane. libtiff does it, told that they are pictures in 8-bit grey as wide as the bytes
 * of a row: so every compression of bytes is read, and nothing is guessed about what the bytes mean.
 *
 * @throws Error for damage
 */
export async function* planesOf(coding: TiffCoding): AsyncGenerator<Chunks> {
  const { directory, planar, channels, height } = coding;
  const layout = layoutOf(coding);
  const planes = planar ? channels : 1;
  const perPlane = layout.across * Math.ceil(height / layout.height);
  const rows = (coding.tiled ? perPlane * layout.height : height) / layout.rowsEach;
  const rowsPerChunk = layout.height / layout.rowsEach;
  const offsets = directory.numbers(coding.tiled ? tags.tileOffsets : tags.stripOffsets) ?? [];
  const counts = countsOf(coding, layout, offsets.length);
  if (offsets.length < planes * perPlane || counts.length < planes * perPlane)
    throw new Error('strips are missing');
  const pages = Array.from({ length: planes }, (_, plane): Entry[] => {
    const part = (values: readonly number[]) => values.slice(plane * perPlane, (plane + 1) * perPlane);
    return [
      [tags.width, 'long', [layout.rowBytes]],
      [tags.height, 'long', [Math.ceil(rows)]],
      [tags.bits, 'short', [8]],
      [tags.compression, 'short', [coding.compression]],
      [tags.photometric, 'short', [1]],
      [tags.fillOrder, 'short', directory.numbers(tags.fillOrder) ?? [1]],
      [tags.stripOffsets, 'long', part(offsets)],
      [tags.samplesPerPixel, 'short', [1]],
      [tags.rowsPerStrip, 'long', [Math.min(Math.ceil(rowsPerChunk), Math.ceil(rows))]],
      [tags.stripByteCounts, 'long', part(counts)],
    ];
  });
  const carrier = withDirectories(directory.file, pages);
  for (const page of pages.keys()) {
    const bytes = await sharp(carrier, { page, failOn: 'error', limitInputPixels: false })
      .toColourspace('b-w')
      .raw()
      .toBuffer();
    yield { ...layout, bytes };
  }
}

function layoutOf({ directory, width, height, bits, channels, planar, tiled, subsampling }: TiffCoding) {
  const first = (tag: Tag, otherwise: number) => directory.numbers(tag)?.[0] ?? otherwise;
  const across = tiled ? first(tags.tileWidth, 0) : width;
  const down = tiled ? first(tags.tileHeight, 0) : Math.min(height, first(tags.rowsPerStrip, height));
  if (![across, down].every(side => Number.isInteger(side) && side >= 1))
    throw new Error('strips without rows');
  const [h, v] = subsampling;
  const each = planar ? 1 : channels;
  const units = h * v > 1;
  return {
    width: across,
    height: down,
    across: Math.ceil(width / across),
    rowBytes: units ? Math.ceil(across / h) * (h * v + 2) : Math.ceil((across * each * bits) / 8),
    rowsEach: units ? v : 1,
  };
}

/** Old writers leave the lengths out where they can be computed. */
function countsOf(
  { directory, tiled, compression, height }: TiffCoding,
  layout: ReturnType<typeof layoutOf>,
  chunks: number,
): readonly number[] {
  const counts = directory.numbers(tiled ? tags.tileByteCounts : tags.stripByteCounts);
  if (counts || compression !== 1) return counts ?? [];
  const perPlane = Math.ceil(height / layout.height);
  return Array.from({ length: chunks }, (_, i) => {
    const rows = tiled ? layout.height : Math.min(layout.height, height - (i % perPlane) * layout.height);
    return Math.ceil(rows / layout.rowsEach) * layout.rowBytes;
  });
}
