/** Things by their folders in a wished order; those that are not named come after, in the order that they had. */
export function inOrder<T extends { readonly folder: string }>(
  things: readonly T[],
  order: readonly string[],
): readonly T[] {
  const places = new Map(order.map((folder, place) => [folder, place]));
  const place = ({ folder }: T) => places.get(folder) ?? Infinity;
  // Equal places keep their order, and the difference of two infinities is none.
  return [...things].sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
}
