import { afterAll, beforeAll, expect, it } from 'vitest';
import { estimateBytes } from '../../../src/backends/estimate';
import { createNetwork } from '../../../src/models/network';
import { openSafetensorsWeights } from '../../../src/models/formats/safetensorsWeights';
import { planPyramid } from '../../../src/nst/pyramid';
import { resourcePath } from '../../../src/common/resources';
import { writePicture } from '../stage/pictures';
import { Workshop } from '../stage/workshop';
import { termsOf } from '../../../src/nst/terms/term';

const workshop = new Workshop();
beforeAll(() => workshop.open());
afterAll(() => workshop.close());

it.each([
  [256, 192],
  [512, 384],
])('the memory of a run at %i × %i is estimated within a fifth', async (width, height) => {
  await writePicture(workshop.at('large.png'), { width, height, kind: 'hills' });
  const steps = 24;
  const { code, stdout, stderr } = await workshop.cli(
    ...['stylize', 'large.png', 'style.png', '--size', String(width), '--steps', String(steps)],
    ...['--device', 'cpu', '--threads', '2', '-o', `${width}.png`, '--json'],
  );
  expect(code, stderr).toBe(0);
  const { peakRssMiB } = JSON.parse(stdout.trim().split('\n').at(-1)!) as { peakRssMiB: number };
  const lite = createNetwork(openSafetensorsWeights(resourcePath('models/lite.safetensors')), 'lite');
  const estimated = estimateBytes({
    network: lite,
    terms: termsOf({ style: ['conv5_1'] }),
    mayBand: true,
    optimizer: 'lbfgs',
    scales: planPyramid({ width, height }, steps),
  });
  expect(estimated / 2 ** 20 / peakRssMiB).toBeGreaterThan(0.8);
  expect(estimated / 2 ** 20 / peakRssMiB).toBeLessThan(1.2);
});
