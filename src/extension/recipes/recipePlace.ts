import { getLocation } from 'jsonc-parser';
import { isFieldName, rowOf } from '../../recipe/fields';
import type { PathRole } from '../../recipe/fieldType';

/** What belongs at a place of a recipe: things that its schema cannot know. */
type PlaceKind = Exclude<PathRole, 'result'>;

/** A place of a recipe where a value is written, or could be. */
export interface RecipePlace {
  readonly kind: PlaceKind;
  /** Offsets of what is written there, quotes included; both the same where there is nothing yet. */
  readonly start: number;
  readonly end: number;
}

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

function kindOf([field, index, inner, ...deeper]: readonly (string | number)[]): PlaceKind | undefined {
  if (typeof field !== 'string' || !isFieldName(field)) return undefined;
  const { type } = rowOf(field);
  if (type.kind === 'regions' && typeof index === 'number') return kindInRegion(inner, deeper);
  if (deeper.length > 0) return undefined;
  if (type.kind === 'styles') return typeof index === 'number' && inner === 'image' ? 'style' : undefined;
  if (type.kind !== 'path' || index !== undefined) return undefined;
  return type.role === 'result' ? undefined : type.role;
}

function kindInRegion(
  field: string | number | undefined,
  [index, inner, ...deeper]: readonly (string | number)[],
): PlaceKind | undefined {
  if (field === 'styles')
    return typeof index === 'number' && inner === 'image' && deeper.length === 0 ? 'style' : undefined;
  if (index !== undefined) return undefined;
  return field === 'style' ? 'style' : field === 'mask' || field === 'styleMask' ? 'mask' : undefined;
}
