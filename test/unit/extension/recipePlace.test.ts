import { describe, expect, it } from 'vitest';
import { placeAt } from '../../../src/extension/recipes/recipePlace';

/** The place at the bar in a text, and what is written there. */
function at(marked: string): { kind: string; written: string } | undefined {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const place = placeAt(text, offset);
  return place && { kind: place.kind, written: text.slice(place.start, place.end) };
}

describe('the place in a recipe', () => {
  it.each([
    ['{"content": "|"}', 'content', '""'],
    ['{"content": "a/ph|oto.jpg", "size": 3}', 'content', '"a/photo.jpg"'],
    ['{"content": |}', 'content', ''],
    ['{"content":|', 'content', ''],
    ['{"content": "pho|', 'content', '"pho'],
    ['{"styles": [{"image": "swatch:|"}]}', 'style', '"swatch:"'],
    ['{"styles": [{"image": "a.png"}, {"weight": 2, "image": |}]}', 'style', ''],
    ['{"regions": [{"mask": "|"}]}', 'mask', '""'],
    ['{"regions": [{"style": "swatch:|"}]}', 'style', '"swatch:"'],
    ['{"regions": [{"styles": [{"image": |}]}]}', 'style', ''],
    ['{"regions": [{"styleMask": "|"}]}', 'mask', '""'],
    ['{"init": "n|"}', 'start', '"n"'],
    ['{\n  // a comment\n  "model": "|"\n}', 'network', '""'],
  ])('%s takes an image or a network', (marked, kind, written) => {
    expect(at(marked)).toEqual({ kind, written });
  });

  it.each([
    '{"|": 1}',
    '{"cont|ent": "a.jpg"}',
    '{"size": |}',
    '{"content": 12|}',
    '{"styles": [|]}',
    '{"styles": [{"weight": |}]}',
    '{"styles": {"image": "|"}}',
    '{"styleLayers": {"content": |}}',
    '{"regions": [{"weight": |}]}',
    '{"regions": [{"mask": {"image": |}}]}',
    '|',
    '',
  ])('%s takes nothing of ours', marked => {
    expect(at(marked)).toBeUndefined();
  });
});
