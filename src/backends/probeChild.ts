import { explain } from '../common/errors';
import { createNetwork } from '../models/network';
import { openSafetensorsWeights } from '../models/formats/safetensorsWeights';
import { resourcePath } from '../common/resources';
import { fasterLayout } from './fasterLayout';
import { PROBE_SIDE, type Probe, type ProbeRequest } from './probe';
import { BACKENDS } from './registry';
import { compareExecutors, disagreement, timeEvaluation } from './selfCheck';
import { msg } from '../common/messages';

/** Answers the probe in this process's arguments to its parent, and ends the process. */
export async function answerProbe(): Promise<void> {
  let answer: Probe;
  try {
    answer = await probe(JSON.parse(process.argv[3] ?? '') as ProbeRequest);
  } catch (error) {
    const { message, ...next } = explain(error);
    answer = { works: false, reason: message, ...next };
  }
  process.send?.(answer, undefined, undefined, () => process.exit());
}

async function probe({ device, ...machine }: ProbeRequest): Promise<Probe> {
  // The one that is always there.
  const network = createNetwork(openSafetensorsWeights(resourcePath('models/lite.safetensors')), 'lite');
  const { executor, title, rounds } = await BACKENDS[device].open(network, machine);
  if (BACKENDS[device].isReference) {
    return { works: true, title, ms: await timeEvaluation(executor, PROBE_SIDE) };
  }
  const reference = await openReference(machine);
  const agreement = await compareExecutors(executor, reference.executor);
  const reason = disagreement(agreement, rounds);
  if (reason !== undefined) return { works: false, reason, next: msg`Updating the driver may help.` };
  const ms = await timeEvaluation(executor, PROBE_SIDE);
  const faster = await fasterLayout(BACKENDS[device], ms, reference.executor, layout =>
    BACKENDS[device].open(network, { ...machine, layout }),
  );
  await reference.executor.dispose();
  return { works: true, title, ms, agreement, ...faster };

  /** The native CPU, else WebAssembly, whose results are the same to rounding. */
  function openReference(options: typeof machine) {
    return BACKENDS.cpu.open(network, options).catch(() => BACKENDS.wasm.open(network, options));
  }
}
