import { Option } from 'commander';
import { numberSchema } from '../recipe/fieldSchema';
import type { LayersType, ValueOf } from '../recipe/fieldType';
import { fieldsHaving, rowOf, type fields, type FieldsHaving } from '../recipe/fields';
import { parseLayers, type WeightedLayer } from './layers';
import { numberIn } from './numbers';
import { optionName } from './optionName';

/** A field of a recipe that the command line can give. */
export type OptionField = FieldsHaving<'option'>;

type Row<F extends OptionField> = (typeof fields)[F];
type Camel<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest>>}`
  : Name;
type Attribute<F extends OptionField> = Row<F>['option'] extends { readonly name: infer Name extends string }
  ? Camel<Name>
  : F;
type Given<F extends OptionField> = Row<F>['option'] extends { readonly name: string }
  ? boolean
  : Row<F>['type'] extends LayersType
    ? readonly WeightedLayer[]
    : ValueOf<Row<F>['type']>;

/** Options that give fields of a recipe, as commander gives them. */
export type FieldOptions = { readonly [F in OptionField as Attribute<F>]?: Given<F> };

/** The options of all fields but some, in the order of the table. */
export function fieldOptions(without: readonly OptionField[] = []): readonly Option[] {
  return fieldsHaving('option')
    .filter(name => !without.includes(name))
    .flatMap(optionsOf);
}

function optionsOf(field: OptionField): readonly Option[] {
  const { option, type } = rowOf(field);
  if (option === undefined) return [];
  if ('name' in option)
    return [
      new Option(`--${option.name}`, option.help),
      new Option(`--no-${option.name}`, option.negativeHelp),
    ];
  const { letter, placeholder, help } = option;
  const short = letter === undefined ? '' : `-${letter}, `;
  const given = new Option(`${short}${optionName(field)} <${placeholder}>`, help);
  switch (type.kind) {
    case 'number':
      return [given.argParser(numberIn(numberSchema(type)))];
    case 'choice':
      return [given.choices(Object.keys(type.choices))];
    case 'layers':
      return [given.argParser(parseLayers)];
    default:
      return [given];
  }
}

/** The fields that options give, not yet checked against each other. */
export function givenFields(options: FieldOptions): Record<string, unknown> {
  const given = options as Readonly<Record<string, unknown>>;
  const entries = fieldsHaving('option').flatMap(name => {
    const { option, type } = rowOf(name);
    if (option === undefined) return [];
    const value = given['name' in option ? camel(option.name) : name];
    if (value === undefined) return [];
    if ('name' in option) return [[name, value === true ? option.on : option.off]];
    return [[name, type.kind === 'layers' ? weighted(value as readonly WeightedLayer[], type) : value]];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function camel(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function weighted(layers: readonly WeightedLayer[], { unweighted }: LayersType): Record<string, number> {
  const otherwise = unweighted === 'one' ? 1 : 1 / layers.length;
  return Object.fromEntries(layers.map(({ layer, weight }) => [layer, weight ?? otherwise]));
}
