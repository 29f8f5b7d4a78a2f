import { afterEach, describe, expect, it, vi } from 'vitest';
import { requireMemory } from '../../../../src/cli/commands/requireMemory';
import type { PictureCost } from '../../../../src/engine/run/estimate';
import { pickHaving } from '../../../../src/recipe/fields';
import { presets } from '../../../../src/recipe/presets';

vi.mock('../../../../src/common/memory', () => ({ totalMemory: () => 8e9, freeMemory: () => 4e9 }));
afterEach(() => vi.restoreAllMocks());

/** A painting as large as its content. */
function painting(width: number, height: number, file = 'photo.jpg'): PictureCost {
  return { file, plan: { ...pickHaving(presets.studio, 'costs'), image: { width, height }, size: 0 } };
}

async function warnings(pictures: PictureCost | readonly PictureCost[], force: boolean): Promise<string> {
  let said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation(text => {
    said += String(text);
    return true;
  });
  await requireMemory([pictures].flat(), { name: 'cpu' }, '/nowhere', force);
  return said;
}

describe('memory is looked at before anything is painted', () => {
  it('what fits is not spoken of', async () => {
    expect(await warnings(painting(1024, 768), false)).toBe('');
  });

  it('what needs more than is free is warned of', async () => {
    expect(await warnings(painting(3200, 2400), false)).toMatch(
      /^atelier: 3200 × 2400 pixels need about [4-7]\.\d GB of memory, more than is free: about \d+ pixels on the longest side fit\.\n$/,
    );
  });

  it('what needs more than there is is refused, unless it is forced', async () => {
    const error = (await warnings(painting(12_000, 9000), false).catch((e: unknown) => e)) as Error;
    expect(error).toMatchObject({
      code: 'image-too-large',
      next: expect.stringContaining('--force') as string,
    });
    expect(error.message).toMatch(
      /^photo\.jpg: 12000 × 9000 pixels need about \d+ GB of memory; 8\.0 GB are available\.$/,
    );
    expect(await warnings(painting(12_000, 9000), true)).toContain('12000 × 9000 pixels need');
  });

  it('of several pictures the costliest counts, and is spoken of once', async () => {
    const all = [painting(640, 480), painting(12_000, 9000, 'large.jpg'), painting(3200, 2400)];
    const error = (await warnings(all, false).catch((e: unknown) => e)) as Error;
    expect(error.message).toMatch(/^large\.jpg: 12000 × 9000 pixels/);
    expect((await warnings(all, true)).match(/pixels need/g)).toHaveLength(1);
  });

  it('one evaluation needs less than a painting', async () => {
    const { file, plan } = painting(2600, 1900);
    expect(await warnings({ file, plan }, false)).not.toBe('');
    expect(await warnings({ file, plan: { ...plan, optimizer: 'none' } }, false)).toBe('');
  });
});
