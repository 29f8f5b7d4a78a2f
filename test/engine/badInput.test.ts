import * as fs from 'node:fs';
import * as path from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resourcePath } from '../../src/common/resources';
import { writePicture } from './stage/pictures';
import { Workshop } from './stage/workshop';

const workshop = new Workshop();
beforeAll(async () => {
  await workshop.open();
  await prepare();
});
afterAll(() => workshop.close());

async function prepare(): Promise<void> {
  const at = (name: string) => workshop.at(name);
  fs.mkdirSync(at('folder.png'));
  fs.writeFileSync(at('empty.png'), '');
  fs.writeFileSync(at('text.png'), 'Dear diary, today I renamed a text file.\n');
  const jpeg = await sharp(at('content.png')).resize(400).jpeg({ quality: 95 }).toBuffer();
  fs.writeFileSync(at('cut.jpg'), jpeg.subarray(0, Math.round(jpeg.length / 2)));
  await writePicture(at('dot.png'), { width: 1, height: 1, kind: 'hills' });
  await writePicture(at('small.png'), { width: 40, height: 15, kind: 'hills' });
  await sharp({ create: { width: 96, height: 72, channels: 3, background: 'black' } }).toFile(
    at('black.png'),
  );
  fs.writeFileSync(at('bomb.png'), bomb(fs.readFileSync(at('content.png'))));
  const weights = fs.readFileSync(resourcePath('models/lite.safetensors'));
  fs.writeFileSync(at('cut.safetensors'), weights.subarray(0, weights.length - 1000));
  fs.writeFileSync(at('misshapen.safetensors'), misshapen(weights));
  const recipe = { content: 'content.png', styles: [{ image: 'style.png' }] };
  fs.writeFileSync(at('unknown.json'), JSON.stringify({ ...recipe, stepz: 3 }));
  fs.writeFileSync(at('typed.json'), JSON.stringify({ ...recipe, steps: 'many' }));
  const region = { mask: 'black.png', style: 'style.png', styles: [{ image: 'style.png' }] };
  fs.writeFileSync(at('regions.json'), JSON.stringify({ ...recipe, regions: [region] }));
  fs.writeFileSync(at('broken.json'), '{"content": ');
}

/** A PNG whose header claims 60000 × 60000 pixels. */
function bomb(png: Buffer): Buffer {
  const bytes = Buffer.from(png);
  bytes.writeUInt32BE(60_000, 16);
  bytes.writeUInt32BE(60_000, 20);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}

/** Weights whose first kernel claims one channel less, in a file that is whole otherwise. */
function misshapen(weights: Buffer): Buffer {
  const length = Number(weights.readBigUInt64LE());
  const header = weights.subarray(8, 8 + length).toString();
  const changed = header.replace(/("conv1_1\.weight".*?"shape":\s*\[3,\s*3,\s*3,\s*)16/, '$115');
  const bytes = Buffer.from(weights);
  bytes.write(changed.padEnd(length), 8);
  return bytes;
}

function everything(folder: string): string[] {
  return fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
}

/** Runs the command line and expects a refusal: exit code 3, one sentence, nothing written. */
async function refuse(...args: string[]): Promise<string> {
  const before = everything(workshop.folder);
  const { code, stdout, stderr } = await workshop.cli(...args);
  expect(stderr).toMatch(/^atelier: /);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(stdout).toBe('');
  expect(code).toBe(3);
  expect(everything(workshop.folder)).toEqual(before);
  return stderr;
}

describe('bad input is refused with a sentence that names the file and the reason', () => {
  it.each([
    ['missing.png', 'does not exist'],
    ['folder.png', 'is a folder'],
    ['empty.png', 'is empty'],
    ['text.png', 'is not an image'],
    ['cut.jpg', 'damaged or incomplete'],
    ['dot.png', '1 × 1 pixels; the network needs 16'],
    ['small.png', '40 × 15 pixels; the network needs 16'],
    ['bomb.png', '60000 × 60000 pixels'],
  ])('%s as content, as style, as start image, and for evaluation', async (name, reason) => {
    const commands = [
      ['stylize', name, 'style.png'],
      ['stylize', 'content.png', name],
      ['stylize', 'content.png', 'style.png', '--init', name],
      ['evaluate', name, '--content', 'content.png', '--style', 'style.png'],
    ];
    for (const command of commands) {
      const sentence = await refuse(...command);
      expect(sentence).toContain(workshop.at(name).slice(command[0] === 'evaluate' ? -name.length : 0));
      expect(sentence).toContain(reason);
    }
  });

  it.each([
    [['--style-layers', 'conv1_1,conv9_9'], "unknown layer 'conv9_9'"],
    [['--content-layers', 'relu4_2'], "unknown layer 'relu4_2'"],
    [['--size', '8'], 'the network needs 16'],
    [['--model', 'cut.safetensors'], 'cut short'],
    [['--model', 'misshapen.safetensors'], 'conv1_1'],
    [['--model', 'none.safetensors'], 'none.safetensors'],
    [['--model', 'vgg19'], 'The model vgg19 is not installed'],
    [['--keep', 'none.png'], 'does not exist'],
    [['--region', 'black.png=style.png'], 'a mask must be white where its region is'],
    [['-o', 'none/out.png'], 'the output folder does not exist'],
  ])('%j', async (options, reason) => {
    expect(await refuse('stylize', 'content.png', 'style.png', ...options)).toContain(reason);
  });

  it.each([
    ['unknown.json', "unknown field 'stepz'"],
    ['typed.json', '\'steps\' must be a number, not "many"'],
    ['broken.json', 'it is not JSON'],
    ['regions.json', 'regions.json:1:'],
    ['regions.json', "'regions[0].style': give the style here or under 'styles', not both"],
    ['missing.json', 'there is no such recipe file'],
    ['folder.png', 'is a folder'],
  ])('the recipe %s', async (name, reason) => {
    for (const command of [
      ['run', name],
      ['stylize', '--recipe', name],
    ]) {
      const sentence = await refuse(...command);
      expect(sentence).toContain(name);
      expect(sentence).toContain(reason);
    }
  });

  it('a job that does not exist', async () => {
    expect(await refuse('resume', 'none')).toContain('there is no such job');
    expect(await refuse('resume')).toContain('There is no interrupted job');
  });
});

describe('the command line used wrongly ends with exit code 2', () => {
  it.each([
    [['paint'], "unknown command 'paint'"],
    [['stylize', 'content.png', 'style.png', '--sise', '3'], "unknown option '--sise'"],
    [['stylize', 'content.png', 'style.png', '--steps', 'many'], 'It is not a number'],
    [['stylize', 'content.png', 'style.png', '--device', 'abacus'], 'Allowed choices are'],
    [['stylize', 'content.png'], 'Name at least one style image'],
    [['stylize', 'content.png', 'style.png', '--layer-weights', '1,2'], '2 weights for 5 layers'],
    [['stylize', 'content.png', 'style.png', '-o', 'content.png'], 'would replace the image'],
    [['stylize', 'content.png', 'style.png', '-o', 'out.tiff'], 'a result can be a .png, .jpg or .webp'],
    [['evaluate'], "missing required argument 'image'"],
  ])('%j', async (args, reason) => {
    const before = everything(workshop.folder);
    const { code, stderr } = await workshop.cli(...args);
    expect(stderr).toContain(reason);
    expect(code).toBe(2);
    expect(everything(workshop.folder)).toEqual(before);
  });
});

it('bad input is a line of JSON for scripts', async () => {
  const { code, stdout } = await workshop.cli('stylize', 'empty.png', 'style.png', '--json');
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({
    event: 'failed',
    error: {
      code: 'image-empty',
      message: `${path.join(workshop.pictures, 'empty.png')} is empty (0 bytes).`,
    },
  });
});
