import type { Network } from '../../models/network';
import type { Size } from '../../nst/image';
import { kindOf } from '../../nst/terms/kinds';
import { layersOfTerms, type Term } from '../../nst/terms/term';
import { blockOf, LAYERS, type LayerName } from '../../nst/vgg19';

/** The layers that are computed in bands: blocks 1 and 2, whose maps are the largest. */
export const BANDED_LAYERS = LAYERS.filter(layer => blockOf(layer) <= 2);

/** Rows of pixels that become one row after both poolings. */
export const ROWS_PER_POOLED = 4;

/**
 * Rows of its surroundings that a band needs on either side. A pixel's gradient reads what flows at rows up to 7 px
 * away, and the activations there read rows 7 px further.
 */
const HALO = 16;

/** Bytes of one map of block 1 in a window: few enough to live in, enough for the halo to cost little. */
const WINDOW_BYTES = 24 * 2 ** 20;

/** What the graphs of bands hold, there and back: measured (bench/estimates.md). */
export const BAND_BYTES = 18 * WINDOW_BYTES;

/** Maps of blocks 1 and 2 that would fill more than this, kept for the reverse pass, are made again in bands instead. */
const KEPT_BYTES = 400 * 2 ** 20;

/** Rows [from, to) of the image, computed in a window that begins at row `start`. */
export interface Band {
  readonly from: number;
  readonly to: number;
  readonly start: number;
}

export interface BandPlan {
  /** Of every window, so that one graph serves them all. */
  readonly windowHeight: number;
  readonly bands: readonly Band[];
}

export const isBanded = (layer: LayerName): boolean => BANDED_LAYERS.includes(layer);

/** Whether these terms can be evaluated in bands: where those of blocks 1 and 2 read moments, below deeper ones. */
function canBand(terms: readonly Term[]): boolean {
  const deepest = layersOfTerms(terms).at(-1);
  if (deepest === undefined || isBanded(deepest)) return false;
  return terms.every(term => !isBandedTerm(term) || kindOf(term).reads === 'moments');
}

/** Whether a term reads features that are computed in bands. */
export function isBandedTerm({ layer }: Term): boolean {
  return layer !== undefined && isBanded(layer);
}

/** Whether the objective at this size is better evaluated in bands: the maps of blocks 1 and 2 would fill much memory. */
export function worthBands(network: Pick<Network, 'channels'>, terms: readonly Term[], size: Size): boolean {
  return canBand(terms) && tooLargeToKeep(network, size);
}

function tooLargeToKeep(network: Pick<Network, 'channels'>, { width, height }: Size): boolean {
  const [first, second] = blockWidths(network);
  return 4 * width * height * (2 * first + first / 4 + second / 2) > KEPT_BYTES;
}

export function planBands(network: Pick<Network, 'channels'>, size: Size): BandPlan {
  const [first] = blockWidths(network);
  const windowRows = Math.floor(WINDOW_BYTES / (4 * first * size.width));
  return bandsOf(size.height, Math.max(2 * HALO, windowRows - 2 * HALO));
}

/**
 * Bands of about `rows` rows. Windows begin at whole pooled rows and have a height that leaves the same remainder as
 * the image's, so that poolings meet the same pixels in them as in the whole.
 */
export function bandsOf(height: number, rows: number): BandPlan {
  const count = Math.ceil(height / rows);
  const each = Math.ceil(height / count / ROWS_PER_POOLED) * ROWS_PER_POOLED;
  const windowHeight = each + 2 * HALO + (height % ROWS_PER_POOLED);
  if (windowHeight >= height) return { windowHeight: height, bands: [{ from: 0, to: height, start: 0 }] };
  const bands: Band[] = [];
  for (let from = 0; from < height; from += each) {
    const to = from + 2 * each > height + each ? height : from + each;
    bands.push({ from, to, start: Math.min(Math.max(0, from - HALO), height - windowHeight) });
  }
  return { windowHeight, bands };
}

function blockWidths({ channels }: Pick<Network, 'channels'>): readonly [number, number] {
  return [channels.get('conv1_1')?.[1] ?? 0, channels.get('conv2_1')?.[1] ?? 0];
}
