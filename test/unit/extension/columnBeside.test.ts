import { expect, it, vi } from 'vitest';
import { columnBeside } from '../../../src/extension/studio/studioTab';

vi.mock('vscode', () => ({}));

it.each([
  ['alone', [1], 1, 2],
  ['in front of another', [1, 2], 1, 2],
  ['behind the other', [1, 2], 2, 1],
  ['the last of three', [1, 2, 3], 3, 2],
  ['the middle of three', [1, 2, 3], 2, 3],
])(
  'beside a group that is %s the studio opens where it makes no third column',
  (_, columns, active, column) => {
    const all = columns.map(viewColumn => ({ viewColumn }));
    expect(columnBeside({ all, activeTabGroup: { viewColumn: active } } as never)).toBe(column);
  },
);
