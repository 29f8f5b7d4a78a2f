import { stylePickerStrings } from '../../../src/protocol/stylePickerStrings';
import type { PickerItem, PickerSnapshot } from '../../../src/protocol/stylePicker';

/** Questions for a style, with pictures from `url`. */
export class StylePickerScenes {
  constructor(private readonly url: (name: string) => string) {}

  readonly scene = (changes: Partial<PickerSnapshot> = {}): PickerSnapshot => ({
    ...{ strings: stylePickerStrings, locale: 'en', title: 'Stylize photo.jpg' },
    ...{ blend: 'shares', each: true, all: true, preset: 'Preset: Balanced', searching: false },
    sections: [
      { label: 'Recent styles', items: [this.style('Swirls', 'swirls.jpg', 'strokes that turn')] },
      {
        label: 'Built-in styles',
        items: [
          this.style('Glass', 'glass.jpg', 'square panes'),
          this.style('Lake', 'painting.jpg', 'broad strokes'),
          this.style('Dawn', 'faint.jpg', 'pale light'),
        ],
      },
      { label: 'Recipes', items: [{ id: '/r', kind: 'recipe', name: 'My recipe', detail: '', uri: '' }] },
      {
        label: 'Images of the workspace',
        items: [this.style('a.jpg', 'photograph.jpg', 'styles'), this.style('b.tif', '', 'scans')],
      },
    ],
    ...changes,
  });

  private style(id: string, picture: string, detail: string): PickerItem {
    return { id, kind: 'style', name: id, detail, uri: picture === '' ? '' : this.url(picture) };
  }
}
