import sharp from 'sharp';

/** Encodes a raster of three channels as JPEG, at the highest quality up to `quality` that fits in `limit` bytes. */
export async function jpeg(raster, { quality = 90, limit = 150_000 } = {}) {
  const raw = { width: raster.width, height: raster.height, channels: 3 };
  for (let q = quality; ; q -= 2) {
    const bytes = await sharp(raster.bytes(), { raw })
      .jpeg({ quality: q, mozjpeg: true, chromaSubsampling: q > 84 ? '4:4:4' : '4:2:0' })
      .toBuffer();
    if (bytes.length <= limit) return bytes;
    if (q < 60) throw new Error(`The picture does not fit in ${limit} bytes.`);
  }
}
