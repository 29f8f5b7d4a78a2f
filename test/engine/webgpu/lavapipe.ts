import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** Ignored by git and kept between runs: 21 MB. */
const folder = path.resolve(__dirname, '../../../.atelier/lavapipe');

const libraries = path.join(folder, 'usr', 'lib', 'x86_64-linux-gnu');
const drivers = path.join(folder, 'usr', 'share', 'vulkan', 'icd.d');

/** What makes a process see Mesa's software adapter, and no other. */
export function lavapipeEnvironment(): NodeJS.ProcessEnv {
  if (!fs.existsSync(path.join(folder, 'complete'))) install();
  const driver = fs.readdirSync(drivers).find(name => name.startsWith('lvp_icd'));
  if (driver === undefined) throw new Error('mesa-vulkan-drivers has no lavapipe');
  return { LD_LIBRARY_PATH: libraries, VK_ICD_FILENAMES: path.join(drivers, driver) };
}

/** Unpacks Debian's packages beside the tests; the system stays as it is. Mesa 22 of Debian 12 is too old for Dawn. */
function install(): void {
  const partial = `${folder}.partial`;
  fs.rmSync(partial, { recursive: true, force: true });
  for (const name of ['lists/partial', 'archives', 'root'])
    fs.mkdirSync(path.join(partial, name), { recursive: true });
  const sources = path.join(partial, 'sources.list');
  fs.writeFileSync(
    sources,
    ['bookworm', 'bookworm-backports']
      .map(suite => `deb http://deb.debian.org/debian ${suite} main\n`)
      .join(''),
  );
  const options = {
    'Dir::Etc::sourcelist': sources,
    'Dir::Etc::sourceparts': '-',
    'Dir::State::Lists': path.join(partial, 'lists'),
    'Dir::Cache::pkgcache': '',
    'Dir::Cache::srcpkgcache': '',
  };
  const settings = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const apt = (...args: string[]): string =>
    execFileSync('apt-get', [...settings, '-q', ...args], {
      cwd: path.join(partial, 'archives'),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  apt('update');
  const wanted = ['mesa-vulkan-drivers/bookworm-backports', 'libvulkan1'];
  const planned = apt('install', '--simulate', '--no-install-recommends', ...wanted);
  // "Inst NAME (VERSION …" is new; "Inst NAME [OLD] (VERSION …" would replace what is there, which is good enough.
  const missing = [...planned.matchAll(/^Inst (\S+) \((\S+)/gm)].map(
    ([, name, version]) => `${name}=${version}`,
  );
  apt('download', ...new Set([...wanted.slice(1), ...missing]));
  for (const archive of fs.readdirSync(path.join(partial, 'archives')))
    execFileSync('dpkg', ['-x', path.join(partial, 'archives', archive), path.join(partial, 'root')]);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.renameSync(path.join(partial, 'root'), folder);
  fs.writeFileSync(path.join(folder, 'complete'), '');
  fs.rmSync(partial, { recursive: true, force: true });
}
