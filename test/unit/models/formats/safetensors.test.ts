import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { AtelierError } from '../../../../src/common/errors';
import { openSafetensors, readTensor } from '../../../../src/models/formats/safetensors';
import { writeSafetensors } from '../../../../src/models/formats/safetensorsWriter';
import { bytesOf, inFolder, safetensorsBytes, withHeader, type RawTensor } from '../synthetic';
import { msg } from '../../../../src/common/messages';

const floats = Float32Array.of(1, -2, 3.5, 0.25, 1e-7, 6e7);
const a: RawTensor = { dtype: 'F32', shape: [2, 3], bytes: bytesOf(floats) };
const b: RawTensor = { dtype: 'F16', shape: [2], bytes: Buffer.of(0x00, 0x3c, 0x00, 0xc0) };

/** The error that opening (and then reading `a`) gives. */
async function errorOf(bytes: Buffer): Promise<AtelierError> {
  return inFolder(folder => {
    const file = path.join(folder, 'weights.safetensors');
    fs.writeFileSync(file, bytes);
    let thrown: unknown;
    try {
      readTensor(openSafetensors(file), 'a');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(AtelierError);
    const error = thrown as AtelierError;
    expect(error.code).toBe('model-corrupt');
    expect(error.message).toContain(file);
    return error;
  });
}

const entry = (begin: number, end: number, shape: unknown = [2, 3], dtype = 'F32') => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

describe('safetensors', () => {
  it('reads tensors and metadata, each tensor by itself', async () => {
    await inFolder(folder => {
      const file = path.join(folder, 'x');
      const bf: RawTensor = { dtype: 'BF16', shape: [1], bytes: Buffer.of(0x80, 0x3f) };
      fs.writeFileSync(file, safetensorsBytes({ a, b, bf }, { kind: 'test' }));
      const opened = openSafetensors(file);
      expect(opened.metadata).toEqual({ kind: 'test' });
      expect(readTensor(opened, 'a')).toEqual(floats);
      expect(readTensor(opened, 'b')).toEqual(Float32Array.of(1, -2));
      expect(readTensor(opened, 'bf')).toEqual(Float32Array.of(1));
      expect(() => readTensor(opened, 'c')).toThrow('it has no tensor c');
    });
  });

  it('reads back what it writes, and leaves nothing else behind', async () => {
    await inFolder(async folder => {
      const file = path.join(folder, 'x.safetensors');
      await writeSafetensors(file, [{ name: 'ü', shape: [6], values: () => floats }], { key: 'ä "quoted"' });
      const opened = openSafetensors(file);
      expect(readTensor(opened, 'ü')).toEqual(floats);
      expect(opened.metadata).toEqual({ key: 'ä "quoted"' });
      expect(opened.tensors.get('ü')!.begin % 8).toBe(0);
      expect(fs.readdirSync(folder)).toEqual(['x.safetensors']);
    });
  });

  it('keeps the old file when writing fails', async () => {
    await inFolder(async folder => {
      const file = path.join(folder, 'x.safetensors');
      fs.writeFileSync(file, 'old');
      const values = () => {
        throw new AtelierError('model-corrupt', msg`the source is bad`);
      };
      await expect(writeSafetensors(file, [{ name: 'a', shape: [1], values }], {})).rejects.toThrow('is bad');
      expect(fs.readFileSync(file, 'utf8')).toBe('old');
      expect(fs.readdirSync(folder)).toEqual(['x.safetensors']);
    });
  });

  it('says so when a file is cut, wherever it is cut', async () => {
    const whole = safetensorsBytes({ a, b });
    const header = whole.readUInt32LE(0);
    expect((await errorOf(whole.subarray(0, 0))).message).toMatch(/it is empty/);
    for (const length of [1, 7])
      expect((await errorOf(whole.subarray(0, length))).message).toMatch(/cut short/);
    for (const length of [8, 9, 8 + header - 1])
      expect((await errorOf(whole.subarray(0, length))).message).toMatch(/cut short within its header/);
    for (const length of [8 + header, 8 + header + 1, whole.length - 1])
      expect((await errorOf(whole.subarray(0, length))).message).toMatch(/cut short: it has \d+ bytes/);
  });

  it('notices a file that is cut after it was opened', async () => {
    await inFolder(folder => {
      const file = path.join(folder, 'x');
      fs.writeFileSync(file, safetensorsBytes({ a, b }));
      const opened = openSafetensors(file);
      fs.truncateSync(file, opened.tensors.get('a')!.begin + 5);
      expect(() => readTensor(opened, 'a')).toThrow(/cut short/);
    });
  });

  it('refuses headers that are no headers', async () => {
    const huge = Buffer.alloc(64);
    huge.writeBigUInt64LE(2n ** 63n);
    expect((await errorOf(huge)).message).toMatch(/claims a header of 9223372036854775808 bytes/);
    expect((await errorOf(withHeader('{"a":'))).message).toMatch(/not JSON/);
    expect((await errorOf(withHeader('[1]'))).message).toMatch(/not an object/);
    expect((await errorOf(withHeader({ __metadata__: { k: 1 } }))).message).toMatch(/metadata/);
  });

  it('refuses tensors that overlap, leave holes or do not fit the file', async () => {
    const data = Buffer.alloc(48);
    const overlap = { a: entry(0, 24), z: entry(20, 44) };
    expect((await errorOf(withHeader(overlap, data))).message).toMatch(/z overlaps another tensor/);
    const hole = { a: entry(0, 24), z: entry(28, 52) };
    expect((await errorOf(withHeader(hole, data))).message).toMatch(/a gap of 4 bytes before z/);
    expect((await errorOf(withHeader({ a: entry(0, 24) }, data))).message).toMatch(/24 bytes more/);
    expect((await errorOf(withHeader({ a: entry(24, 0) }, data))).message).toMatch(/needs 24 bytes/);
  });

  it('refuses entries of the wrong form', async () => {
    const data = Buffer.alloc(24);
    for (const [wrong, words] of [
      [entry(0, 24, [2, 4]), /shape \[2, 4\] needs 32 bytes but has 24/],
      [entry(0, 24, [-2, -3]), /malformed/],
      [entry(0, 24, [2.5]), /malformed/],
      [entry(0, 24, 'six'), /malformed/],
      [entry(-24, 0), /malformed/],
      [entry(0, 24, [2, 3], 'F33'), /unknown type F33/],
      [entry(0, 24, [3], 'F64'), /type F64, not F32/],
      [5, /malformed/],
      [{ dtype: 'F32', shape: [6] }, /malformed/],
    ] as const)
      expect((await errorOf(withHeader({ a: wrong }, data))).message).toMatch(words);
  });

  it('tells a missing file and a folder apart', async () => {
    await inFolder(folder => {
      expect(() => openSafetensors(path.join(folder, 'none'))).toThrow(/none does not exist/);
      expect(() => openSafetensors(folder)).toThrow(/is not a file/);
    });
  });
});
