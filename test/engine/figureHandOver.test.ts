import * as fs from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { DeviceFailure } from '../../src/backends/errorClassification';
import { makeAndReport } from '../../src/cli/commands/figureContext';
import { loadReconstructions } from '../../src/engine/figures/loadReconstructions';
import { makeFigure, type LoadedFigure } from '../../src/engine/figures/makeFigure';
import { ENGLISH } from '../../src/engine/figures/page/language';
import { Workshop } from './stage/workshop';

const workshop = new Workshop();
beforeAll(() => workshop.open());
afterAll(() => workshop.close());
afterEach(() => void vi.restoreAllMocks());

const settings = () => ({ device: 'cpu', threads: 1, storage: workshop.storage }) as const;

/** Two reconstructions, before whose second one the first device breaks down. */
async function weak(): Promise<LoadedFigure> {
  const shown = { content: ['conv1_1', 'conv2_1'], style: [] } as const;
  const asked = { content: workshop.at('content.png'), shown, side: 32, steps: 4, seed: 0, model: 'lite' };
  const loaded = await loadReconstructions({ ...asked, identity: layers => layers }, workshop.storage);
  let broke = false;
  return {
    ...loaded,
    paint: easel => {
      const step = (progress: { readonly picture: string }): void => {
        if (broke || progress.picture !== 'content-conv2_1') return;
        broke = true;
        throw new DeviceFailure('CPU', new Error('driver gone'));
      };
      return loaded.paint({ ...easel, listener: { ...easel.listener, step } });
    },
  };
}

it('a figure goes on with the next device, and makes no finished picture again', async () => {
  const began: { readonly device: string; readonly failure?: string | undefined }[] = [];
  const pictures: (readonly [string, boolean])[] = [];
  const made = await makeFigure(workshop.at('figure'), await weak(), {
    ...{ settings: settings(), gate: () => Promise.resolve(), language: ENGLISH },
    begin: ({ name: device }, _figure, failure) => {
      began.push({ device, failure: failure?.message });
      return { picture: ({ id }, wasThere) => void pictures.push([id, wasThere]) };
    },
  });
  expect(began).toEqual([
    { device: 'cpu', failure: undefined },
    { device: 'wasm', failure: 'CPU failed: driver gone' },
  ]);
  expect(pictures).toEqual([
    ['content-conv1_1', false],
    ['content-conv1_1', true],
    ['content-conv2_1', false],
  ]);
  expect(made.page).toBe(workshop.at('figure/index.html'));
});

it('where no device can be opened nothing is written', async () => {
  const system = process.platform;
  const loaded = await weak();
  Object.defineProperty(process, 'platform', { value: 'freebsd' });
  try {
    const done = makeFigure(workshop.at('none'), loaded, {
      ...{ settings: { ...settings(), device: 'coreml' }, gate: () => Promise.resolve(), language: ENGLISH },
      begin: () => ({}),
    });
    await expect(done).rejects.toMatchObject({ code: 'device-unavailable' });
  } finally {
    Object.defineProperty(process, 'platform', { value: system });
  }
  expect(fs.existsSync(workshop.at('none'))).toBe(false);
});

it('the command line says which device goes on, and where the figure is', async () => {
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    vi.spyOn(process[name], 'write').mockImplementation((text, ...rest: unknown[]) => {
      written[name] += String(text);
      const done = rest.at(-1);
      if (typeof done === 'function') (done as () => void)();
      return true;
    });
  const options = { device: 'cpu', threads: 1, json: true, wait: false } as const;
  await makeAndReport(workshop.at('told'), await weak(), settings(), options, {}, 0);
  vi.restoreAllMocks();
  expect(written.stderr).toContain(
    'atelier: CPU failed: driver gone Going on with CPU (WebAssembly), 1 thread.',
  );
  expect(written.stdout).toContain(`"output":${JSON.stringify(workshop.at('told/index.html'))}`);
});
