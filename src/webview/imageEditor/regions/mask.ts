/** A region's mask as it is painted: 255 is inside. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  /** height · width values, row by row, 0 … 255. */
  readonly data: Uint8Array;
}

/** A part of a mask in whole pixels; `right` and `bottom` are just outside. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Longest side of a mask in pixels: finer edges than this are lost in the painting anyway. */
const LONGEST = 2048;

/** A mask for an image of the size, with nothing inside. */
export function emptyMask({ width, height }: { readonly width: number; readonly height: number }): Mask {
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  const size = { width: side(width), height: side(height) };
  return { ...size, data: new Uint8Array(size.width * size.height) };
}

export function wholeOf({ width, height }: Mask): Rect {
  return { left: 0, top: 0, right: width, bottom: height };
}

export function isEmpty({ data }: Mask): boolean {
  return data.every(value => value === 0);
}

/** The smallest rectangle with both in it. */
export function union(a: Rect | undefined, b: Rect): Rect {
  if (a === undefined) return b;
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

/**
 * Draws a round brush along a line into the mask, with an edge of one pixel.
 * @param radius in pixels of the mask
 * @returns what may have changed
 */
export function stroke(mask: Mask, from: Point, to: Point, radius: number, erase: boolean): Rect {
  const { width, height, data } = mask;
  const reach = radius + 1;
  const inside = (value: number, end: number) => Math.min(end, Math.max(0, value));
  const rect = {
    left: inside(Math.floor(Math.min(from.x, to.x) - reach), width),
    top: inside(Math.floor(Math.min(from.y, to.y) - reach), height),
    right: inside(Math.ceil(Math.max(from.x, to.x) + reach), width),
    bottom: inside(Math.ceil(Math.max(from.y, to.y) + reach), height),
  };
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length2 = dx * dx + dy * dy;
  for (let y = rect.top; y < rect.bottom; y++) {
    for (let x = rect.left; x < rect.right; x++) {
      // The middle of the pixel, from the start of the line.
      const [px, py] = [x + 0.5 - from.x, y + 0.5 - from.y];
      const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length2));
      const distance = Math.hypot(px - along * dx, py - along * dy);
      const cover = Math.round(255 * Math.min(1, Math.max(0, radius + 0.5 - distance)));
      if (cover === 0) continue;
      const at = y * width + x;
      data[at] = erase ? Math.min(data[at]!, 255 - cover) : Math.max(data[at]!, cover);
    }
  }
  return rect;
}

/**
 * Adds to the mask what has the colour at a point.
 * @param pixels RGBA of the image at the size of the mask
 * @param tolerance how far each channel may be away, 0 … 255
 * @param everywhere also what does not hang together with the point
 */
export function fillByColor(
  mask: Mask,
  pixels: Uint8ClampedArray,
  { x, y }: Point,
  tolerance: number,
  everywhere: boolean,
): void {
  const { width, height, data } = mask;
  const start = Math.floor(y) * width + Math.floor(x);
  const channels = [0, 1, 2] as const;
  const color = channels.map(channel => pixels[4 * start + channel]!);
  const isAlike = (at: number) =>
    channels.every(channel => Math.abs(pixels[4 * at + channel]! - color[channel]!) <= tolerance);
  if (everywhere) {
    for (let at = 0; at < data.length; at++) if (isAlike(at)) data[at] = 255;
    return;
  }
  const seen = new Uint8Array(data.length);
  const waiting = [start];
  seen[start] = 1;
  const visit = (at: number) => {
    if (seen[at] === 1) return;
    seen[at] = 1;
    if (isAlike(at)) waiting.push(at);
  };
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    data[at] = 255;
    const column = at % width;
    if (column > 0) visit(at - 1);
    if (column < width - 1) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at < width * (height - 1)) visit(at + width);
  }
}

export function invert({ data }: Mask): void {
  for (let at = 0; at < data.length; at++) data[at] = 255 - data[at]!;
}

/** Softens the edges: two box blurs, which are a tent of 2 · radius to either side. Outside, the border goes on. */
export function feather(mask: Mask, radius: number): void {
  const { width, height, data } = mask;
  for (let pass = 0; pass < 2; pass++) {
    for (let y = 0; y < height; y++) blur(data, y * width, 1, width, radius);
    for (let x = 0; x < width; x++) blur(data, x, width, height, radius);
  }
}

/** The mean over `radius` to either side, along one row or column. */
function blur(data: Uint8Array, start: number, step: number, count: number, radius: number): void {
  const line = Uint8Array.from({ length: count }, (_, i) => data[start + i * step]!);
  const at = (i: number) => line[Math.min(count - 1, Math.max(0, i))]!;
  let sum = 0;
  for (let i = -radius; i <= radius; i++) sum += at(i);
  for (let i = 0; i < count; i++) {
    data[start + i * step] = Math.round(sum / (2 * radius + 1));
    sum += at(i + radius + 1) - at(i - radius);
  }
}
