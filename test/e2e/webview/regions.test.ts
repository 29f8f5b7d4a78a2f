import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type {
  EditorRequest,
  EditorSnapshot,
  EditorUpdate,
  RegionInfo,
} from '../../../src/protocol/imageEditor';
import { seriousFindings } from './accessibility';
import { EditorScenes } from './editorScenes';
import { themes } from './previewServer';
import type { StageOptions, WebviewStage } from './stage';
import { Stages } from './stages';

type EditorStage = WebviewStage<EditorUpdate, EditorRequest>;

describe('regions in the image editor', { timeout: 60_000 }, () => {
  const stages = new Stages<EditorUpdate, EditorRequest>('imageEditor');
  const scenes = new EditorScenes(stages.pictureUrl);
  const show = async (more: Partial<EditorSnapshot> = {}, options?: StageOptions): Promise<EditorStage> => {
    const stage = await stages.show({ type: 'snapshot', snapshot: scenes.snapshot(more) }, options);
    await stage.page.getByRole('button', { name: 'Regions', exact: true }).click();
    return stage;
  };
  const button = ({ page }: EditorStage, name: string) => page.getByRole('button', { name, exact: true });
  /** The regions as the page has told them last, once there were so many edits. */
  const edits = async (stage: EditorStage, count: number) => {
    const sent = async () => (await stage.sent()).filter(({ type }) => type === 'editRegions');
    await expect.poll(async () => (await sent()).length).toBe(count);
    const last = (await sent()).at(-1)!;
    return last.type === 'editRegions' ? last.regions : [];
  };
  /** How white a mask is at fractions of its width and height. */
  const whiteAt = async (mask: Uint8Array | undefined, x: number, y: number): Promise<number> => {
    const { data, info } = await sharp(mask).greyscale().raw().toBuffer({ resolveWithObject: true });
    return data[(Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels]!;
  };
  const drag = async (
    { page }: EditorStage,
    from: readonly [number, number],
    to: readonly [number, number],
  ) => {
    const { x, y, width, height } = (await page.locator('atelier-mask-painter').boundingBox())!;
    await page.mouse.move(x + from[0] * width, y + from[1] * height);
    await page.mouse.down();
    await page.mouse.move(x + to[0] * width, y + to[1] * height, { steps: 4 });
    await page.mouse.up();
  };
  /** A file that is white on its left half. */
  const leftHalf = async (): Promise<Uint8Array> => {
    const white = await sharp({ create: { width: 30, height: 40, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const half = sharp({ create: { width: 60, height: 40, channels: 3, background: '#000' } });
    return Uint8Array.from(
      await half
        .composite([{ input: white, left: 0, top: 0 }])
        .png()
        .toBuffer(),
    );
  };
  const region = (id: string, mask: Uint8Array): RegionInfo => ({ id, keep: false, label: 'Wave', mask });

  it.each(themes)('are accessible and lawful in the theme %s', async theme => {
    const regions = [region('a', await leftHalf()), { id: 'b', keep: true, label: '' }];
    const stage = await show({ regions }, { theme });
    await stage.page.getByRole('radio', { name: '2 · Keep' }).click();
    await drag(stage, [0.6, 0.3], [0.9, 0.6]);
    await stage.picture(`regions-${theme}`);
    expect(await seriousFindings(stage.page)).toEqual([]);
  });

  it('are painted, erased with Alt, and told with each stroke', async () => {
    const stage = await show();
    await drag(stage, [0.2, 0.5], [0.8, 0.5]);
    const [first] = await edits(stage, 1);
    expect(first?.keep).toBe(true);
    expect(await whiteAt(first?.mask, 0.5, 0.5)).toBe(255);
    expect(await whiteAt(first?.mask, 0.5, 0.1)).toBe(0);
    await stage.page.keyboard.down('Alt');
    await drag(stage, [0.5, 0.4], [0.5, 0.6]);
    await stage.page.keyboard.up('Alt');
    const [second] = await edits(stage, 2);
    expect(second?.id).toBe(first?.id);
    expect(await whiteAt(second?.mask, 0.5, 0.5)).toBe(0);
    expect(await whiteAt(second?.mask, 0.3, 0.5)).toBe(255);
  });

  it('are inverted, cleared, added and removed', async () => {
    const stage = await show({ regions: [region('a', await leftHalf())] });
    await button(stage, 'Invert').click();
    const [inverted] = await edits(stage, 1);
    expect(await whiteAt(inverted?.mask, 0.25, 0.5)).toBe(0);
    expect(await whiteAt(inverted?.mask, 0.75, 0.5)).toBe(255);
    await button(stage, 'Clear').click();
    expect(await edits(stage, 2)).toEqual([{ id: 'a', keep: false }]);
    await button(stage, 'Add region').click();
    expect(await edits(stage, 3)).toMatchObject([{ id: 'a' }, { keep: true }]);
    await button(stage, 'Remove region').click();
    expect(await edits(stage, 4)).toEqual([{ id: 'a', keep: false }]);
  });

  it('are filled by colour', async () => {
    const stage = await show({ image: scenes.transparent });
    await stage.page.getByRole('radio', { name: 'By colour' }).click();
    const box = (await stage.page.locator('atelier-mask-painter').boundingBox())!;
    await stage.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await edits(stage, 1);
    const [filled] = await edits(stage, 2);
    expect(await whiteAt(filled?.mask, 0.5, 0.5)).toBe(255);
    expect(await whiteAt(filled?.mask, 0.02, 0.02)).toBe(0);
  });

  it('follow the host: what it undoes is what the next edit begins with', async () => {
    const stage = await show();
    await drag(stage, [0.2, 0.5], [0.8, 0.5]);
    await edits(stage, 1);
    await stage.post({ type: 'regions', regions: [] });
    await expect.poll(() => stage.page.locator('.region').count()).toBe(0);
    await stage.post({ type: 'regions', regions: [region('a', await leftHalf())] });
    await stage.page.getByRole('radio', { name: '1 · Wave' }).waitFor();
    await button(stage, 'Keep').click();
    const [kept] = await edits(stage, 2);
    expect(kept).toMatchObject({ id: 'a', keep: true });
    expect(await whiteAt(kept?.mask, 0.25, 0.5)).toBe(255);
  });

  it('are painted without a mouse', async () => {
    const stage = await show();
    const { page } = stage;
    await page.getByRole('application').focus();
    await page.keyboard.press('Enter');
    const [dab] = await edits(stage, 1);
    expect(await whiteAt(dab?.mask, 0.5, 0.5)).toBe(255);
    const slider = page.getByRole('slider', { name: 'Brush size' });
    const before = Number(await slider.inputValue());
    await page.keyboard.press(']');
    await expect.poll(async () => Number(await slider.inputValue())).toBeGreaterThan(before);
    await page.keyboard.press('Shift+ArrowDown');
    await edits(stage, 2);
    await page.getByRole('radio', { name: 'Brush', exact: true }).press('ArrowRight');
    expect(await page.getByRole('radio', { name: 'Eraser' }).getAttribute('aria-checked')).toBe('true');
  });

  it('leave the picture to be moved with the space bar', async () => {
    const stage = await show();
    const { page } = stage;
    await page.getByRole('button', { name: '1:1' }).click();
    const top = async () => (await page.locator('atelier-mask-painter').boundingBox())!.y;
    await page.getByRole('application').focus();
    const before = await top();
    await page.keyboard.down('Space');
    const view = (await page.locator('atelier-pane').boundingBox())!;
    await page.mouse.move(view.x + 400, view.y + 200);
    await page.mouse.down();
    await page.mouse.move(view.x + 400, view.y + 100);
    await page.mouse.up();
    await page.keyboard.up('Space');
    await expect.poll(top).toBeLessThan(before);
    expect((await stage.sent()).some(({ type }) => type === 'editRegions')).toBe(false);
  });

  it('reach the host before the style is asked for, and before the painting begins', async () => {
    const stage = await show();
    await drag(stage, [0.2, 0.5], [0.8, 0.5]);
    await button(stage, 'Choose a style…').click();
    await stage.waitFor('pickRegionStyle');
    await button(stage, 'Stylize').click();
    await stage.waitFor('stylize');
    const types = (await stage.sent()).map(({ type }) => type).filter(type => /Region|stylize/.test(type));
    expect(types).toEqual(['editRegions', 'pickRegionStyle', 'stylize']);
  });
});
