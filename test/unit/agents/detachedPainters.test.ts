import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { DetachedPainters } from '../../../src/agents/detachedPainters';
import { presets } from '../../../src/recipe/presets';

/** Processes that were started, in order. */
const children = vi.hoisted(() => [] as EventEmitter[]);
vi.mock('../../../src/agents/aloneProcess', () => ({
  startAlone: () => {
    const child = Object.assign(new EventEmitter(), { unref: () => undefined, connected: true });
    children.push(child);
    return Promise.resolve({ reply: { job: `/jobs/${children.length}` }, child });
  },
}));

it('no more paint for an agent than eight at once', async () => {
  const painters = new DetachedPainters({ device: 'cpu', threads: 0, storage: '/storage', mirror: '' });
  const recipe = { ...presets.preview, content: '/a.jpg', styles: [{ image: '/b.jpg', weight: 1 }] };
  const begin = () => painters.start(recipe, false, new AbortController().signal);
  await Promise.all(Array.from({ length: 8 }, begin));
  await expect(begin()).rejects.toThrow('8 paintings are already in progress.');
  children[0]?.emit('exit');
  expect(await begin()).toBe('/jobs/9');
});
