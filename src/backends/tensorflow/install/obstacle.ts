import type { Explanation } from '../../../common/errors';
import { msg } from '../../../common/messages';
import { findDriver, isTooOld, OLDEST_CARD, OLDEST_DRIVER, onlyOldCards, type NvidiaDriver } from './nvidia';
import type { Variant } from './wheels';

/** A system as far as TensorFlow's libraries depend on it. */
export interface System extends Pick<NodeJS.Process, 'platform' | 'arch'> {
  /** Version of glibc; undefined where the C library is another one. */
  readonly glibc?: string | undefined;
}

/** The oldest glibc that TensorFlow's libraries and NVIDIA's can be loaded with (their wheels' platform tag). */
const OLDEST_GLIBC = [2, 27] as const;

/** Whether this variant can be installed on this machine, else why not and what to do. Nothing is fetched for it. */
export async function installObstacle(variant: Variant): Promise<Required<Explanation> | undefined> {
  return systemObstacle() ?? (variant === 'cuda' ? driverObstacle(await findDriver()) : undefined);
}

/** Whether a runtime can be installed on this system at all, else why not. */
export function systemObstacle(system: System = thisSystem()): Required<Explanation> | undefined {
  if (system.platform !== 'linux' || system.arch !== 'x64') {
    const message = msg`Atelier can install TensorFlow on Linux and WSL2 with an x64 processor only.`;
    const next =
      system.platform === 'win32'
        ? msg`Choose the device webgpu, which uses the card without any installation. To use TensorFlow on the card, open the folder in WSL2. On Windows itself, TensorFlow supports the card up to 2.9.1: set the folder of an installed @tensorflow/tfjs-node-gpu.`
        : msg`Choose the device webgpu or cpu.`;
    return { message, next };
  }
  const { glibc } = system;
  if (glibc === undefined) {
    return {
      message: msg`TensorFlow needs the C library glibc, but this system uses another one.`,
      next: msg`Choose the device cpu or wasm, or a system with glibc (Debian, Ubuntu, Fedora …).`,
    };
  }
  const [major = 0, minor = 0] = glibc.split('.').map(Number);
  if (major > OLDEST_GLIBC[0] || (major === OLDEST_GLIBC[0] && minor >= OLDEST_GLIBC[1])) return undefined;
  return {
    message: msg`TensorFlow needs glibc ${OLDEST_GLIBC.join('.')} or newer; this system has ${glibc}.`,
    next: msg`Update the system, or choose the device cpu or wasm.`,
  };
}

/** Whether CUDA can be used with this driver and its cards, else why not. */
export function driverObstacle(driver: NvidiaDriver | undefined): Required<Explanation> | undefined {
  if (driver === undefined) {
    return {
      message: msg`CUDA needs an NVIDIA driver, and none was found.`,
      next: msg`Install the driver of your NVIDIA card, then start again. Without such a card, choose webgpu or cpu.`,
    };
  }
  if (isTooOld(driver)) {
    return {
      message: msg`The NVIDIA driver is ${driver.version ?? ''}; CUDA 12 needs ${OLDEST_DRIVER} or newer.`,
      next: msg`Update the driver, then start again.`,
    };
  }
  const card = onlyOldCards(driver);
  if (card === undefined) return undefined;
  const [has, needs] = [card.computeCapability ?? 0, OLDEST_CARD].map(each => each.toFixed(1));
  return {
    message: msg`${card.name} has compute capability ${has ?? ''}; TensorFlow needs ${needs ?? ''} or more.`,
    next: msg`Choose the device webgpu or cpu.`,
  };
}

function thisSystem(): System {
  const { platform, arch } = process;
  if (platform !== 'linux') return { platform, arch };
  const { header } = process.report.getReport() as {
    readonly header: { readonly glibcVersionRuntime?: string };
  };
  return { platform, arch, glibc: header.glibcVersionRuntime };
}
