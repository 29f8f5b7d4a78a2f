import * as fs from 'node:fs';
import * as path from 'node:path';
import { crc32 } from 'node:zlib';
import * as z from 'zod';
import { AtelierError } from '../common/errors';
import { msg } from '../common/messages';
import { openSafetensors, readTensor, type Safetensors } from '../models/formats/safetensors';
import { writeSafetensors } from '../models/formats/safetensorsWriter';
import type { RunState } from '../nst/stylize';
import { LAYERS } from '../nst/vgg19';
import { fieldsHaving, rowOf } from '../recipe/fields';
import type { Weighting } from '../recipe/strengths';
import { byTerm } from './byTerm';
import { jobFiles } from './folder';
import { originsSchema, type Origins } from './origins';

const weights = z.partialRecord(z.enum(LAYERS), z.number());
/** Fields that came later are absent. */
const weighting = z.strictObject(
  Object.fromEntries(
    fieldsHaving('tunable').map(name => [
      name,
      (rowOf(name).type.kind === 'layers' ? weights : z.number()).exactOptional(),
    ]),
  ),
) as unknown as z.ZodType<Partial<Weighting>>;
const side = z.int().positive();
const counter = z.int().nonnegative();

const metadataSchema = z.strictObject({
  /** Computing time so far, in seconds. */
  seconds: z.number().nonnegative(),
  weighting,
  /** Jobs of before have none. */
  origins: originsSchema.exactOptional(),
  scaleIndex: counter,
  step: counter,
  evaluations: counter,
  strengths: byTerm,
  size: z.strictObject({ width: side, height: side }),
  optimizer: z.strictObject({
    kind: z.enum(['lbfgs', 'adam']),
    numbers: z.record(z.string(), z.union([z.number(), z.array(z.number())])),
  }),
});

/** A run between two steps, as it is kept on disk. */
export interface Checkpoint {
  readonly state: RunState;
  /** Computing time so far. */
  readonly seconds: number;
  /** What the state's strengths were made of, but for fields that came later. */
  readonly weighting: Partial<Weighting>;
  /** What the picture was made from; absent in checkpoints of before it was noted. */
  readonly origins?: Origins;
}

/**
 * Writes the complete state of a run: one safetensors file, the vectors as float32 tensors and everything else as
 * JSON in its metadata. The previous checkpoint stays until the new one is whole and on the disk.
 * @throws `write-failed`
 */
export async function writeCheckpoint(
  folder: string,
  { state, seconds, weighting, origins }: Checkpoint,
): Promise<void> {
  const { vectors, ...rest } = state;
  const tensors = Object.entries(vectors).map(([name, values]) => ({
    name,
    shape: [values.length],
    values: () => values,
  }));
  const atelier = JSON.stringify({ ...rest, seconds, weighting, origins });
  const crc32 = checksum(atelier, vectors);
  await writeSafetensors(path.join(folder, jobFiles.checkpoint), tensors, { atelier, crc32 });
}

/** CRC-32 of the metadata and of every vector with its name, in the order of the names; as hexadecimal digits. */
function checksum(metadata: string, vectors: Readonly<Record<string, Float32Array>>): string {
  let sum = crc32(metadata);
  for (const name of Object.keys(vectors).sort()) {
    const { buffer, byteOffset, byteLength } = vectors[name] ?? new Float32Array();
    sum = crc32(new Uint8Array(buffer, byteOffset, byteLength), crc32(name, sum));
  }
  return sum.toString(16).padStart(8, '0');
}

/**
 * Reads the checkpoint of a job; `undefined` when there is none.
 * @throws `job-corrupt` when the file is cut short or damaged, or its vectors do not have the size of the picture
 */
export function readCheckpoint(folder: string): Checkpoint | undefined {
  const file = path.join(folder, jobFiles.checkpoint);
  if (!fs.existsSync(file)) return undefined;
  try {
    const opened = openSafetensors(file);
    const { seconds, weighting, origins, ...rest } = readMetadata(opened);
    const expected = 3 * rest.size.width * rest.size.height;
    const vectors: Record<string, Float32Array> = {};
    for (const [name, { shape }] of opened.tensors) {
      if (shape.length !== 1 || shape[0] !== expected)
        throw new Error(
          `${name} has shape [${shape.join(', ')}] where ${rest.size.width}x${rest.size.height} pixels need [${expected}]`,
        );
      vectors[name] = readTensor(opened, name);
    }
    if (vectors.position === undefined) throw new Error('it holds no picture');
    const { atelier = '', crc32: expectedSum, ...unknown } = opened.metadata;
    // Checkpoints of before have none; a damaged name of it is not taken for that.
    if (Object.keys(unknown).length > 0) throw new Error('its metadata are not those of a run');
    if (expectedSum !== undefined && expectedSum !== checksum(atelier, vectors))
      throw new Error('its contents do not match their checksum');
    return {
      state: { ...rest, vectors },
      seconds,
      weighting,
      ...(origins === undefined ? {} : { origins }),
    };
  } catch (cause) {
    throw corrupt(file, cause);
  }
}

function readMetadata({ metadata }: Safetensors): z.output<typeof metadataSchema> {
  const parsed = metadataSchema.safeParse(parsedJson(metadata.atelier));
  if (!parsed.success) throw new Error('its metadata are not those of a run');
  return parsed.data;
}

/** `undefined` for what is no JSON. */
function parsedJson(text = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function corrupt(file: string, cause: unknown): AtelierError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AtelierError('job-corrupt', msg`The checkpoint ${file} cannot be used: ${reason}`, {
    next: msg`Run the job again from the start.`,
    cause,
  });
}
