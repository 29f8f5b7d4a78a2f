import type { Precision } from '../device';

/** What is asked of TensorFlow as it is loaded. */
export interface RuntimeOptions {
  /** Of one operation on the CPU; 0 for all cores. */
  readonly threads: number;
  /** The card to compute on, as `CUDA_VISIBLE_DEVICES` names cards: by number, the fastest first, or by UUID. */
  readonly card?: string | undefined;
  /** `exact` by default. */
  readonly precision?: Precision | undefined;
}

/**
 * What TensorFlow reads from the environment when it is loaded. Whatever the person has set stays, but for a list of
 * cards: TensorFlow would reserve memory on all of them, and tfjs computes on the last.
 */
export function runtimeEnvironment(
  { threads, card, precision = 'exact' }: RuntimeOptions,
  environment: NodeJS.ProcessEnv = process.env,
): Readonly<Record<string, string>> {
  const wanted: Record<string, string> = {
    // Memory of the card is taken as it is needed, not all of it at once.
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    // Products rounded to 10 bits would be another gradient than that of every other device: not even NVIDIA's own
    // libraries may.
    ...(precision === 'exact' ? { NVIDIA_TF32_OVERRIDE: '0' } : {}),
    // The same bytes from the same run: otherwise sums are taken in an order that nobody fixes.
    TF_DETERMINISTIC_OPS: '1',
    // Messages about what it was built with are for its authors.
    TF_CPP_MIN_LOG_LEVEL: '2',
    ...(threads > 0 ? { TF_NUM_INTRAOP_THREADS: String(threads) } : {}),
  };
  const missing = Object.entries(wanted).filter(([name]) => environment[name] === undefined);
  const chosen = card === undefined || card.trim() === '' ? environment.CUDA_VISIBLE_DEVICES : card;
  const [visible = ''] = (chosen ?? FASTEST).split(',');
  return { ...Object.fromEntries(missing), CUDA_VISIBLE_DEVICES: visible.trim() };
}

/** CUDA counts cards from the fastest on, unless `CUDA_DEVICE_ORDER` says otherwise. */
const FASTEST = '0';
