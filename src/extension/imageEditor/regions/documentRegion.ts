import type { Style } from '../../../recipe/style';

/** A region while it is edited. */
export interface DocumentRegion {
  /** Tells it from others as long as the document is open. */
  readonly id: string;
  readonly keep: boolean;
  /** What it is painted in unless it is kept. */
  readonly styles: readonly Style[];
  /** An image file: white is inside. Undefined while nothing is painted: such a region is not written. */
  readonly mask: Uint8Array | undefined;
  /** As the recipe has it; the editor does not show it. */
  readonly weight?: number | undefined;
  readonly styleMask?: string | undefined;
}

/** A mask on disk as Atelier last wrote or read it. */
export interface MaskFile {
  /** Absolute path. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** What is known of the files of an image's regions. */
export interface RegionFiles {
  /** Absolute path of the recipe that has them; undefined while there is none. */
  readonly recipe: string | undefined;
  /** By the region's id. */
  readonly masks: ReadonlyMap<string, MaskFile>;
}

/** The regions that have something inside. */
export function isPainted(region: DocumentRegion): region is DocumentRegion & { readonly mask: Uint8Array } {
  return region.mask !== undefined;
}
