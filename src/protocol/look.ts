/** How the next painting is to look: what artists set beside pictures and strength, in the studio and in the editor's bar. */
import * as z from 'zod/mini';
import { fields } from '../recipe/fields';
import type { FieldType } from '../recipe/fieldType';
import type { Recipe } from '../recipe/recipe';
import { text, type Of } from './schema';

/** Fields of the recipe, in the order in which they are shown. */
export const LOOK_FIELDS = [
  ...(['colors', 'statistics', 'styleScale'] as const),
  ...(['size', 'steps', 'init', 'seed'] as const),
] as const;
export type LookField = (typeof LOOK_FIELDS)[number];

/** All that is set. */
export type WholeLook = Readonly<Pick<Recipe, LookField>>;
/** What is set; absent fields are as the preset, or the run before, has them. */
export type Look = { readonly [F in LookField]?: Recipe[F] | undefined };

function schemaOf(type: FieldType): z.ZodMiniType {
  switch (type.kind) {
    case 'choice':
      return z.enum(Object.keys(type.choices));
    case 'number':
      return (type.whole ? z.int() : z.number()).check(
        z.minimum(type.min),
        z.maximum(type.max ?? Number.MAX_VALUE),
      );
    default:
      return z.string().check(z.minLength(1));
  }
}

const schemas = Object.fromEntries(LOOK_FIELDS.map(name => [name, schemaOf(fields[name].type)]));

export const statistic = z.enum(Object.keys(fields.statistics.type.choices) as Recipe['statistics'][]);

/** The fields of a look, for messages and for views that are kept. */
export const lookShape = Object.fromEntries(
  LOOK_FIELDS.map(name => [name, z.optional(schemaOf(fields[name].type))]),
) as { readonly [F in LookField]: z.ZodMiniOptional<z.ZodMiniType<Recipe[F]>> };

export const look = z.object(lookShape);
export const wholeLook = z.object(schemas) as unknown as z.ZodMiniType<WholeLook>;

/** A field as people set it. All texts are localized. */
const lookControl = z.object({
  field: z.enum(LOOK_FIELDS),
  label: text,
  /** Of names: what they are called, and what that means. */
  choices: z.array(z.object({ value: text, label: text, detail: text })),
});
export type LookControl = Of<typeof lookControl>;
export const lookControls = z.array(lookControl);
