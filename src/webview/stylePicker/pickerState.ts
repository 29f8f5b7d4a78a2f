import type { PickerItem, PickerSection } from '../../protocol/stylePicker';

/** A style of the blend, with its share against the others', 0.05 … 1. */
export interface Part {
  readonly id: string;
  readonly weight: number;
}

/** The share that a style is added with. */
export const FIRST_WEIGHT = 0.5;

/** The sections with the items whose name or detail has every word of the filter; those without any are left out. */
export function filtered(sections: readonly PickerSection[], filter: string): readonly PickerSection[] {
  const words = filter.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const matches = ({ name, detail }: PickerItem): boolean => {
    const text = `${name} ${detail}`.toLocaleLowerCase();
    return words.every(word => text.includes(word));
  };
  return sections
    .map(({ label, items }) => ({ label, items: items.filter(matches) }))
    .filter(({ items }) => items.length > 0);
}

/** The blend with a style added at its end, or taken out. */
export function toggled(parts: readonly Part[], id: string): readonly Part[] {
  return parts.some(part => part.id === id)
    ? parts.filter(part => part.id !== id)
    : [...parts, { id, weight: FIRST_WEIGHT }];
}

/** Shares of the whole, which add up to 1. */
export function sharesOf(parts: readonly Part[]): readonly number[] {
  const sum = parts.reduce((total, { weight }) => total + weight, 0);
  return parts.map(({ weight }) => weight / sum);
}

/** The weights as a recipe has them: 1 each for equal shares, else shares to three decimals. */
export function weightsOf(parts: readonly Part[]): readonly Part[] {
  const isEqual = parts.every(({ weight }) => weight === parts[0]?.weight);
  const shares = sharesOf(parts);
  return parts.map(({ id }, i) => ({
    id,
    weight: isEqual ? 1 : Math.max(0.001, Math.round((shares[i] ?? 0) * 1000) / 1000),
  }));
}

/** Where something lies on the page, in CSS pixels. */
export interface Place {
  readonly left: number;
  readonly top: number;
}

/**
 * Where an arrow key leads in a grid whose rows may differ in length.
 * @param places of all cells, in reading order
 * @returns an index; the same one at the border
 */
export function step(places: readonly Place[], from: number, key: string): number {
  const last = places.length - 1;
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, from - 1);
    case 'ArrowRight':
      return Math.min(last, from + 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
  }
  const here = places[from];
  if (here === undefined) return 0;
  const down = key === 'ArrowDown';
  const beyond = places.filter(({ top }) => (down ? top > here.top + 1 : top < here.top - 1));
  const tops = beyond.map(({ top }) => top);
  const row = down ? Math.min(...tops) : Math.max(...tops);
  const distance = ({ left }: Place): number => Math.abs(left - here.left);
  const [nearest] = beyond
    .filter(({ top }) => Math.abs(top - row) <= 1)
    .sort((a, b) => distance(a) - distance(b));
  return nearest === undefined ? from : places.indexOf(nearest);
}
