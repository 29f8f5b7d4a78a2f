import * as path from 'node:path';
import * as z from 'zod';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { version } from '../../common/version';
import type { Recipe } from '../../recipe/recipe';
import { mapFiles } from '../../recipe/recipePaths';
import { fromStored, toStored } from '../../recipe/storedRecipe';
import { idOf, inContents, reference, type Painting } from '../painting';
import { titleOf } from '../title';

const sha256 = z.string().regex(/^[\da-f]{64}$/);

const schema = z.strictObject({
  format: z.literal(1),
  /** The version that is to paint it. */
  engine: z.string().regex(/^\d{1,6}(\.\d{1,6}){2}$/),
  /** For people. */
  title: z.string().max(200),
  /** With `sha256:…` where it names files. */
  recipe: z.unknown(),
  /** `name`: what people call the file. */
  inputs: z.array(z.strictObject({ sha256, name: z.string().max(255) })).max(64),
});

/** A painting as it travels: nothing in it is a path. */
export type JobData = z.output<typeof schema>;

/** What a worker paints at most: a job comes from elsewhere. */
export interface JobLimits {
  /** Pixels on the longest side. */
  readonly size: number;
  readonly steps: number;
}

/** A painting as a worker has it. */
export interface ReceivedJob {
  readonly recipe: Recipe;
  readonly inputs: JobData['inputs'];
}

/** @throws `usage` for a network that is a file: other machines do not have it */
export function toJobData({ recipe, inputs }: Painting): JobData {
  requireNamedNetwork(recipe);
  return {
    format: 1,
    engine: version,
    title: titleOf(recipe),
    recipe: toStored(inContents(recipe, inputs)),
    inputs: inputs.map(input => ({
      sha256: input.sha256,
      name: path.basename(input.file).slice(0, 255),
    })),
  };
}

function requireNamedNetwork(recipe: Recipe): void {
  mapFiles(recipe, ({ file, role }) => {
    if (role === 'network')
      throw new AtelierError('usage', msg`${file}: workers accept networks by name only.`, {
        next: msg`Import it on every worker with atelier models import, then use its name.`,
      });
    return file;
  });
}

/**
 * Checks what a worker has been given: it is of a version that it can paint, what it says it is, and within bounds.
 * @throws `usage`, `recipe-invalid`, `layer-unknown`, `image-too-large`
 */
export function readJobData(id: string, value: unknown, limits: JobLimits): ReceivedJob {
  const parsed = schema.safeParse(value);
  const engine = engineOf(value);
  if (engine !== undefined && isNewer(engine)) throw newer(titleIn(value), engine);
  if (!parsed.success) throw damaged(id);
  const { inputs, title } = parsed.data;
  const { recipe } = fromStored(parsed.data.recipe, title);
  const known = new Set(inputs.map(input => reference(input.sha256)));
  mapFiles(recipe, ({ file, role }) => {
    if (role === 'network' || role === 'result' || !known.has(file)) throw damaged(id);
    return file;
  });
  if (recipe.output !== undefined || idOf(recipe, parsed.data.engine) !== id) throw damaged(id);
  // One that keeps the size of its content is bounded by what a decoder takes.
  if (recipe.size > limits.size || recipe.steps > limits.steps)
    throw new AtelierError(
      'image-too-large',
      msg`${title}: ${recipe.size} pixels and ${recipe.steps} steps exceed the limits of this worker.`,
      { next: msg`Choose a smaller size, or start workers with a larger --max-size.` },
    );
  return { recipe, inputs };
}

/** The version in data that may be of a later form. */
function engineOf(value: unknown): string | undefined {
  const engine = fieldOf(value, 'engine');
  return typeof engine === 'string' ? engine.slice(0, 40) : undefined;
}

function isNewer(engine: string): boolean {
  return engine.localeCompare(version, 'en', { numeric: true }) > 0;
}

/** What people call a job. */
export function titleIn(value: unknown): string {
  const title = fieldOf(value, 'title');
  return typeof title === 'string' ? title.slice(0, 200) : '';
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[field]
    : undefined;
}

function newer(title: string, engine: string): AtelierError {
  return new AtelierError('usage', msg`${title} is for Atelier ${engine}; this worker is ${version}.`, {
    next: msg`Update the worker, then retry the failed paintings: atelier queue retry.`,
  });
}

function damaged(id: string): AtelierError {
  return new AtelierError(
    'recipe-invalid',
    msg`The identifier inside the job ${id.slice(0, 12)} does not match.`,
    {
      next: msg`Add it again with the same command.`,
    },
  );
}
