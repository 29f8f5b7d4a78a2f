/**
 * What TensorFlow reads from the environment when it is loaded. Whatever the person has set stays.
 * @param threads of one operation on the CPU; 0 for all cores
 */
export function runtimeEnvironment(threads: number): Readonly<Record<string, string>> {
  const wanted: Record<string, string> = {
    // Memory of the card is taken as it is needed, not all of it at once.
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    // Products rounded to 10 bits would be another gradient than that of every other device.
    NVIDIA_TF32_OVERRIDE: '0',
    // Messages about what it was built with are for its authors.
    TF_CPP_MIN_LOG_LEVEL: '2',
    ...(threads > 0 ? { TF_NUM_INTRAOP_THREADS: String(threads) } : {}),
  };
  return Object.fromEntries(Object.entries(wanted).filter(([name]) => process.env[name] === undefined));
}
