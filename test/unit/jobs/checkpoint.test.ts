import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeSafetensors } from '../../../src/models/formats/safetensorsWriter';
import { AtelierError } from '../../../src/common/errors';
import { readCheckpoint, writeCheckpoint, type Checkpoint } from '../../../src/jobs/checkpoint';
import { CheckpointPace } from '../../../src/jobs/checkpointPace';
import { jobFiles } from '../../../src/jobs/folder';

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-checkpoint-'));
  file = path.join(folder, jobFiles.checkpoint);
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const vector = (seed: number) => Float32Array.from({ length: 3 * 5 * 4 }, (_, i) => Math.sin(seed + i) / 3);
const checkpoint: Checkpoint = {
  state: {
    scaleIndex: 1,
    step: 17,
    evaluations: 23,
    strengths: { 'content:conv4_2': 1, 'style:conv1_1': 0.1 + 0.2, tv: 60 },
    size: { width: 5, height: 4 },
    optimizer: { kind: 'lbfgs', numbers: { value: 1 / 3, recent: [5e-324, Number.MAX_VALUE, -0.1] } },
    vectors: { position: vector(0), gradient: vector(1), s0: vector(2) },
  },
  seconds: 12.34,
  weighting: { ratio: 1 / 300, contentLayers: { conv4_2: 1 }, styleLayers: { conv1_1: 1 }, tv: 60 },
};

function problem(): AtelierError {
  try {
    readCheckpoint(folder);
  } catch (error) {
    if (error instanceof AtelierError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('a checkpoint', () => {
  it('comes back bit for bit', async () => {
    expect(readCheckpoint(folder)).toBeUndefined();
    await writeCheckpoint(folder, checkpoint);
    expect(readCheckpoint(folder)).toEqual(checkpoint);
    const noted = { ...checkpoint, origins: { content: 'a', styles: ['b', 'c'], network: 'd' } };
    await writeCheckpoint(folder, noted);
    expect(readCheckpoint(folder)).toEqual(noted);
    expect(fs.readdirSync(folder)).toEqual([jobFiles.checkpoint]);
  });

  it('is refused at whatever byte it is cut, with the file and the reason', async () => {
    await writeCheckpoint(folder, checkpoint);
    const whole = fs.readFileSync(file);
    for (let length = 0; length < whole.length; length += 13) {
      fs.writeFileSync(file, whole.subarray(0, length));
      expect(problem()).toMatchObject({ code: 'job-corrupt' });
      expect(problem().message).toContain(file);
    }
  });

  it('is refused with any byte of it damaged', async () => {
    await writeCheckpoint(folder, checkpoint);
    const whole = fs.readFileSync(file);
    for (let at = 0; at < whole.length; at += 11) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 4;
      fs.writeFileSync(file, damaged);
      expect(problem()).toMatchObject({ code: 'job-corrupt' });
    }
  });

  it('is read without a checksum, as it was written before there were any', async () => {
    await writeCheckpoint(folder, checkpoint);
    const bytes = fs.readFileSync(file);
    const headerEnd = 8 + Number(bytes.readBigUInt64LE(0));
    const header = JSON.parse(bytes.toString('utf8', 8, headerEnd)) as { __metadata__: { crc32?: string } };
    delete header.__metadata__.crc32;
    const text = JSON.stringify(header);
    const padded = Buffer.from(text.padEnd(8 * Math.ceil(text.length / 8)));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(padded.length));
    fs.writeFileSync(file, Buffer.concat([length, padded, bytes.subarray(headerEnd)]));
    expect(readCheckpoint(folder)).toEqual(checkpoint);
  });

  it('is refused when a vector does not have the size of the picture', async () => {
    const { state } = checkpoint;
    const vectors = { ...state.vectors, gradient: new Float32Array(6) };
    await writeCheckpoint(folder, { ...checkpoint, state: { ...state, vectors } });
    expect(problem().message).toContain('gradient has shape [6] where 5x4 pixels need [60]');
  });

  it('is refused without a picture, and with metadata that are not a run', async () => {
    const { state } = checkpoint;
    await writeCheckpoint(folder, { ...checkpoint, state: { ...state, vectors: { s0: vector(0) } } });
    expect(problem().message).toContain('it holds no picture');
    const odd = { ...state, step: -1 };
    await writeCheckpoint(folder, { ...checkpoint, state: odd });
    expect(problem().message).toContain('its metadata are not those of a run');
    await writeSafetensors(path.join(folder, jobFiles.checkpoint), [], { atelier: '{"step": 3.' });
    expect(problem().message).toMatch(/cannot be used: its metadata are not those of a run$/);
  });

  it('stays as it was when the next one cannot be written', async () => {
    await writeCheckpoint(folder, checkpoint);
    const { state } = checkpoint;
    const failing = {
      ...state,
      vectors: {
        ...state.vectors,
        get s0(): Float32Array {
          throw new Error('the device is gone');
        },
      },
    };
    await expect(writeCheckpoint(folder, { ...checkpoint, state: failing })).rejects.toThrow();
    expect(readCheckpoint(folder)).toEqual(checkpoint);
  });
});

describe('the pace of checkpoints', () => {
  it('begins at once, is then no faster than two seconds, and spends at most 3 % of the time', () => {
    const pace = new CheckpointPace(100);
    expect(pace.isDue(100)).toBe(true);
    pace.written(102, 102.01);
    expect(pace.isDue(104)).toBe(false);
    expect(pace.isDue(104.02)).toBe(true);
    pace.written(105, 105.3);
    expect(pace.isDue(115.2)).toBe(false);
    expect(pace.isDue(115.4)).toBe(true);
  });
});
