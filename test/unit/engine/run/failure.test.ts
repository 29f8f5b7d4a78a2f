import { describe, expect, it } from 'vitest';
import { explainFailure } from '../../../../src/engine/run/failure';
import { styleSize } from '../../../../src/engine/run/pictures';
import { AtelierError } from '../../../../src/common/errors';
import { DivergedError } from '../../../../src/nst/diverged';
import { msg } from '../../../../src/common/messages';

const size = { width: 4096, height: 3072 };

describe('a failure', () => {
  it.each([
    'std::bad_alloc',
    'Failed to allocate memory for requested buffer of size 3',
    'Array buffer allocation failed',
  ])('for want of memory names the size and a smaller one: %s', message => {
    expect(explainFailure(new Error(message), size)).toMatchObject({
      code: 'out-of-memory',
      message: 'There is not enough memory for 4096 × 3072 pixels.',
      next: 'Choose a size of 2864 or less, or close other programs.',
    });
  });

  it('to converge says what to try', () => {
    expect(explainFailure(new DivergedError(), size)).toMatchObject({ code: 'diverged' });
  });

  it('that is explained already, or not understood, stays as it is', () => {
    const known = new AtelierError('image-empty', msg`x`);
    expect(explainFailure(known, size)).toBe(known);
    const unknown = new TypeError('x is not a function');
    expect(explainFailure(unknown, size)).toBe(unknown);
  });
});

describe('the size of a style image', () => {
  it('follows the picture, within what the image has and what the network sees', () => {
    const style = { width: 1000, height: 500 };
    expect(styleSize(style, { width: 300, height: 400 }, 1)).toEqual({ width: 400, height: 200 });
    expect(styleSize(style, { width: 300, height: 400 }, 0.5)).toEqual({ width: 200, height: 100 });
    expect(styleSize(style, { width: 3000, height: 400 }, 1)).toEqual(style);
    expect(styleSize({ width: 1600, height: 32 }, { width: 64, height: 64 }, 1)).toEqual({
      width: 800,
      height: 16,
    });
    expect(styleSize({ width: 999, height: 20 }, { width: 16, height: 16 }, 0.1).height).toBe(16);
  });
});
