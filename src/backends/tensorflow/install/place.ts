import * as path from 'node:path';

/** Everything of the TensorFlow runtime below one folder of the storage; removing the folder removes it. */
export interface RuntimePlace {
  readonly root: string;
  /** A private Python environment, for its pip. */
  readonly python: string;
  /** Wheels as they arrived, each until it is unpacked. */
  readonly wheels: string;
  /** pip's working files. */
  readonly temporary: string;
  /** The libraries, while they are being unpacked, and when they are complete. */
  readonly partial: string;
  readonly library: string;
  /** Addons, in a folder for each key (`addonKey`). */
  readonly addons: string;
  /** Says what is complete; written last. */
  readonly record: string;
  readonly lock: string;
}

export function runtimePlace(storage: string): RuntimePlace {
  const root = path.join(storage, 'tensorflow');
  const at = (name: string): string => path.join(root, name);
  return {
    root,
    python: at('python'),
    wheels: at('wheels'),
    temporary: at('temporary'),
    partial: at('library.partial'),
    library: at('library'),
    addons: at('addons'),
    record: at('installed.json'),
    lock: `${root}.lock`,
  };
}
