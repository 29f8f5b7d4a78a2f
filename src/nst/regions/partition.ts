import type { Size } from '../image';
import { feathered } from './feather';
import type { Mask } from './mask';

/** Masks that add up to 1 with what is kept: of what no region covers, and of the regions in their order. */
export interface Partition {
  readonly rest: Mask;
  readonly styled: readonly Mask[];
  /** How much of each pixel is painted; undefined where nothing is kept. */
  readonly free?: Mask;
}

/** Masks as they were drawn, all of the picture's size. */
export interface DrawnMasks {
  readonly styled: readonly Mask[];
  readonly kept: readonly Mask[];
  /** Opacity of the content image: what cannot be seen is not painted. */
  readonly opacity?: Mask;
}

/**
 * Shares the pixels of a picture out. Where regions overlap they share it in the proportion of their masks; what is
 * kept, with a feathered border, goes before all.
 */
export function partition(size: Size, { styled, kept, opacity }: DrawnMasks): Partition {
  const free = freeOf(size, kept, opacity);
  const shareOf = (i: number): number => {
    const covered = styled.reduce((sum, { data }) => sum + data[i]!, 0);
    return (free?.data[i] ?? 1) / Math.max(1, covered);
  };
  const shares = map(size, shareOf);
  const rest = map(size, i => {
    const covered = styled.reduce((sum, { data }) => sum + data[i]!, 0);
    return (free?.data[i] ?? 1) * Math.max(0, 1 - covered);
  });
  return {
    rest,
    styled: styled.map(({ data }) => map(size, i => data[i]! * shares.data[i]!)),
    ...(free && { free }),
  };
}

function freeOf(size: Size, kept: readonly Mask[], opacity: Mask | undefined): Mask | undefined {
  if (kept.length === 0 && opacity === undefined) return undefined;
  const held = feathered(
    map(size, i =>
      Math.min(
        1,
        kept.reduce((sum, { data }) => sum + data[i]!, 0),
      ),
    ),
  );
  return map(size, i => (1 - held.data[i]!) * (opacity?.data[i] ?? 1));
}

function map({ width, height }: Size, at: (i: number) => number): Mask {
  return { width, height, data: Float32Array.from({ length: width * height }, (_, i) => at(i)) };
}
