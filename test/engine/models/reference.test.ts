import * as fs from 'node:fs';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { openNetwork } from '../../../src/models/openNetwork';
import type { Network } from '../../../src/models/network';
import { firstEdition } from '../../networks/firstEdition';
import { describeShared, sharedPath } from '../../shared';

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Interleaved RGB in [0, 1]. */
  readonly pixels: Float64Array;
}

async function load(name: string): Promise<Picture> {
  const { data, info } = await sharp(sharedPath(`reference/${name}.png`))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: Float64Array.from(data, value => value / 255) };
}

/** conv1_1 before ReLU, in doubles, straight from the definition of `Network`: channels × positions. */
function firstLayer(network: Network, { width, height, pixels }: Picture): Float64Array[] {
  const { kernel, bias, outChannels } = network.weights('conv1_1');
  return Array.from({ length: outChannels }, (_, o) => {
    const map = new Float64Array(width * height);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        let sum = bias[o]!;
        for (let tap = 0; tap < 9; tap++) {
          const row = y + Math.floor(tap / 3) - 1;
          const column = x + (tap % 3) - 1;
          if (row < 0 || row >= height || column < 0 || column >= width) continue;
          for (let c = 0; c < 3; c++)
            sum +=
              kernel[(o * 3 + c) * 9 + tap]! * (pixels[(row * width + column) * 3 + c]! - network.mean[c]!);
        }
        map[y * width + x] = sum;
      }
    return map;
  });
}

const relu = (maps: Float64Array[]) => maps.map(map => map.map(value => Math.max(0, value)));

function mean(maps: Float64Array[]): number {
  const sum = maps.reduce((all, map) => all + map.reduce((a, b) => a + b, 0), 0);
  return sum / (maps.length * maps[0]!.length);
}

function gram(maps: Float64Array[], scale: number): number[] {
  const positions = maps[0]!.length;
  return maps.flatMap(a =>
    maps.map(b => a.reduce((sum, value, i) => sum + value * b[i]!, 0) / positions / scale ** 2),
  );
}

/** ‖Ĝ − Â‖² / N² at conv1_1, in mean units. */
function styleLoss(generated: Float64Array[], style: Float64Array[]): number {
  const scale = mean(style);
  const target = gram(style, scale);
  const squares = gram(generated, scale).reduce((sum, value, i) => sum + (value - target[i]!) ** 2, 0);
  return squares / generated.length ** 2;
}

interface Case {
  readonly losses: { readonly content: Record<string, number>; readonly style: Record<string, number> };
}

describeShared('the input of a network, folded into conv1_1', () => {
  const expected = JSON.parse(fs.readFileSync(sharedPath('reference/reference.json'), 'utf8')) as Record<
    string,
    Case
  >;
  const vgg19 = sharedPath(
    'mirror/DavidCai1993/vgg19-tensorflowjs-model/08d09052bc6258d3abdfa341850122fc4b746db6/model',
  );

  it.each([
    ['lite-mean-avg', firstEdition],
    ['vgg19-mean-avg', vgg19],
  ])('gives the reference loss of %s', async (name, model) => {
    const network = await openNetwork(model, { deepest: 'conv3_4' });
    const [image, style] = await Promise.all([load('image'), load('style')]);
    const loss = styleLoss(relu(firstLayer(network, image)), relu(firstLayer(network, style)));
    expect(Math.abs(loss / expected[name]!.losses.style.conv1_1! - 1)).toBeLessThan(1e-6);
  });

  it('gives the reference content loss before ReLU', async () => {
    const network = await openNetwork(firstEdition);
    const [image, content] = await Promise.all([load('image'), load('content')]);
    const [f, p] = [firstLayer(network, image), firstLayer(network, content)];
    const half =
      f.reduce((sum, map, o) => sum + map.reduce((s, value, i) => s + (value - p[o]![i]!) ** 2, 0), 0) / 2;
    expect(Math.abs(half / expected['lite-paper-before-relu']!.losses.content.conv1_1! - 1)).toBeLessThan(
      1e-6,
    );
  });
});
