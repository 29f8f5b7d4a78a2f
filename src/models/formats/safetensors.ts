import * as z from 'zod';
import { fileSize, readInto } from './byteRange';
import { bfloatToFloat, halfToFloat } from './float16';
import { unusable } from './weightError';
import { msg } from '../../common/messages';

/** Bytes an element, of the types the format knows. */
const elementSize: Readonly<Record<string, number>> = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
  U16: 2,
  I16: 2,
  F16: 2,
  BF16: 2,
  U32: 4,
  I32: 4,
  F32: 4,
  U64: 8,
  I64: 8,
  F64: 8,
};

// The limit of the reference implementation, so that a damaged length is not taken for a request for memory.
const maxHeader = 100_000_000;

const count = z.number().int().nonnegative();
const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(count),
  data_offsets: z.tuple([count, count]),
});
const metadataSchema = z.record(z.string(), z.string());

/** Where one tensor lies in its file. */
interface TensorEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** First byte, from the start of the file. */
  readonly begin: number;
  readonly end: number;
}

/** A safetensors file whose header was read and checked. */
export interface Safetensors {
  readonly file: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, TensorEntry>;
}

function readHeader(file: string, size: number): { header: Record<string, unknown>; dataStart: number } {
  if (size === 0) throw unusable(file, msg`it is empty`);
  if (size < 8) throw unusable(file, msg`it is cut short: ${size} bytes cannot hold a safetensors header`);
  const prefix = Buffer.alloc(8);
  readInto(file, 0, prefix);
  const length = prefix.readBigUInt64LE();
  if (length > BigInt(Math.min(maxHeader, size - 8)))
    throw unusable(
      file,
      length > BigInt(maxHeader)
        ? msg`it is not a safetensors file (it claims a header of ${String(length)} bytes)`
        : msg`it is cut short within its header of ${String(length)} bytes`,
    );
  const text = Buffer.alloc(Number(length));
  readInto(file, 8, text);
  let header: unknown;
  try {
    header = JSON.parse(text.toString('utf8'));
  } catch (cause) {
    throw unusable(file, msg`it is not a safetensors file (its header is not JSON)`, cause);
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw unusable(file, msg`it is not a safetensors file (its header is not an object)`);
  return { header: header as Record<string, unknown>, dataStart: 8 + Number(length) };
}

function checkEntry(file: string, name: string, value: unknown, dataStart: number): TensorEntry {
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success) throw unusable(file, msg`the header's entry for ${name} is malformed`);
  const { dtype, shape, data_offsets: offsets } = parsed.data;
  const bytes = elementSize[dtype];
  if (bytes === undefined) throw unusable(file, msg`${name} has the unknown type ${dtype}`);
  const length = shape.reduce((product, side) => product * side, bytes);
  if (offsets[1] - offsets[0] !== length)
    throw unusable(
      file,
      msg`${name} of shape [${shape.join(', ')}] needs ${length} bytes but has ${offsets[1] - offsets[0]}`,
    );
  return { dtype, shape, begin: dataStart + offsets[0], end: dataStart + offsets[1] };
}

/** The tensors must follow one another without gap or overlap and end where the file ends. */
function checkTiling(
  file: string,
  tensors: ReadonlyMap<string, TensorEntry>,
  dataStart: number,
  size: number,
) {
  let position = dataStart;
  const inOrder = [...tensors].sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  for (const [name, { begin, end }] of inOrder) {
    if (begin < position) throw unusable(file, msg`${name} overlaps another tensor`);
    if (begin > position)
      throw unusable(file, msg`there is a gap of ${begin - position} bytes before ${name}`);
    position = end;
  }
  if (position > size)
    throw unusable(file, msg`it is cut short: it has ${size} bytes where ${position} are announced`);
  if (position < size) throw unusable(file, msg`it has ${size - position} bytes more than announced`);
}

/**
 * Opens a safetensors file: reads and checks its header, and none of its numbers.
 *
 * @throws `file-missing`, `file-unreadable`, or `model-corrupt` with the reason.
 */
export function openSafetensors(file: string): Safetensors {
  const size = fileSize(file);
  const { header, dataStart } = readHeader(file, size);
  const metadata = metadataSchema.safeParse(header.__metadata__ ?? {});
  if (!metadata.success) throw unusable(file, msg`its metadata are not text`);
  const tensors = new Map<string, TensorEntry>();
  for (const [name, value] of Object.entries(header)) {
    if (name !== '__metadata__') tensors.set(name, checkEntry(file, name, value, dataStart));
  }
  checkTiling(file, tensors, dataStart, size);
  return { file, metadata: metadata.data, tensors };
}

/**
 * Reads one tensor as floats (F32, F16 or BF16, row-major). Only its own bytes are read.
 *
 * @throws `model-corrupt` when there is no such tensor, its type is another, or the file was cut since it was opened.
 */
export function readTensor({ file, tensors }: Safetensors, name: string): Float32Array {
  const entry = tensors.get(name);
  if (entry === undefined) throw unusable(file, msg`it has no tensor ${name}`);
  const { dtype, begin, end } = entry;
  if (dtype === 'F32') {
    const values = new Float32Array((end - begin) / 4);
    readInto(file, begin, values);
    return values;
  }
  if (dtype !== 'F16' && dtype !== 'BF16')
    throw unusable(file, msg`${name} has type ${dtype}, not F32, F16 or BF16`);
  const bits = new Uint16Array((end - begin) / 2);
  readInto(file, begin, bits);
  return dtype === 'F16' ? halfToFloat(bits) : bfloatToFloat(bits);
}
