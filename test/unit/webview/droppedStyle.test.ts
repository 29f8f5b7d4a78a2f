import { describe, expect, it } from 'vitest';
import { droppedUris, mayBeStyle, parseUris } from '../../../src/webview/common/dropping/droppedStyle';

describe('a drop', () => {
  it('reads uri lists: a line each, comments left out', () => {
    expect(parseUris('# from the explorer\r\nfile:///a%20b.png\r\n\r\nfile:///c.jpg')).toEqual([
      'file:///a%20b.png',
      'file:///c.jpg',
    ]);
  });

  it('reads the JSON list of VS Code, and nothing from broken JSON', () => {
    expect(parseUris('["file:///a.png", 3]')).toEqual(['file:///a.png']);
    expect(parseUris('["file:///a.png"')).toEqual([]);
  });

  it('takes the first flavour that has any', () => {
    const carried: Record<string, string> = {
      'text/uri-list': 'file:///b.png',
      resourceurls: '["file:///c.png"]',
    };
    expect(droppedUris(type => carried[type] ?? '')).toEqual(['file:///b.png']);
    expect(droppedUris(() => '')).toEqual([]);
  });

  it('is welcome when it may carry an image', () => {
    expect(mayBeStyle(['text/plain', 'Files'])).toBe(true);
    expect(mayBeStyle(['text/uri-list'])).toBe(true);
    expect(mayBeStyle(['text/plain'])).toBe(false);
  });
});
