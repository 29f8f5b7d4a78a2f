/** At most `count` (two or more) items, evenly spread, with the first and the last. */
export function spread<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items;
  const stride = (items.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => items[Math.round(index * stride)]).filter(
    item => item !== undefined,
  );
}
