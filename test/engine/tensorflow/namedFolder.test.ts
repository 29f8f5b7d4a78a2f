import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDevice } from '../../../src/backends/select';
import { runtimePlace } from '../../../src/backends/tensorflow/install/place';
import { locateTensorflow } from '../../../src/backends/tensorflow/locate';
import { openNetwork } from '../../../src/models/openNetwork';
import { Workshop, type Ended } from '../stage/workshop';
import { runtimeStorage, tensorflowAddon } from './runtime';
import { formatMessage } from '../../../src/common/messages';

/** Holds `tensorflow/` with libraries and headers, as site-packages would. */
const packages = runtimePlace(runtimeStorage).library;
/** Its storage has no runtime of its own. */
const workshop = new Workshop();

beforeAll(async () => {
  await tensorflowAddon();
  await workshop.open();
}, 600_000);
afterAll(() => workshop.close());

const paint = (output: string, ...options: string[]): Promise<Ended> =>
  workshop.cli(
    ...['stylize', 'content.png', 'style.png', '--size', '64', '--no-pyramid', '--steps', '2', '--json'],
    ...['--device', 'tensorflow', '-o', output, ...options],
  );

const lastOf = ({ stdout, stderr, code }: Ended): unknown => {
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
};

describe('a TensorFlow that is named', () => {
  it('paints, with an addon built for it', async () => {
    const done = lastOf(await paint('named.png', '--tensorflow', packages));
    expect(done).toMatchObject({ event: 'done', device: 'tensorflow' });
  });

  it('paints where tfjs-node has made an addon of its own', async () => {
    const { addon } = await locateTensorflow({ storage: workshop.storage, tensorflow: packages });
    const installed = path.join(workshop.folder, 'tfjs-node-gpu');
    fs.mkdirSync(path.join(installed, 'lib', 'napi-v8'), { recursive: true });
    fs.copyFileSync(addon, path.join(installed, 'lib', 'napi-v8', 'tfjs_binding.node'));
    const done = lastOf(await paint('installed.png', '--tensorflow', installed));
    expect(done).toMatchObject({ event: 'done', device: 'tensorflow' });
  });

  it.each([
    [
      'a folder without it',
      () => workshop.pictures,
      /contains neither TensorFlow’s libraries and headers nor/,
    ],
    ['no folder at all', () => workshop.at('nowhere'), /The TensorFlow folder does not exist/],
  ])('is refused in a sentence where it is %s', async (_, folder, sentence) => {
    const { code, stdout, stderr } = await paint('wrong.png', '--tensorflow', folder());
    expect(code).toBe(1);
    expect(stdout + stderr).toMatch(sentence);
    expect(stdout + stderr).toContain('atelier.tensorflowFolder');
    expect(fs.existsSync(workshop.at('wrong.png'))).toBe(false);
  });

  it('leaves the painting to the next device where it is wrong', async () => {
    const device = await openDevice(
      await openNetwork('lite'),
      { device: 'auto', threads: 1, storage: workshop.storage, tensorflow: workshop.pictures },
      new Set(['webgpu']),
    );
    expect(device.name).toBe('cpu');
    expect(formatMessage(device.reason)).toContain(`cuda: ${workshop.pictures} contains neither`);
    await device.executor.dispose();
  });
});
