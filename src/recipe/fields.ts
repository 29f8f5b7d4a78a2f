import type { Field } from './field';
import { losses } from './fields/losses';
import { network } from './fields/network';
import { optimization } from './fields/optimization';
import { pictures } from './fields/pictures';

/**
 * The table of everything that a recipe says, in the order in which it is written: whatever is known of a field comes
 * from its row, but for the code that computes with it. total = α·content + β·Σ w_l style_l + γ·tv, with α = 1 and
 * β = 1/ratio (ratio 0: α = 0, β = 1).
 */
export const fields = { ...pictures, ...network, ...losses, ...optimization } satisfies Record<string, Field>;

type Fields = typeof fields;
export type FieldName = keyof Fields;

/** The fields whose row has something in a column. */
export type FieldsHaving<Column extends keyof Field> = {
  [F in FieldName]: Column extends keyof Fields[F] ? F : never;
}[FieldName];

export const fieldNames = Object.keys(fields) as readonly FieldName[];

/** The row of a field, for code that treats all alike. */
export function rowOf(name: FieldName): Field {
  return fields[name];
}

export function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(fields, name);
}

/** The fields whose row has something in a column, in the order of the table. */
export function fieldsHaving<Column extends keyof Field>(column: Column): readonly FieldsHaving<Column>[] {
  return fieldNames.filter((name): name is FieldsHaving<Column> => column in fields[name]);
}

/** Of a recipe, or of a part of one, the fields whose row has something in a column. */
export function pickHaving<Column extends keyof Field, Part extends Partial<Record<FieldName, unknown>>>(
  recipe: Part,
  column: Column,
): Pick<Part, FieldsHaving<Column> & keyof Part> {
  const entries = fieldsHaving(column).flatMap(name => (name in recipe ? [[name, recipe[name]]] : []));
  return Object.fromEntries(entries) as Pick<Part, FieldsHaving<Column> & keyof Part>;
}
