import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { AtelierError } from '../../../common/errors';
import { msg } from '../../../common/messages';
import { resourcePath } from '../../../common/resources';
import { temporaryName } from '../../../common/atomicFile';
import { complaint, diskFull, stopped } from './failure';
import type { Libraries } from './libraries';
import { runProgram } from './program';
import { tryAddon } from './tryAddon';
import { isFullDisk, systemCode } from '../../../common/systemErrors';

/** Node's stable interface that the addon is written for; the same in every Node since 12.19. */
const NAPI_VERSION = 8;

const SOURCES = ['tfjs_backend.cc', 'tfjs_binding.cc'];

/** What is added to the package's sources. */
const OWN_SOURCE = 'native/precision.cc';

export const ADDON = 'tfjs_binding.node';

/**
 * How it is compiled. The C++ library goes into it: a prebuilt addon asks for a newer one than TensorFlow itself does,
 * and older systems have none.
 */
const FLAGS = [
  ...['-std=c++17', '-O2', '-fPIC', '-shared', `-DNAPI_VERSION=${NAPI_VERSION}`],
  // The package's entry, which ours calls.
  '-Dnapi_register_module_v1=tfjs_register_module',
  ...['-static-libstdc++', '-static-libgcc', '-Wl,--exclude-libs,ALL'],
];

export interface AddonOptions {
  readonly signal?: AbortSignal;
  /** Folder that holds a folder for each addon. */
  readonly addons: string;
  /** By default what is shipped for this platform. */
  readonly prebuilt?: string;
}

/**
 * The addon of tfjs-node-gpu for the given TensorFlow: the one made before, else the prebuilt one where it loads,
 * else one built here from the package's own sources.
 * @returns its path; it loads, in a process of its own at least
 * @throws `device-unavailable` without a compiler, or when TensorFlow and the addon do not fit; `write-failed`;
 * `interrupted`
 */
export async function provideAddon(libraries: Libraries, options: AddonOptions): Promise<string> {
  const folder = path.join(options.addons, await addonKey(libraries));
  const addon = path.join(folder, ADDON);
  if ((await tryAddon(addon, options)).works) return addon;
  await fs.mkdir(folder, { recursive: true });
  const prebuilt = options.prebuilt ?? resourcePath(`prebuilds/${process.platform}-${process.arch}/${ADDON}`);
  // A prebuilt addon looks for the libraries beside it, where ours are.
  if (libraries.ours && (await copied(prebuilt, addon)) && (await tryAddon(addon, options)).works)
    return addon;
  await buildAddon(libraries, addon, options.signal);
  const trial = await tryAddon(addon, options);
  if (trial.works) return addon;
  throw new AtelierError(
    'device-unavailable',
    msg`TensorFlow ${libraries.version} does not load: ${trial.reason}.`,
    {
      next: msg`Remove the runtime and install it again, or choose another device.`,
    },
  );
}

/** Names an addon by what it is built from and for: nothing of the running Node is in it. */
export async function addonKey({ version, folder, ours }: Libraries): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES) hash.update(await fs.readFile(path.join(sourceFolder(), 'binding', source)));
  hash.update(await fs.readFile(resourcePath(OWN_SOURCE)));
  hash.update(FLAGS.join(' '));
  if (!ours) hash.update(folder);
  return `tensorflow-${version}-napi-${NAPI_VERSION}-${hash.digest('hex').slice(0, 12)}`;
}

const sourceFolder = (): string => resourcePath('node_modules/@tensorflow/tfjs-node-gpu');

async function copied(from: string, to: string): Promise<boolean> {
  const partial = temporaryName(to);
  try {
    await fs.copyFile(from, partial);
    await fs.rename(partial, to);
    return true;
  } catch {
    await fs.rm(partial, { force: true });
    return false;
  }
}

/**
 * Compiles the package's sources and ours to the file `addon`, which is replaced. About ten seconds.
 * @throws `device-unavailable` without a compiler, or when TensorFlow and the sources do not fit; `write-failed`;
 * `interrupted`
 */
export async function buildAddon(libraries: Libraries, addon: string, signal?: AbortSignal): Promise<void> {
  const partial = temporaryName(addon);
  const source = sourceFolder();
  const rpath = libraries.ours ? '$ORIGIN/../../library/tensorflow' : libraries.folder;
  const args = [
    ...FLAGS,
    ...[resourcePath('node_modules/node-api-headers/include'), libraries.include, source].flatMap(each => [
      '-I',
      each,
    ]),
    ...SOURCES.map(each => path.join(source, 'binding', each)),
    resourcePath(OWN_SOURCE),
    ...['-o', partial, '-L', libraries.folder],
    ...libraries.names.map(name => `-l:${name}`),
    `-Wl,-rpath,${rpath}`,
  ];
  try {
    const { code, output } = await compile(args, signal);
    if (signal?.aborted) throw stopped();
    if (code !== 0 && isFullDisk(output)) throw diskFull(path.dirname(addon));
    if (code !== 0) {
      throw new AtelierError(
        'device-unavailable',
        msg`The addon cannot be built for TensorFlow ${libraries.version}: ${complaint(output)}.`,
        { next: msg`Read the compiler’s output, or choose another device.` },
      );
    }
    await fs.rename(partial, addon);
  } finally {
    await fs.rm(partial, { force: true });
  }
}

async function compile(args: readonly string[], signal: AbortSignal | undefined) {
  const wanted = process.env.CXX;
  for (const compiler of wanted ? [wanted] : ['g++', 'c++', 'clang++']) {
    try {
      return await runProgram(compiler, args, signal === undefined ? {} : { signal });
    } catch (error) {
      if (!['ENOENT', 'EACCES'].includes(systemCode(error) ?? '')) throw error;
    }
  }
  throw new AtelierError('device-unavailable', msg`There is no C++ compiler to build TensorFlow’s addon.`, {
    next: msg`Install one (Debian, Ubuntu: sudo apt install g++), then try again. What is already downloaded is kept.`,
  });
}
