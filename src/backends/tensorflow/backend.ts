import { AtelierError, type Explanation } from '../../common/errors';
import { msg, type Message } from '../../common/messages';
import type { Network } from '../../models/network';
import { titleWith, type Backend, type Opened } from '../backend';
import type { MachineOptions, TensorflowPlaces } from '../device';
import { classifyErrors } from '../errorClassification';
import { findDriver } from './install/nvidia';
import { installObstacle } from './install/obstacle';
import { readRuntime } from './install/runtime';
import { locateTensorflow, namedTensorflow, type Located } from './locate';

const NO_CARD = msg`TensorFlow finds no usable NVIDIA card.`;
const NO_SWITCH = msg`This TensorFlow has no switch for TensorFloat-32: it computes exactly.`;
const LOADED_EXACT = msg`TensorFlow was loaded in exact mode (NVIDIA_TF32_OVERRIDE=0). Restart the engine to use fast mode.`;
const FOR_CPU = msg`The installed TensorFlow is the CPU build.`;

/** TensorFlow on an NVIDIA card and nothing else. */
export const cuda: Backend = {
  ...{ name: 'cuda', title: 'CUDA', usesDriver: true, mayBand: false },
  async obstacle(places) {
    const located = await locate(places);
    if (!('addon' in located)) return located;
    return located.variant === 'cpu' ? { message: FOR_CPU } : undefined;
  },
  async lastingObstacle(places) {
    if (namedTensorflow(places) !== undefined) return undefined;
    return (await readRuntime(places.storage)) === undefined ? installObstacle('cuda') : undefined;
  },
  async isInstalled(places) {
    return namedTensorflow(places) !== undefined || (await readRuntime(places.storage))?.variant === 'cuda';
  },
  /** Of the first card. */
  cardBytes: async () => (await findDriver())?.gpus[0]?.memoryBytes,
  async open(network, machine) {
    const located = await locateTensorflow(machine);
    if (located.variant === 'cpu')
      throw new AtelierError('device-unavailable', FOR_CPU, {
        next: msg`Install the CUDA runtime, or choose the device tensorflow or cpu.`,
      });
    const opened = await openLocated(located, network, machine);
    if (opened.name === 'cuda') return opened;
    await opened.executor.dispose();
    throw new AtelierError('device-unavailable', NO_CARD, {
      next: msg`The device report shows why. Choose the device auto, or tensorflow for TensorFlow on the CPU.`,
    });
  },
};

/** TensorFlow wherever it computes. */
export const tensorflow: Backend = {
  ...{ name: 'tensorflow', title: 'TensorFlow CPU', usesDriver: false, mayBand: false },
  async obstacle(places) {
    const located = await locate(places);
    return 'addon' in located ? undefined : located;
  },
  open: async (network, machine) => openLocated(await locateTensorflow(machine), network, machine),
};

async function locate(places: TensorflowPlaces): Promise<Located | Explanation> {
  try {
    return await locateTensorflow(places);
  } catch (error) {
    if (!(error instanceof AtelierError)) throw error;
    return error.explanation;
  }
}

async function openLocated(
  { addon, variant }: Located,
  network: Network,
  { threads, card, precision }: MachineOptions,
): Promise<Opened> {
  const { TensorflowExecutor } = await import('./executor');
  const executor = await TensorflowExecutor.create(network, { addon, threads, card, precision });
  const { usesGpu, allowRounding } = executor.session;
  const name = usesGpu ? await cardTitle(addon, card) : titleWith(tensorflow, threads);
  const title = allowRounding === undefined ? name : `${name} (TF32)`;
  const opened = { title, executor: classifyErrors(executor, title) };
  if (allowRounding !== undefined) return { name: 'cuda', ...opened, rounds: true };
  if (usesGpu && precision === 'fast') return { name: 'cuda', ...opened, fallback: whyExact() };
  if (usesGpu) return { name: 'cuda', ...opened };
  return { name: 'tensorflow', ...opened, ...(variant === 'cuda' ? { fallback: NO_CARD } : {}) };
}

/** Why a card that was asked to be fast is not. */
function whyExact(): Message {
  return process.env.NVIDIA_TF32_OVERRIDE === '0' ? LOADED_EXACT : NO_SWITCH;
}

const titles = new Map<string, Promise<string>>();

/**
 * "CUDA: NVIDIA H200". TensorFlow tells the name of its card only while it starts, to whoever reads what it prints: a
 * process of its own, once. The driver's list is in another order.
 */
function cardTitle(addon: string, card: string | undefined): Promise<string> {
  const key = `${addon} ${card ?? ''}`;
  const known = titles.get(key);
  if (known !== undefined) return known;
  const asked = import('./install/tryAddon').then(async ({ tryAddon }) => {
    const trial = await tryAddon(addon, { card });
    const name = trial.works ? trial.gpu?.name : undefined;
    return name === undefined ? cuda.title : `${cuda.title}: ${name}`;
  });
  titles.set(key, asked);
  return asked;
}
