import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { judgePicture } from '../../../src/engine/referee/referee';
import { modelFile, modelsFolder } from '../../../src/models/folder';
import type { RefereeReport } from '../../../src/protocol/reply';
import { firstEdition } from '../../networks/firstEdition';

const at = (name: string): string => path.join(__dirname, name);
const storage = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-referee-'));
afterAll(() => fs.rmSync(storage, { recursive: true }));

const settings = { device: 'cpu', threads: 1, storage } as const;
const judge = (model: string, asked?: string, image = 'image.png', style = 'style.png') =>
  judgePicture(
    at(image),
    { content: at('content.png'), styles: [{ image: at(style), weight: 1 }], model },
    settings,
    asked,
  );

describe('the referee', () => {
  it('says what an independent program says', async () => {
    const wanted = JSON.parse(fs.readFileSync(at('reference.json'), 'utf8')) as Omit<
      RefereeReport,
      'network' | 'independent' | 'distance'
    >;
    const found = await judge('lite', firstEdition);
    const near = (value: number | undefined, expected: number) =>
      expect(Math.abs(value! / expected - 1), `${value} against ${expected}`).toBeLessThan(1e-5);
    for (const [layer, value] of Object.entries(wanted.distances)) near(found.distances[layer], value);
    expect(Object.keys(found.distances)).toEqual(Object.keys(wanted.distances));
    near(
      found.distance,
      Object.values(wanted.distances).reduce((sum, value) => sum + value) /
        Object.keys(wanted.distances).length,
    );
    near(found.contentDistance, wanted.contentDistance);
    near(found.contentError, wanted.contentError);
    near(found.clipped, wanted.clipped);
    near(found.chroma, wanted.chroma);
  });

  it('finds nothing between a picture and itself', async () => {
    const { distance, contentError, chroma } = await judge('lite', undefined, 'content.png', 'content.png');
    expect(distance).toBeLessThan(1e-6);
    expect(contentError).toBe(0);
    expect(chroma).toBe(1);
  });

  it('is another network than the painter where there is one', async () => {
    expect(await judge('lite')).toMatchObject({ network: 'lite', independent: false });
    expect(await judge(firstEdition)).toMatchObject({ network: 'lite', independent: true });
    fs.mkdirSync(modelsFolder(storage), { recursive: true });
    fs.copyFileSync(firstEdition, modelFile(modelsFolder(storage), 'other'));
    expect(await judge('lite')).toMatchObject({ network: 'other', independent: true });
    // Under another name it is the same network.
    expect(await judge(firstEdition)).toMatchObject({ network: 'lite', independent: true });
    expect(await judge('lite', 'lite')).toMatchObject({ network: 'lite', independent: false });
    fs.copyFileSync(firstEdition, modelFile(modelsFolder(storage), 'vgg19'));
    expect(await judge('lite')).toMatchObject({ network: 'vgg19', independent: true });
  });
});
