import { describe, expect, it } from 'vitest';
import { applyUpdate } from '../../../src/webview/imageEditor/editorState';
import type { EditorSnapshot } from '../../../src/protocol/imageEditor';
import type { WholeLook } from '../../../src/protocol/look';
import { ratioOf, strengthOf } from '../../../src/protocol/strength';
import { imageEditorStrings } from '../../../src/protocol/strings';
import { sizeChoices } from '../../../src/webview/common/look/sizes';
import { changed, choiceOf } from '../../../src/webview/imageEditor/choice';
import { effectiveMode, viewSchemas } from '../../../src/webview/imageEditor/viewState';

const look: WholeLook = {
  ...{ colors: 'style', statistics: 'bures', styleScale: 1, size: 512 },
  ...{ steps: 200, init: 'content', seed: 0 },
};
const paper = { name: 'paper', label: 'Paper', detail: '', ratios: { gram: 1e-7 } } as const;
const presets: EditorSnapshot['presets'] = [
  { name: 'studio', label: 'Balanced', detail: '', look, ratios: { bures: 0.04, gram: 0.025 } },
  { ...paper, look: { ...look, statistics: 'gram', steps: 500 } },
];

const snapshot: EditorSnapshot = {
  strings: imageEditorStrings,
  locale: 'en',
  image: { name: 'a.png', uri: 'https://x/a.png', format: 'PNG', bytes: 10 },
  results: [],
  styles: [],
  presets,
  preset: 'studio',
  look: [],
  regions: [],
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

describe('the choice in the bar', () => {
  const offered = {
    styles: [{ id: 'a', name: 'a', uri: '' }],
    style: 'a',
    preset: 'studio' as const,
    presets,
  };
  const nothing = { style: undefined, preset: undefined, ratio: undefined, look: {} };

  it('begins with the preset of the settings, and keeps what was set over it', () => {
    expect(choiceOf(offered, nothing)).toEqual({ ...look, style: 'a', preset: 'studio', ratio: 0.04 });
    const set = { ...nothing, style: 'gone', look: { colors: 'match', size: undefined } } as const;
    expect(choiceOf(offered, set)).toMatchObject({ style: 'a', colors: 'match', size: 512 });
  });

  it('has the ratio of its statistic, and of its preset', () => {
    const gram = { ...nothing, look: { statistics: 'gram' } } as const;
    expect(choiceOf(offered, gram)?.ratio).toBe(0.025);
    // The papers' sums are of Gram matrices.
    const bures = { ...nothing, preset: 'paper', look: { statistics: 'bures' } } as const;
    expect(choiceOf(offered, bures)).toMatchObject({ statistics: 'gram', ratio: 1e-7, steps: 500 });
  });

  it('stays as strong with another statistic, and begins anew with another preset', () => {
    const set = { ...nothing, ratio: ratioOf(70, 'bures'), look: { seed: 3 } };
    const before = choiceOf(offered, set)!;
    const { ratio, look: after } = changed(before, set, { statistics: 'gram' });
    expect(strengthOf(ratio!, 'gram')).toBeCloseTo(70, 0);
    expect(after).toEqual({ seed: 3, statistics: 'gram' });
    expect(changed(before, set, { preset: 'paper' })).toEqual({ preset: 'paper', look: {} });
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
