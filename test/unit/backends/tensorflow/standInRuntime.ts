import * as fs from 'node:fs';
import * as path from 'node:path';
import { ADDON } from '../../../../src/backends/tensorflow/install/addon';
import { OPENED_BY_NAME } from '../../../../src/backends/tensorflow/install/nvidiaLibraries';
import { runtimePlace, type RuntimePlace } from '../../../../src/backends/tensorflow/install/place';
import { addonPath } from '../../../../src/backends/tensorflow/install/runtime';
import { TENSORFLOW_VERSION } from '../../../../src/backends/tensorflow/install/wheels';
import recorded from './recordedLibraries.json';
import { sharedLibrary } from './sharedLibrary';

/** What libraries open by name while they run, beside what they say they need. */
const OPENED: Readonly<Record<string, readonly string[]>> = {
  'tensorflow/libtensorflow_framework.so.2': OPENED_BY_NAME.map(([, name]) => name),
  'nvidia/cudnn/lib/libcudnn.so.9': ['libcudnn_graph.so.9', 'libcudnn_ops.so.9', 'libcudnn_cnn.so.9'],
  'nvidia/cudnn/lib/libcudnn_graph.so.9': [
    'libcudnn_engines_precompiled.so.9',
    'libcudnn_engines_runtime_compiled.so.9',
    'libcudnn_heuristic.so.9',
    'libnvrtc.so.12',
  ],
  'nvidia/cublas/lib/libcublasLt.so.12': ['libnvrtc.so.12'],
  'nvidia/cuda_nvrtc/lib/libnvrtc.so.12': ['libnvrtc-builtins.so.12.9'],
};

const ofSystem = /^(ld-linux|lib(pthread|dl|m|rt|c|z|util|stdc\+\+|gcc_s)\.so)/;

/**
 * A runtime for CUDA below the storage, as far as the system's loader is concerned: every library of the pinned wheels
 * under its own name and in its own place, looking for the others where the real one looks.
 */
export async function writeStandInRuntime(storage: string): Promise<RuntimePlace> {
  const place = runtimePlace(storage);
  for (const { libraries } of Object.values(recorded)) {
    for (const [inside, { runpath, needed }] of Object.entries(libraries)) {
      const file = path.join(place.library, inside);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      const all = [...needed.filter(name => !ofSystem.test(name)), ...(OPENED[inside] ?? [])];
      fs.writeFileSync(file, sharedLibrary({ needed: [...new Set(all)], runpath }));
    }
  }
  fs.writeFileSync(place.record, JSON.stringify({ variant: 'cuda', version: TENSORFLOW_VERSION }));
  const addon = await addonPath(storage);
  fs.mkdirSync(path.dirname(addon), { recursive: true });
  const needed = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];
  fs.writeFileSync(
    path.join(path.dirname(addon), ADDON),
    sharedLibrary({ needed, runpath: '$ORIGIN/../../library/tensorflow', isAddon: true }),
  );
  return place;
}
