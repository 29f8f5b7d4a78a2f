import type { z } from 'zod';
import { AtelierError } from '../errors';
import { LAYERS } from '../nst/vgg19';

/**
 * The first thing that is wrong with a recipe, as an error that names the source and the field.
 * @param source a file's name, or "the command line"
 * @param value what was parsed, to quote the offending part
 */
export function recipeProblem(source: string, value: unknown, error: z.ZodError): AtelierError {
  const layer = unknownLayer(error.issues);
  if (layer !== undefined) {
    return new AtelierError('layer-unknown', `${source}: unknown layer '${layer}'.`, {
      next: `The layers are ${LAYERS.join(', ')}.`,
      cause: error,
    });
  }
  const [issue] = error.issues;
  const sentence = issue === undefined ? 'it is not a recipe' : explain(issue, value);
  return new AtelierError('recipe-invalid', `${source}: ${sentence}.`, { cause: error });
}

function unknownLayer(issues: readonly z.core.$ZodIssue[]): string | undefined {
  for (const issue of issues) {
    const layered = issue.path.at(0) === 'contentLayers' || issue.path.at(0) === 'styleLayers';
    if (layered && issue.code === 'unrecognized_keys') return issue.keys[0];
  }
  return undefined;
}

function explain(issue: z.core.$ZodIssue, value: unknown): string {
  const field = `'${fieldName(issue.path)}'`;
  const given = `, not ${quote(valueAt(value, issue.path))}`;
  switch (issue.code) {
    case 'unrecognized_keys': {
      const names = issue.keys.map(key => `'${fieldName([...issue.path, key])}'`);
      return `unknown field ${names.join(', ')}`;
    }
    case 'invalid_type':
      if (issue.path.length === 0) return `a recipe is an object of fields${given}`;
      if (valueAt(value, issue.path) === undefined) return `the field ${field} is missing`;
      return `${field} must be ${typeNames[issue.expected] ?? issue.expected}${given}`;
    case 'invalid_value':
      return `${field} must be ${oneOf(issue.values.map(String))}${given}`;
    case 'too_small':
      if (issue.origin === 'string') return `${field} must not be empty`;
      if (issue.origin === 'array') return `${field} must name at least ${issue.minimum}`;
      return `${field} must be ${issue.inclusive === false ? 'greater than' : 'at least'} ${issue.minimum}${given}`;
    case 'too_big':
      return `${field} must be at most ${issue.maximum}${given}`;
    default:
      return `${field}: ${issue.message}`;
  }
}

const typeNames: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object of layers and weights',
};

function fieldName(path: readonly PropertyKey[]): string {
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

function oneOf(values: readonly string[]): string {
  return values.length === 1
    ? (values[0] ?? '')
    : `one of ${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
}

function quote(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
