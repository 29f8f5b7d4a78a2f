import { expect, it } from 'vitest';
import { studioStrings } from '../../../src/protocol/strings';
import { look, seriesText } from '../../../src/webview/studio/losses/series';

const names = [
  'content:conv4_2',
  'style:conv1_1',
  'style:conv1_1:2',
  'style:conv3_1',
  'style:conv3_1:2',
  'tv',
];

it('a layer has its colour in every region of a picture, and each region its dashes', () => {
  const [rest, region, deeper] = [1, 2, 3].map(i => look(names[i]!, names));
  expect(region!.variable).toBe(rest!.variable);
  expect(deeper!.variable).not.toBe(rest!.variable);
  expect(rest!.dash).toBeUndefined();
  expect(region!.dash).toEqual(look('style:conv3_1:2', names).dash);
  expect(look('style:conv1_1:1', names).dash).not.toEqual(region!.dash);
});

it('the legend names the layer and the region', () => {
  expect(seriesText('style:conv1_1', studioStrings)).toBe('style conv1_1');
  expect(seriesText('style:conv1_1:2', studioStrings)).toBe('style conv1_1, region 2');
});
