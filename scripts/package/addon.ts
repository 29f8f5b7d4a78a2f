// `npm run addon`: compiles TensorFlow's addon for the package of this machine, prebuilds/<target>/tfjs_binding.node.
// It is linked with the TensorFlow of the tests' storage, which is installed there when it is missing (274 MB);
// with --installed-only nothing is fetched.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ADDON, addonKey, buildAddon } from '../../src/backends/tensorflow/install/addon';
import { ownLibraries } from '../../src/backends/tensorflow/install/libraries';
import { systemObstacle } from '../../src/backends/tensorflow/install/obstacle';
import { runtimePlace } from '../../src/backends/tensorflow/install/place';
import { installNotice, installRuntime, readRuntime } from '../../src/backends/tensorflow/install/runtime';
import { TENSORFLOW_VERSION } from '../../src/backends/tensorflow/install/wheels';
import { reportError } from '../../src/common/errors';
import { formatMessage } from '../../src/common/messages';

const root = path.resolve(__dirname, '../..');
const storage = path.join(root, '.atelier');
const folder = path.join(root, 'prebuilds', `${process.platform}-${process.arch}`);
const addon = path.join(folder, ADDON);
/** Beside the addon and not shipped: what it was compiled from. */
const mark = path.join(folder, 'key');

const libraries = ownLibraries(runtimePlace(storage).library, TENSORFLOW_VERSION);

function isCurrent(key: string): boolean {
  const found = fs.existsSync(addon) && fs.existsSync(mark) ? fs.readFileSync(mark, 'utf8') : undefined;
  return found === key;
}

/** @returns why there is no addon, undefined when there is one */
async function provide(installedOnly: boolean): Promise<string | undefined> {
  const obstacle = systemObstacle();
  if (obstacle !== undefined) return formatMessage(obstacle.message);
  const key = await addonKey(libraries);
  if (isCurrent(key)) return undefined;
  // Another TensorFlow's is of no use to anyone.
  fs.rmSync(folder, { recursive: true, force: true });
  if ((await readRuntime(storage))?.version !== TENSORFLOW_VERSION) {
    if (installedOnly) return 'TensorFlow is not here to link it with (npm run addon fetches it)';
    console.log(formatMessage(installNotice('cpu')));
    await installRuntime({ storage, variant: 'cpu', consent: true });
  }
  fs.mkdirSync(folder, { recursive: true });
  await buildAddon(libraries, addon);
  fs.writeFileSync(mark, key);
  return undefined;
}

async function main(): Promise<void> {
  const installedOnly = process.argv.includes('--installed-only');
  const reason = await provide(installedOnly).catch((error: unknown) => reportError(error).message);
  const name = path.relative(root, addon);
  if (reason === undefined) {
    console.log(`${name}: ${(fs.statSync(addon).size / 1e6).toFixed(2)} MB`);
    return;
  }
  console.log(`Without TensorFlow’s addon, which is then compiled where it is installed: ${reason}.`);
  if (!installedOnly) process.exitCode = 1;
}

void main();
