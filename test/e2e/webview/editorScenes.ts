import { imageEditorStrings } from '../../../src/protocol/strings';
import type { EditorSnapshot, ImageInfo, ResultInfo, StyleInfo } from '../../../src/protocol/imageEditor';
import { offeredLook, presetInfos } from './lookScenes';
import { photographSize } from './pictures';

/** Everything the image editor can be shown to show, with pictures from `url`. */
export class EditorScenes {
  constructor(private readonly url: (name: string) => string) {}

  get photograph(): ImageInfo {
    const [width, height] = photographSize;
    return {
      name: 'mountain-lake.jpg',
      uri: this.url('photograph.jpg'),
      format: 'JPEG',
      bytes: 412_345,
      width,
      height,
    };
  }

  get transparent(): ImageInfo {
    return {
      name: 'sun.png',
      uri: this.url('transparent.png'),
      format: 'PNG',
      bytes: 812,
      width: 64,
      height: 64,
    };
  }

  get corrupt(): ImageInfo {
    return {
      name: 'broken.png',
      uri: '',
      format: 'PNG',
      bytes: 1024,
      problem: {
        severity: 'error',
        sentence: 'broken.png is cut short: 1,024 of at least 80,000 bytes are there.',
        next: 'Copy or download the file again.',
        actions: [{ id: 'openAsText', label: 'Open with another editor' }],
      },
    };
  }

  get results(): readonly ResultInfo[] {
    const result = (id: string, file: string, detail: string): ResultInfo => ({
      id,
      uri: this.url(file),
      name: `mountain-lake-${id}.png`,
      detail,
      running: false,
    });
    return [result('swirls', 'painting.jpg', 'swirls, 50'), result('faint', 'faint.jpg', 'swirls, 20')];
  }

  get styles(): readonly StyleInfo[] {
    const files = ['swirls.jpg', 'glass.jpg', 'painting.jpg', 'faint.jpg', 'photograph.jpg'];
    return files.map(file => ({ id: file, uri: this.url(file), name: file }));
  }

  snapshot(more: Partial<EditorSnapshot> = {}): EditorSnapshot {
    return {
      strings: imageEditorStrings,
      locale: 'en',
      image: this.photograph,
      results: [],
      styles: this.styles,
      style: 'swirls.jpg',
      presets: presetInfos,
      preset: 'studio',
      look: offeredLook,
      regions: [],
      ...more,
    };
  }
}
