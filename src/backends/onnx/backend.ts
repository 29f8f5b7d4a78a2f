import { AtelierError, type Explanation } from '../../common/errors';
import { msg } from '../../common/messages';
import { titleWith, type Backend } from '../backend';
import type { DeviceName } from '../device';
import { classifyErrors } from '../errorClassification';
import { hasGraphicsCard } from '../machine';
import type { Provider } from './runtime';

/** What one provider of onnxruntime differs in from the others. */
type Traits = Pick<Backend, 'title' | 'usesDriver' | 'layouts' | 'isReference' | 'isLastResort'> & {
  readonly provider: Provider;
  /** The systems that it is made for; by default all. */
  readonly systems?: readonly string[];
};

export const cpu = backendOf('cpu', { title: 'CPU', provider: 'cpu', usesDriver: false, isReference: true });

export const wasm = backendOf('wasm', {
  ...{ title: 'CPU (WebAssembly)', provider: 'wasm', usesDriver: false },
  // The CPU is several times as fast wherever both run.
  ...{ isReference: true, isLastResort: true },
});

const anyWebgpu = backendOf('webgpu', {
  ...{ title: 'WebGPU', provider: 'webgpu', usesDriver: true },
  systems: ['linux-x64', 'win32-x64', 'win32-arm64', 'darwin-arm64'],
  // With channels first it transposes less, and convolves otherwise.
  layouts: ['NHWC', 'NCHW'],
});

export const webgpu: Backend = {
  ...anyWebgpu,
  async obstacle(places) {
    const known = await anyWebgpu.obstacle(places);
    if (known !== undefined || (await hasGraphicsCard())) return known;
    return { message: msg`There is no graphics card.` };
  },
};

export const directml = backendOf('directml', {
  ...{ title: 'DirectML', provider: 'dml', usesDriver: true },
  systems: ['win32-x64', 'win32-arm64'],
});

export const coreml = backendOf('coreml', {
  ...{ title: 'Core ML', provider: 'coreml', usesDriver: true },
  systems: ['darwin-arm64'],
});

function backendOf(name: DeviceName, { provider, systems, ...traits }: Traits): Backend {
  const obstacle = (): Required<Explanation> | undefined => {
    const system = `${process.platform}-${process.arch}`;
    if (systems === undefined || systems.includes(system)) return undefined;
    return {
      message: msg`onnxruntime has no ${traits.title} for ${system}.`,
      next: msg`Choose the device auto or cpu.`,
    };
  };
  return {
    ...{ name, mayBand: true, ...traits },
    obstacle: () => Promise.resolve(obstacle()),
    async open(network, { threads, layout }) {
      const known = obstacle();
      if (known !== undefined)
        throw new AtelierError('device-unavailable', known.message, { next: known.next });
      const { OnnxExecutor } = await import('./executor');
      const executor = await OnnxExecutor.create(network, { provider, threads, layout });
      const title = titleWith(traits, threads);
      return { name, title, executor: traits.usesDriver ? classifyErrors(executor, title) : executor };
    },
  };
}
