import { describe, expect, it } from 'vitest';
import { formatMessage } from '../../../src/common/messages';
import { fieldsHaving } from '../../../src/recipe/fields';
import { presets } from '../../../src/recipe/presets';
import type { Recipe } from '../../../src/recipe/recipe';
import { settingsOf } from '../../../src/recipe/settingList';

const recipe: Recipe = { ...presets.studio, content: '/a.jpg', styles: [{ image: '/b.jpg', weight: 1 }] };

const listed = (fields: Partial<Recipe> = {}) =>
  Object.fromEntries(
    settingsOf({ ...recipe, ...fields }).map(({ label, value }) => [
      formatMessage(label),
      formatMessage(value),
    ]),
  );

describe('the settings of a recipe in words', () => {
  it('are all that have a name', () => {
    expect(settingsOf(recipe).map(({ field }) => field)).toEqual(fieldsHaving('label'));
    expect(listed()).toMatchObject({
      ...{ Size: '512 px on the longest side', Network: 'lite', 'α/β': '0.04', γ: '2', Optimizer: 'L-BFGS' },
      'Style layers': 'conv1_1, conv2_1, conv3_1, conv4_1, conv5_1',
      'Statistics of the style': 'mean and covariance',
      'Coarse to fine': 'yes',
      'Start image': 'the content image',
    });
  });

  it('round, and tell nobody where files lie', () => {
    expect(listed({ ratio: 1 / 300 })['α/β']).toBe('0.00333');
    expect(listed({ size: 0 }).Size).toBe('as it is');
    expect(listed({ init: 'noise', seed: 7 })['Start image']).toBe('white noise, seed 7');
    const told = listed({ init: '/home/me/start.png', model: '/home/me/net.safetensors' });
    expect(told).toMatchObject({ 'Start image': 'start.png', Network: 'net.safetensors' });
    expect(JSON.stringify(told)).not.toContain('/home');
  });
});
