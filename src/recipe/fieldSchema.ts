import * as z from 'zod';
import { LAYERS } from '../nst/vgg19';
import type { ChoiceType, FieldType, LayerWeights, NumberType, ValueOf } from './fieldType';
import { fieldNames, rowOf, type FieldName, type fields } from './fields';
import { MOST_REGIONS, regionSchema } from './region';
import { styleSchema } from './style';

const weight = z.number().min(0);

/** A weight of one layer: 0 or more. */
export const layerWeight: z.ZodType<number> = weight;

const layerWeights = z
  .strictObject(Object.fromEntries(LAYERS.map(layer => [layer, weight.exactOptional()])))
  .refine(weights => Object.keys(weights).length > 0, {
    message: 'name at least one layer',
  }) as unknown as z.ZodType<LayerWeights>;

/** What a field of the type can hold. */
function schemaOfType(type: FieldType): z.ZodType {
  switch (type.kind) {
    case 'text':
      return z.string();
    case 'path':
      return z.string().min(1);
    case 'number':
      return numberSchema(type);
    case 'flag':
      return z.boolean();
    case 'choice':
      return choiceSchema(type);
    case 'layers':
      return layerWeights;
    case 'styles':
      return z.array(styleSchema).min(1);
    case 'regions':
      return z.array(regionSchema).max(MOST_REGIONS);
  }
}

function choiceSchema({ choices, formerly }: ChoiceType): z.ZodType {
  const names = z.enum(Object.keys(choices));
  if (Object.keys(formerly).length === 0) return names;
  const today = (name: unknown): unknown =>
    typeof name === 'string' && Object.hasOwn(formerly, name) ? formerly[name] : name;
  return z.preprocess(today, names);
}

/** What a number may be. */
export function numberSchema({ whole, min, max }: NumberType): z.ZodType<number> {
  const least = (whole ? z.int() : z.number()).min(min);
  return max === undefined ? least : least.max(max);
}

type SchemaOf<F extends FieldName> = z.ZodType<ValueOf<(typeof fields)[F]['type']>>;

/** What a field can hold. */
export function fieldSchema<F extends FieldName>(name: F): SchemaOf<F> {
  const { type, description } = rowOf(name);
  return schemaOfType(type).meta({ description }) as SchemaOf<F>;
}

/** What each field can hold, by name. */
export const fieldSchemas = Object.fromEntries(fieldNames.map(name => [name, fieldSchema(name)])) as {
  readonly [F in FieldName]: SchemaOf<F>;
};
