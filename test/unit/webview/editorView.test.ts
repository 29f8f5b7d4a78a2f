import { describe, expect, it } from 'vitest';
import { applyUpdate } from '../../../src/webview/imageEditor/editorState';
import type { EditorSnapshot } from '../../../src/protocol/imageEditor';
import { imageEditorStrings } from '../../../src/protocol/strings';
import { sizeChoices } from '../../../src/webview/imageEditor/sizes';
import { effectiveMode, viewSchemas } from '../../../src/webview/imageEditor/viewState';

const snapshot: EditorSnapshot = {
  strings: imageEditorStrings,
  locale: 'en',
  image: { name: 'a.png', uri: 'https://x/a.png', format: 'PNG', bytes: 10 },
  results: [],
  styles: [],
  choice: { ratio: 0.003, size: 512 },
};

describe('sizes to choose from', () => {
  it('are below the size of the image, which is the last choice', () => {
    expect(sizeChoices(800, 512)).toEqual([256, 384, 512, 768, 0]);
    expect(sizeChoices(100, 0)).toEqual([0]);
  });

  it('hold the current one, whatever it is', () => {
    expect(sizeChoices(400, 600)).toEqual([256, 384, 600, 0]);
    expect(sizeChoices(undefined, 500)).toContain(500);
  });
});

describe('what the editor shows', () => {
  it('is only the image while there is nothing to compare', () => {
    expect(effectiveMode('difference', 0)).toBe('image');
    expect(effectiveMode(undefined, 1)).toBe('slider');
    expect(effectiveMode('onionSkin', 1)).toBe('onionSkin');
  });

  it('follows the file, the results, the run and notices', () => {
    let state = applyUpdate(undefined, { type: 'snapshot', snapshot });
    state = applyUpdate(state, { type: 'image', image: { ...snapshot.image, bytes: 20 } });
    state = applyUpdate(state, { type: 'run', run: { label: 'step 1' } });
    state = applyUpdate(state, { type: 'notice', notice: { severity: 'info', sentence: 'x', actions: [] } });
    expect(state).toMatchObject({
      image: { bytes: 20 },
      run: { label: 'step 1' },
      notice: { sentence: 'x' },
    });
    expect(applyUpdate(state, { type: 'snapshot', snapshot })?.notice).toBeUndefined();
  });

  it('restores only a view that makes sense', () => {
    const { view, divider, mode } = viewSchemas;
    expect(view.safeParse({ zoom: 'fit', x: 0.5, y: 0.5 }).success).toBe(true);
    expect(view.safeParse({ zoom: 2, x: 0.5, y: 0.5 }).success).toBe(true);
    for (const wrong of [undefined, null, {}, { zoom: '2', x: 0, y: 0 }, { zoom: NaN, x: 0, y: 0 }])
      expect(view.safeParse(wrong).success).toBe(false);
    expect(divider.safeParse(1.5).success).toBe(false);
    expect(mode.safeParse('hologram').success).toBe(false);
  });
});
