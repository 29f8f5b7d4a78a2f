import type { Size } from '../../nst/image';

/** Pictures one after the other, as they are encoded. */
export interface Film extends Size {
  /** Each as 8-bit RGB, row by row: width · height · 3 bytes. */
  readonly pictures: readonly Uint8Array[];
  /** For how long each is shown, in milliseconds; the last one longer by `hold`. */
  readonly delay: number;
  /** Milliseconds. */
  readonly hold: number;
}
