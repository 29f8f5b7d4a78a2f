import * as z from 'zod';
import { AtelierError } from '../common/errors';
import { msg, type Message } from '../common/messages';
import { version } from '../common/version';
import { olderValues, recipeSchema, type Recipe } from './recipe';
import { fieldName, isOfLayers, recipeProblem } from './recipeProblem';

/** A recipe as Atelier writes it: whole, and with the version that wrote it. */
export type StoredRecipe = { readonly atelier: string } & Recipe;

/** A recipe that Atelier wrote, as this version understands it. */
export interface ReadRecipe {
  readonly recipe: Recipe;
  /** Says that the painting may differ, since something in it is not known here. */
  readonly remark?: Message;
}

export function toStored(recipe: Recipe): StoredRecipe {
  return { atelier: version, ...recipe };
}

/**
 * Reads a recipe that Atelier wrote, this version or another one. Fields that came later have the value of before;
 * those that are not known here are left out, with a remark.
 * @param source names it in sentences
 * @throws `recipe-invalid` or `layer-unknown`, naming the field
 */
export function fromStored(value: unknown, source: string): ReadRecipe {
  const { known, unknown, writer } = takeKnown(value);
  const parsed = recipeSchema.safeParse(known);
  if (!parsed.success) {
    const problem = recipeProblem(source, known, parsed.error);
    if (writer === undefined || writer === version) throw problem;
    throw new AtelierError(problem.code, problem.explanation.message, {
      next: msg`It was written by Atelier ${writer}; this is ${version}.`,
      cause: problem,
    });
  }
  if (unknown.length === 0) return { recipe: parsed.data };
  const names = unknown.join(', ');
  const remark =
    writer === undefined
      ? msg`${source}: Atelier ${version} does not know ${names}, so the painting may differ.`
      : msg`${source} was written by Atelier ${writer}. This is ${version}, which does not know ${names}, so the painting may differ.`;
  return { recipe: parsed.data, remark };
}

/** `fromStored` as a part of other schemas: what is unknown is left out silently. */
export const storedRecipeSchema = z.preprocess(value => takeKnown(value).known, recipeSchema);

interface Known {
  readonly known: unknown;
  /** Names of fields. */
  readonly unknown: readonly string[];
  readonly writer?: string;
}

function takeKnown(value: unknown): Known {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { known: value, unknown: [] };
  const { atelier, ...written } = value as Readonly<Record<string, unknown>>;
  const known: Record<string, unknown> = { ...olderValues, ...structuredClone(written) };
  // A layer is no field: a painting without it is another one.
  const unknown = (recipeSchema.safeParse(known).error?.issues ?? []).flatMap(issue =>
    issue.code === 'unrecognized_keys' && !isOfLayers(issue.path)
      ? remove(known, issue.path, issue.keys)
      : [],
  );
  return { known, unknown, ...(typeof atelier === 'string' ? { writer: atelier } : {}) };
}

/** Removes keys from the object at a path; returns their names. */
function remove(root: unknown, path: readonly PropertyKey[], keys: readonly string[]): readonly string[] {
  const parent = path.reduce((at, part) => (at as Record<PropertyKey, unknown>)[part], root);
  for (const key of keys) Reflect.deleteProperty(parent as object, key);
  return keys.map(key => fieldName([...path, key]));
}
