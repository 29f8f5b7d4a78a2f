/**
 * A picture as the algorithm sees it: planar RGB (all reds, then greens, then blues), row-major,
 * sRGB-encoded, nominally in [0, 1]. While it is being optimized, values may leave that range.
 */
export interface FloatImage {
  readonly width: number;
  readonly height: number;
  /** 3 · height · width values. */
  readonly data: Float32Array;
}

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}
