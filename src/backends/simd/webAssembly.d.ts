// The types of Node leave these out, and those of browsers would bring a window with them.
declare namespace WebAssembly {
  class Memory {
    /** @throws RangeError when there is no such memory */
    constructor(pages: { readonly initial: number; readonly maximum: number });
    readonly buffer: ArrayBuffer;
  }

  class Module {
    constructor(bytes: Uint8Array);
  }

  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
    readonly exports: object;
  }
}
