import { KERNELS } from './binary';

/** What assembly/index.ts exports; pointers are addresses in the memory it works on. */
export interface Kernels {
  dots(x: number, ys: number, count: number, values: number, products: number): void;
  combine(
    target: number,
    list: number,
    coefficients: number,
    count: number,
    values: number,
    sums: number,
  ): void;
  reduce(fine: number, width: number, height: number, between: number, coarse: number): void;
  copy(target: number, map: number, count: number): void;
  multiply(map: number, count: number, factor: number): void;
  addEnlarged(coarse: number, between: number, fine: number, width: number, height: number): void;
}

let compiled: WebAssembly.Module | undefined;

/** The kernels on a memory. */
export function kernelsOf(memory: WebAssembly.Memory): Kernels {
  compiled ??= new WebAssembly.Module(Buffer.from(KERNELS, 'base64'));
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  return exports as unknown as Kernels;
}
