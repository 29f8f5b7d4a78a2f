import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { AtelierError } from '../../../common/errors';
import { msg } from '../../../common/messages';
import { complaint, diskFull, stopped } from './failure';
import { isFullDisk } from '../../../common/systemErrors';
import type { RuntimePlace } from './place';
import { runProgram } from './program';
import type { PrivatePython } from './python';
import { KEPT, type Wheel } from './wheels';

/** Takes what is kept out of a wheel: prints how many bytes are there, every few megabytes. */
const SCRIPT = `
import os, re, sys, zipfile
wheel, target, kept = sys.argv[1], sys.argv[2], re.compile(sys.argv[3])
done = shown = 0
with zipfile.ZipFile(wheel) as archive:
    for entry in archive.infolist():
        if entry.is_dir() or not kept.search(entry.filename):
            continue
        file = os.path.join(target, *[part for part in entry.filename.split('/') if part not in ('', '.', '..')])
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with archive.open(entry) as source, open(file, 'wb') as copy:
            while piece := source.read(1 << 20):
                copy.write(piece)
                done += len(piece)
                if done - shown > 16e6:
                    shown = done
                    print(done, flush=True)
        if file.endswith('ptxas') or '/bin/' in entry.filename:
            os.chmod(file, 0o755)
print(done, flush=True)
`;

/**
 * Adds a wheel to the place's unfinished libraries, then removes it; one that was added before is left alone.
 * @throws `write-failed`, `download-corrupt`, `interrupted`
 */
export async function unpackWheel(
  python: PrivatePython,
  place: RuntimePlace,
  wheel: Wheel,
  file: string,
  { signal, onBytes }: { signal?: AbortSignal; onBytes?: (unpacked: number) => void },
): Promise<void> {
  await fs.mkdir(place.partial, { recursive: true });
  const { code, output } = await runProgram(python.executable, ['-c', SCRIPT, file, place.partial, KEPT], {
    ...(signal === undefined ? {} : { signal }),
    onLine: line => onBytes?.(Number(line)),
  });
  if (signal?.aborted) throw stopped();
  if (code !== 0) {
    if (isFullDisk(output)) throw diskFull(place.root);
    await fs.rm(file, { force: true });
    throw new AtelierError('download-corrupt', msg`${wheel.name} cannot be unpacked: ${complaint(output)}.`, {
      next: msg`Start the installation again to download it afresh.`,
    });
  }
  await fs.writeFile(unpackedMark(place, wheel), '');
  await fs.rm(file, { force: true });
}

/** Whether the wheel is among the unfinished libraries already. */
export async function isUnpacked(place: RuntimePlace, wheel: Wheel): Promise<boolean> {
  return fs.access(unpackedMark(place, wheel)).then(
    () => true,
    () => false,
  );
}

function unpackedMark(place: RuntimePlace, { name, version }: Wheel): string {
  return path.join(place.partial, `.${name}-${version}`);
}
