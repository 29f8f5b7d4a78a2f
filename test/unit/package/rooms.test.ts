import { expect, it } from 'vitest';
// @ts-expect-error: a script without types
import * as rooms from '../../../scripts/walls/rooms.mjs';

const { drawRooms } = rooms as { drawRooms: (modules: readonly object[]) => string };

const file = (source: string, ...imports: string[]) => ({
  source: `src/${source}.ts`,
  dependencies: imports.map(one => ({
    resolved: `src/${one.replace('type ', '')}.ts`,
    dependencyTypes: one.startsWith('type ') ? ['local', 'type-only'] : ['local'],
  })),
});

it('rooms are drawn with what they import, the shortest way', () => {
  const modules = [
    file('cli/a', 'cli/b', 'engine/a', 'nst/a', 'common/a', 'type protocol/a'),
    file('engine/deep/a', 'nst/a', 'type cli/a', 'type nst/b'),
    file('nst/a', 'type nst/b'),
  ];
  expect(drawRooms(modules)).toBe(
    [
      'flowchart LR',
      '  cli --> engine',
      '  cli -.-> protocol',
      '  engine --> nst',
      '  engine -.-> cli',
      '',
    ].join('\n'),
  );
});
