/** The inks of the print, and its scale. */
import { hex } from '../../color.mjs';

// The picture's own coordinates: x in [0, 1.25], y in [0, 1] downwards.
export const DEEP = hex('#1b3560');

export const PRUSSIAN = hex('#2a5186');

export const MIDDLE = hex('#5f92b4');

export const PALE = hex('#b4d0d0');

export const FOAM = hex('#f6efdd');

export const LINE = hex('#13223f');

export const scaledBy = (path, s) => path.map(([x, y]) => [x * s, y * s]);
