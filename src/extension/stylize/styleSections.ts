import type { PickerItem, PickerSection } from '../../protocol/stylePicker';
import type { StyleItem } from './styleItems';
import { swatchOf } from './swatches';

/**
 * The rows of the list as sections with pictures; what is no style and no recipe is left out.
 * @param pictureOf where a page finds the picture of an image file; empty while there is none
 */
export function sectionsOf(
  items: readonly StyleItem[],
  pictureOf: (file: string) => string,
): readonly PickerSection[] {
  const sections: { label: string; items: PickerItem[] }[] = [];
  for (const item of items) {
    if (item.means === 'heading') sections.push({ label: item.label, items: [] });
    const shown = pickerItem(item, pictureOf);
    if (shown !== undefined) sections.at(-1)?.items.push(shown);
  }
  return sections;
}

function pickerItem(item: StyleItem, pictureOf: (file: string) => string): PickerItem | undefined {
  const { label, description = '' } = item;
  const words = { name: label, detail: description };
  if (item.means === 'recipe') return { ...words, id: item.recipe, kind: 'recipe', uri: '' };
  if (item.means !== 'style') return undefined;
  return {
    ...words,
    id: item.style,
    kind: 'style',
    uri: pictureOf(swatchOf(item.style)?.file ?? item.style),
  };
}
