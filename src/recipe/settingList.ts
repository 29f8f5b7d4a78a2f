import * as path from 'node:path';
import { verbatim, msg, type Message } from '../common/messages';
import { fieldsHaving, rowOf, type FieldName, type FieldsHaving } from './fields';
import type { FieldType, LayerWeights } from './fieldType';
import type { Recipe } from './recipe';

/** A setting of a run in words, for lists in pages and panels. */
export interface Setting {
  readonly field: FieldName;
  readonly label: Message;
  readonly value: Message;
}

/** What a recipe says, field by field, in the order of the table; fields without a label are left out. */
export function settingsOf(recipe: Recipe): readonly Setting[] {
  return fieldsHaving('label').map(field => ({
    field,
    label: labelOf(field),
    value: valueIn(recipe, field),
  }));
}

/** What lists call a field. */
function labelOf(field: FieldsHaving<'label'>): Message {
  return rowOf(field).label ?? verbatim(field);
}

/** What a recipe says of a field, in words. */
export function valueIn(recipe: Recipe, field: FieldsHaving<'label'>): Message {
  switch (field) {
    case 'size':
      return recipe.size === 0 ? msg`as it is` : msg`${recipe.size} px on the longest side`;
    case 'model':
      return verbatim(networkName(recipe.model));
    case 'init':
      return startOf(recipe);
    default:
      return inWords(recipe[field], rowOf(field).type);
  }
}

/** A network as people call it. */
export function networkName(model: string): string {
  return model === 'vgg19' ? 'VGG-19' : path.basename(model);
}

function startOf({ init, seed }: Recipe): Message {
  if (init === 'noise') return msg`white noise, seed ${seed}`;
  return init === 'content' ? msg`the content image` : verbatim(path.basename(init));
}

function inWords(value: unknown, type: FieldType): Message {
  switch (type.kind) {
    case 'flag':
      return value === true ? msg`yes` : msg`no`;
    case 'choice':
      return type.choices[String(value)]?.label ?? verbatim(String(value));
    case 'number':
      return verbatim(String(Number(Number(value).toPrecision(3))));
    case 'layers':
      return verbatim(Object.keys(value as LayerWeights).join(', '));
    // Lists are handed on: where a file lies on this machine is nobody else's business.
    case 'path':
      return verbatim(path.basename(String(value)));
    default:
      return verbatim(String(value));
  }
}
