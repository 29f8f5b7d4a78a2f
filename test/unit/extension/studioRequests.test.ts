import { expect, it, vi } from 'vitest';
import type { ShownRun } from '../../../src/extension/studio/shownRun';
import { handleStudioRequest, type StudioDependencies } from '../../../src/extension/studio/studioRequests';

vi.mock('vscode', () => ({}));

it('a run is painted again with every weight that was set, while it ran and since', async () => {
  const run = { folder: '/job' };
  const controls = { ratio: 0.1, tv: 60, styleLayers: { conv1_1: 0.7, conv2_1: 0.2 } };
  const repeat = vi.fn();
  const dependencies = { actions: { repeat } } as unknown as StudioDependencies;
  const tuning = { tv: 0, styleLayers: { conv2_1: 2 } };
  await handleStudioRequest(
    { type: 'runAgain', tuning, look: { colors: 'match' } },
    { run, controls } as unknown as ShownRun,
    dependencies,
  );
  const tuned = { ratio: 0.1, tv: 0, styleLayers: { conv1_1: 0.7, conv2_1: 2 } };
  expect(repeat).toHaveBeenCalledWith(run, tuned, { colors: 'match' });
});

it('another style is painted with every weight that was set, also with those that wait for a run', async () => {
  const run = { folder: '/job', recipe: { content: '/photo.png', output: '/photo-mosaic.png', tv: 60 } };
  const controls = { ratio: 0.1, tv: 60, styleLayers: { conv1_1: 0.7, conv2_1: 0.2 } };
  const paint = vi.fn();
  const flow = { paint, askOneStyle: () => Promise.resolve(['/style.png']) };
  const recent = { add: () => Promise.resolve() };
  const dependencies = { flow, recent } as unknown as StudioDependencies;
  const shown = { run, controls } as unknown as ShownRun;
  const tuning = { tv: 0, styleLayers: { conv2_1: 2 } };
  const painted = {
    ...{ content: '/photo.png', ratio: 0.1, tv: 0, styleLayers: { conv1_1: 0.7, conv2_1: 2 } },
    styles: [{ image: '/style.png' }],
  };
  await handleStudioRequest({ type: 'pickStyle', tuning }, shown, dependencies);
  expect(paint.mock.calls[0]).toMatchObject([[painted]]);
  await handleStudioRequest({ type: 'pickStyle', look: { steps: 9 } }, shown, dependencies);
  expect(paint.mock.calls[1]).toMatchObject([[{ ...controls, content: '/photo.png', steps: 9 }]]);
});
