import type { z } from 'zod';
import { AtelierError, type ErrorCode } from '../common/errors';
import { isMessage, msg, type Message, verbatim } from '../common/messages';
import { LAYERS } from '../nst/vgg19';
import { isFieldName, rowOf } from './fields';

/** How a problem is told where the fields have other names. */
interface Naming {
  readonly code?: ErrorCode;
  readonly nameOf?: (path: readonly PropertyKey[]) => string;
  /** The source with the place of a field in it: of its name, or of its value. */
  readonly placeOf?: (path: readonly PropertyKey[], ofName: boolean) => string;
}

/**
 * The first thing that is wrong with a recipe, as an error that names the source and the field.
 * @param source a file's name, or "the command line"
 * @param value what was parsed, to quote the offending part
 */
export function recipeProblem(
  source: string,
  value: unknown,
  error: z.ZodError,
  { code = 'recipe-invalid', nameOf = fieldName, placeOf = () => source }: Naming = {},
): AtelierError {
  const layer = unknownLayer(error.issues);
  if (layer !== undefined) {
    const place = placeOf(layer, true);
    return new AtelierError('layer-unknown', msg`${place}: unknown layer '${String(layer.at(-1))}'.`, {
      next: msg`The available layers are ${LAYERS.join(', ')}.`,
      cause: error,
    });
  }
  const [issue] = error.issues;
  const sentence = issue === undefined ? msg`it is not a recipe` : describe(issue, value, nameOf);
  const place =
    issue?.code === 'unrecognized_keys'
      ? placeOf([...issue.path, issue.keys[0] ?? ''], true)
      : placeOf(issue?.path ?? [], false);
  return new AtelierError(code, msg`${place}: ${sentence}.`, { cause: error });
}

/** The path of a layer that there is not. */
function unknownLayer(issues: readonly z.core.$ZodIssue[]): readonly PropertyKey[] | undefined {
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys' && isOfLayers(issue.path))
      return [...issue.path, issue.keys[0] ?? ''];
  }
  return undefined;
}

/** Whether a path leads into an object of layers and weights. */
export function isOfLayers([field]: readonly PropertyKey[]): boolean {
  return typeof field === 'string' && isFieldName(field) && rowOf(field).type.kind === 'layers';
}

function describe(issue: z.core.$ZodIssue, value: unknown, nameOf: Required<Naming>['nameOf']): Message {
  const field = `'${nameOf(issue.path)}'`;
  const given = quote(valueAt(value, issue.path));
  switch (issue.code) {
    case 'unrecognized_keys': {
      const names = issue.keys.map(key => `'${fieldName([...issue.path, key])}'`);
      return msg`unknown field ${names.join(', ')}`;
    }
    case 'invalid_type':
      if (issue.path.length === 0) return msg`a recipe is an object of fields, not ${given}`;
      if (valueAt(value, issue.path) === undefined) return msg`the field ${field} is missing`;
      return msg`${field} must be ${typeNames[issue.expected] ?? issue.expected}, not ${given}`;
    case 'invalid_value':
      if (valueAt(value, issue.path) === undefined) return msg`the field ${field} is missing`;
      return msg`${field} must be ${oneOf(issue.values.map(String))}, not ${given}`;
    case 'too_small':
      if (issue.origin === 'string') return msg`${field} must not be empty`;
      if (issue.origin === 'array') return msg`${field} must name at least ${Number(issue.minimum)}`;
      return issue.inclusive === false
        ? msg`${field} must be greater than ${Number(issue.minimum)}, not ${given}`
        : msg`${field} must be at least ${Number(issue.minimum)}, not ${given}`;
    case 'too_big':
      if (issue.origin === 'array') return msg`${field} must name at most ${Number(issue.maximum)}`;
      return msg`${field} must be at most ${Number(issue.maximum)}, not ${given}`;
    default: {
      const phrase: unknown = issue.code === 'custom' ? issue.params?.phrase : undefined;
      return msg`${field}: ${isMessage(phrase) ? phrase : issue.message}`;
    }
  }
}

const typeNames: Readonly<Record<string, Message>> = {
  int: msg`a whole number`,
  number: msg`a number`,
  string: msg`text`,
  boolean: msg`true or false`,
  array: msg`a list`,
  object: msg`an object`,
  record: msg`an object of layers and weights`,
};

/** A field as sentences name it: `styles[0].weight`. */
export function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (name, part) =>
      typeof part === 'number' ? `${name}[${part}]` : name === '' ? String(part) : `${name}.${String(part)}`,
    '',
  );
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, part) =>
      typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[part] : undefined,
    value,
  );
}

function oneOf(values: readonly string[]): Message {
  return values.length === 1
    ? verbatim(values[0] ?? '')
    : msg`one of ${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
}

function quote(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
