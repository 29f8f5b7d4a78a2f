import { describe, expect, it } from 'vitest';
import { feathered } from '../../../../src/nst/regions/feather';
import { guideTerms } from '../../../../src/nst/regions/guidance';
import { withKept } from '../../../../src/nst/regions/kept';
import { maskAt, positionsWorth, sumOf, withMeanOne, type Mask } from '../../../../src/nst/regions/mask';
import { partition } from '../../../../src/nst/regions/partition';
import { termsOf } from '../../../../src/nst/terms/term';

function maskOf(width: number, height: number, at: (x: number, y: number) => number): Mask {
  const data = Float32Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width)));
  return { width, height, data };
}

describe('a mask at a layer', () => {
  const mask = maskOf(7, 5, (x, y) => (x + 7 * y) / 34);

  it('is the average over windows, without an odd last row and column', () => {
    const pooled = maskAt(mask, 'conv2_2');
    expect(pooled).toMatchObject({ width: 3, height: 2 });
    expect(pooled.data[4]).toBeCloseTo((2 + 14 + 3 + 14 + 2 + 21 + 3 + 21) / 4 / 34, 6);
    expect(maskAt(mask, 'conv1_2')).toBe(mask);
  });

  it('counts as many positions as it says, and is worth as many as count alike', () => {
    const half = maskOf(8, 8, x => (x < 4 ? 0.5 : 0));
    expect(sumOf(half)).toBe(16);
    expect(positionsWorth(half)).toBe(32);
    expect([...new Set(withMeanOne(half).data)]).toEqual([2, 0]);
  });
});

describe('a feathered border', () => {
  it.each([512, 1024])('is 8 px wide at 512, and in proportion elsewhere: %i', width => {
    const edge = width / 2;
    const { data } = feathered(maskOf(width, 3, x => (x < edge ? 1 : 0)));
    const soft = [...data.subarray(0, width)].filter(value => value > 0 && value < 1);
    expect(soft).toHaveLength(width / 64);
    expect(data[edge - width / 128 - 1]).toBe(1);
    expect(data[edge + width / 128]).toBe(0);
    expect(data[edge]! + data[edge - 1]!).toBeCloseTo(1, 6);
    // Beyond the edge of the picture it is as at the edge.
    expect([data[0], data[width - 1]]).toEqual([1, 0]);
  });

  it('leaves soft values what they are where they are alike', () => {
    const { data } = feathered(maskOf(40, 40, () => 0.25));
    for (const value of data) expect(value).toBeCloseTo(0.25, 6);
  });
});

describe('the pixels of a picture', () => {
  const size = { width: 64, height: 48 };
  const left = maskOf(64, 48, x => (x < 40 ? 1 : 0));
  const right = maskOf(64, 48, x => (x >= 24 ? 0.5 : 0));
  const top = maskOf(64, 48, (_, y) => (y < 20 ? 1 : 0));

  it('are shared out: regions, the rest and what is kept add up to 1', () => {
    const opacity = maskOf(64, 48, (x, y) => (x + y) / 112);
    const { rest, styled, free } = partition(size, { styled: [left, right], kept: [top], opacity });
    rest.data.forEach((value, i) => {
      const sum = value + styled[0]!.data[i]! + styled[1]!.data[i]!;
      expect(sum).toBeCloseTo(free!.data[i]!, 6);
    });
    const at = (mask: Mask, x: number, y: number) => mask.data[64 * y + x];
    // Where two overlap, in the proportion of their masks; where one is half, the rest has the other half.
    const all = partition(size, { styled: [left, right], kept: [] });
    expect([at(all.styled[0]!, 30, 40), at(all.styled[1]!, 30, 40)]).toEqual([
      expect.closeTo(2 / 3, 6),
      expect.closeTo(1 / 3, 6),
    ]);
    expect([at(all.styled[1]!, 50, 40), at(all.rest, 50, 40)]).toEqual([0.5, 0.5]);
    expect(all.free).toBeUndefined();
  });

  it('are not painted where they are kept, and nobody sees what would be', () => {
    const { styled, rest, free } = partition(size, { styled: [left], kept: [top] });
    const painted = new Float32Array(3 * 64 * 48).fill(NaN);
    const content = new Float32Array(3 * 64 * 48).fill(0.3);
    const seen = withKept(painted, content, free!);
    for (let i = 0; i < 64 * 15; i++) {
      expect([free!.data[i], styled[0]!.data[i], rest.data[i]]).toEqual([0, 0, 0]);
      expect(seen[i]).toBe(Math.fround(0.3));
    }
    expect(seen.at(-1)).toBeNaN();
  });
});

describe('terms on regions', () => {
  const size = { width: 64, height: 64 };
  const quarter = maskOf(64, 64, (x, y) => (x < 32 && y < 32 ? 1 : 0));
  const { rest, styled } = partition(size, { styled: [quarter], kept: [] });
  const region = { number: 2, mask: styled[0]!, styles: [] };
  const terms = termsOf({ content: ['conv4_2'], style: ['conv1_1', 'conv4_1', 'conv5_1'], regions: [0, 2] });
  const isStyle = ({ kind }: { kind: string }) => kind === 'gram';

  it('count by the share of their region, with weights of mean 1', () => {
    const { guides } = guideTerms(terms, { rest, regions: [region] }, isStyle);
    expect(guides.get('style:conv1_1:2')?.share).toBe(0.25);
    expect(guides.get('style:conv4_1')?.share).toBe(0.75);
    expect(new Set(guides.get('style:conv1_1:2')?.weights.data)).toEqual(new Set([4, 0]));
  });

  it('are not measured with fewer than 16 positions of the region, or of the style’s mask', () => {
    const found = guideTerms(terms, { rest, regions: [region] }, isStyle);
    expect(found.unmeasured.map(({ term, positions }) => [term.id, positions])).toEqual([
      ['style:conv5_1', 12],
      ['style:conv5_1:2', 4],
    ]);
    expect(found.terms.map(({ id }) => id)).toEqual([
      ...['content:conv4_2', 'style:conv1_1', 'style:conv1_1:2', 'style:conv4_1', 'style:conv4_1:2', 'tv'],
    ]);
    const image = { width: 64, height: 64, data: new Float32Array() };
    const styles = [{ image, weight: 1, mask: maskOf(64, 64, (x, y) => (x < 16 && y < 40 ? 1 : 0)) }];
    const small = guideTerms(terms, { rest, regions: [{ ...region, styles }] }, isStyle);
    expect(small.unmeasured.map(({ term }) => term.id)).toContain('style:conv4_1:2');
  });
});
