import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { importModel } from '../../../src/models/importModel';
import { modelsFolder } from '../../../src/models/folder';
import { openNetwork } from '../../../src/models/openNetwork';
import type { Chance } from '../chance';
import { mutate } from './mutate';
import { mutateJson, strangeText } from '../mutateJson';
import type { Input, Scratch, Subject } from './subject';
import { weightFiles } from './weights';

/** Networks in every form: safetensors, Keras and TensorFlow.js. */
export class Networks implements Subject {
  private files: ReadonlyMap<string, Buffer> = new Map();

  async open(): Promise<void> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-campaign-'));
    this.files = await weightFiles(folder);
    fs.rmSync(folder, { recursive: true });
  }

  damage(chance: Chance, { folder }: Scratch): Input {
    const form = chance.pick(['net.safetensors', 'net.h5', 'web']);
    const names = [...this.files.keys()].filter(name => name.startsWith(form));
    const hit = chance.happens(0.5) && form === 'web' ? 'web/model.json' : chance.pick(names);
    for (const name of names) {
      const bytes = this.files.get(name)!;
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), name === hit ? this.damaged(name, bytes, chance) : bytes);
    }
    const file = path.join(folder, form);
    const kind = `networks: ${form === 'web' ? 'TensorFlow.js' : path.extname(form).slice(1)}`;
    return { kind, path: file, command: ['models', 'import', file, '--name', 'mine'], isQuick: true };
  }

  async feed({ path: file }: Input, { storage }: Scratch): Promise<void> {
    const folder = modelsFolder(storage);
    await openNetwork(file, { modelsFolder: folder, partial: true });
    await importModel(file, { modelsFolder: folder, name: 'mine' });
  }

  private damaged(name: string, bytes: Buffer, chance: Chance): Buffer {
    if (name.endsWith('.json') && chance.happens(0.7))
      return Buffer.from(strangeText(mutateJson(JSON.parse(bytes.toString()), chance), chance));
    if (name.endsWith('.safetensors') && chance.happens(0.5)) return withChangedHeader(bytes, chance);
    return mutate(bytes, chance, [...this.files.values()]);
  }
}

/** The header of a safetensors file is JSON behind its length. */
function withChangedHeader(bytes: Buffer, chance: Chance): Buffer {
  const end = 8 + Number(bytes.readBigUInt64LE());
  const header = Buffer.from(
    JSON.stringify(mutateJson(JSON.parse(bytes.toString('utf8', 8, end)), chance)) ?? '',
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, bytes.subarray(end)]);
}
