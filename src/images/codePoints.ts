import { msg, type Message } from '../common/messages';
import { type Primaries, srgbPrimaries, type Transfer } from './icc';

const { white: d65 } = srgbPrimaries;

/** Primaries by their number in ITU-T H.273, table 2, where they are not sRGB's. */
const primariesByNumber: Record<number, Primaries> = {
  4: { red: [0.67, 0.33], green: [0.21, 0.71], blue: [0.14, 0.08], white: [0.31, 0.316] },
  5: { red: [0.64, 0.33], green: [0.29, 0.6], blue: [0.15, 0.06], white: d65 },
  6: { red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07], white: d65 },
  7: { red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07], white: d65 },
  9: { red: [0.708, 0.292], green: [0.17, 0.797], blue: [0.131, 0.046], white: d65 },
  11: { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white: [0.314, 0.351] },
  12: { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white: d65 },
  22: { red: [0.63, 0.34], green: [0.295, 0.605], blue: [0.155, 0.077], white: d65 },
};

/** 1 is BT.709, 2 unspecified. */
const asSrgb: ReadonlySet<number> = new Set([1, 2]);

/**
 * Curves by their number in H.273, table 3. Those of standard video are made for screens that show sRGB, and every
 * viewer takes them for its curve.
 */
const transfers: Record<number, Transfer> = {
  ...{ 1: 'srgb', 2: 'srgb', 6: 'srgb', 13: 'srgb', 14: 'srgb', 15: 'srgb' },
  ...{ 4: 2.2, 5: 2.8, 8: 1 },
};

/** What the code points of H.273 in a PNG or AVIF say of its colours. */
export type CodedColours =
  | { readonly kind: 'srgb' }
  | { readonly kind: 'other'; readonly primaries: Primaries; readonly transfer: Transfer }
  /** In words, what cannot be converted: "Atelier does not support …". */
  | { readonly kind: 'unsupported'; readonly what: Message };

/** The colours of code points of H.273. */
export function codedColours(primaries: number, transfer: number): CodedColours {
  if (transfer === 16 || transfer === 18)
    return { kind: 'unsupported', what: msg`high dynamic range pictures (HDR)` };
  const found = asSrgb.has(primaries) ? srgbPrimaries : primariesByNumber[primaries];
  const curve = transfers[transfer];
  if (found === undefined || curve === undefined)
    return { kind: 'unsupported', what: msg`colours with the code points ${primaries} and ${transfer}` };
  if (found === srgbPrimaries && curve === 'srgb') return { kind: 'srgb' };
  return { kind: 'other', primaries: found, transfer: curve };
}
