import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inStyleOrder } from '../../../src/extension/stylize/styleOrder';
import { encodeImage } from '../../../src/images/encode';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-style-order-'));
const at = (name: string) => path.join(folder, name);

beforeAll(async () => {
  for (const name of ['photo10.png', 'photo9.png', 'a/Styles/wave.png', 'b/style/oil.png', 'mystyle/x.png']) {
    fs.mkdirSync(path.dirname(at(name)), { recursive: true });
    await sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } }).toFile(at(name));
  }
  const image = { width: 2, height: 2, data: new Float32Array(12) };
  fs.writeFileSync(at('a/Styles/painted.png'), await encodeImage(image, { format: 'png', recipe: '{}' }));
});

afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

it('folders of styles come first, paintings of Atelier last, numbers in their order', async () => {
  const wanted = [
    ...['a/Styles/wave.png', 'b/style/oil.png'],
    ...['mystyle/x.png', 'photo9.png', 'photo10.png', 'gone.png', 'a/Styles/painted.png'],
  ].map(at);
  const sorted = await inStyleOrder([...wanted].reverse());
  expect(sorted.indexOf(at('gone.png'))).toBeGreaterThan(1);
  expect(sorted.filter(file => file !== at('gone.png'))).toEqual(
    wanted.filter(file => file !== at('gone.png')),
  );
});
