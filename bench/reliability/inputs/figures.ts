import * as fs from 'node:fs';
import * as path from 'node:path';
import { planFigure } from '../../../src/engine/figures/planFigure';
import {
  figureFiles,
  figuresFolder,
  listFigures,
  readFigure,
} from '../../../src/engine/figures/storedFigure';
import type { Chance } from '../chance';
import { mutate } from './mutate';
import { mutateJson, strangeText } from '../mutateJson';
import type { Input, Scratch, Subject } from './subject';

/** Folders of figures that are half done. */
export class Figures implements Subject {
  private readonly files = new Map<string, unknown>([
    [
      figureFiles.request,
      planFigure({
        kind: 'tradeoff',
        content: '/a.png',
        styles: ['/b.png'],
        size: 32,
        steps: 4,
        model: 'lite',
      }),
    ],
    [figureFiles.state, { createdAt: '2026-01-01T12:00:00.000Z', status: 'running' }],
    [figureFiles.index, { request: 'x', pictures: [{ id: 'cell-1-1', file: 'cell-1-1.png' }] }],
  ]);

  open(): Promise<void> {
    return Promise.resolve();
  }

  damage(chance: Chance, { storage }: Scratch): Input {
    const folder = path.join(figuresFolder(storage), '20260101120000000-abcd');
    const hit = chance.pick([...this.files.keys()]);
    fs.mkdirSync(folder, { recursive: true });
    for (const [name, value] of this.files) {
      const text = name === hit ? strangeText(mutateJson(value, chance), chance) : JSON.stringify(value);
      const bytes = Buffer.from(text);
      const noise = name === hit && chance.happens(0.3);
      fs.writeFileSync(path.join(folder, name), noise ? mutate(bytes, chance, [bytes]) : bytes);
    }
    // No command reads figures of the storage.
    return { kind: 'figures', path: folder, command: ['jobs', 'list'], isQuick: true };
  }

  feed({ path: folder }: Input, { storage }: Scratch): Promise<void> {
    listFigures(storage);
    readFigure(folder);
    return Promise.resolve();
  }
}
