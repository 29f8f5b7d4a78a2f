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
    { type: 'runAgain', tuning },
    { run, controls } as unknown as ShownRun,
    dependencies,
  );
  expect(repeat).toHaveBeenCalledWith(run, {
    ratio: 0.1,
    tv: 0,
    styleLayers: { conv1_1: 0.7, conv2_1: 2 },
  });
});
