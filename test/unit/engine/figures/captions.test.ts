import { expect, it } from 'vitest';
import { captionsOf } from '../../../../src/engine/figures/page/captions';
import { formatMessage } from '../../../../src/common/messages';

const textOf = (picture: Parameters<typeof captionsOf>[0]) =>
  captionsOf(picture).map(caption => formatMessage(caption));

it('say how near a picture came, in digits that can be read', () => {
  expect(textOf({ relativeLoss: 0.0123, psnr: 41.27 })).toEqual([
    'PSNR 41.3 dB',
    '1.2 % of the starting loss',
  ]);
  expect(textOf({ relativeLoss: 3.9e-9 })).toEqual(['< 0.001 % of the starting loss']);
  expect(textOf({ losses: { content: 1.2345, style: 0.000678 } })).toEqual([
    'content 1.23',
    'style 0.000678',
  ]);
});
