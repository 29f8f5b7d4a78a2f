import { getLocation } from 'jsonc-parser';

/** What belongs at a place of a recipe: things that its schema cannot know. */
export type PlaceKind = 'content' | 'style' | 'start' | 'network';

/** A place of a recipe where a value is written, or could be. */
export interface RecipePlace {
  readonly kind: PlaceKind;
  /** Offsets of what is written there, quotes included; both the same where there is nothing yet. */
  readonly start: number;
  readonly end: number;
}

const fields: Readonly<Record<string, PlaceKind>> = {
  content: 'content',
  init: 'start',
  model: 'network',
};

/** The place at an offset of a recipe's text, which may be unfinished; undefined where nothing of ours belongs. */
export function placeAt(text: string, offset: number): RecipePlace | undefined {
  const { path, previousNode, isAtPropertyKey } = getLocation(text, offset);
  const kind = kindOf(path);
  if (kind === undefined || isAtPropertyKey) return undefined;
  const isInside =
    previousNode !== undefined &&
    previousNode.offset <= offset &&
    offset <= previousNode.offset + previousNode.length;
  if (!isInside) return { kind, start: offset, end: offset };
  if (previousNode.type !== 'string') return undefined;
  return { kind, start: previousNode.offset, end: previousNode.offset + previousNode.length };
}

function kindOf(path: readonly (string | number)[]): PlaceKind | undefined {
  const [field, index, inner, ...deeper] = path;
  if (deeper.length > 0) return undefined;
  if (field === 'styles') return typeof index === 'number' && inner === 'image' ? 'style' : undefined;
  return index === undefined && typeof field === 'string' && Object.hasOwn(fields, field)
    ? fields[field]
    : undefined;
}
