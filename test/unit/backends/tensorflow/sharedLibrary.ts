/** What a stand-in for a shared library says of itself. */
export interface SharedLibrary {
  /** Libraries that are loaded with it. */
  readonly needed?: readonly string[];
  /** Folders in which those are looked for. */
  readonly runpath?: string;
  /** A function of Node's stable interface that gives back the exports it gets. */
  readonly isAddon?: boolean;
}

const TAG = { needed: 1, hash: 4, strings: 5, symbols: 6, stringBytes: 10, symbolBytes: 11, runpath: 29 };
const PAGE = 0x1000;
const SYMBOL = 24;

/** `mov rax, rsi; ret`: the second argument is what comes back. */
const SECOND_ARGUMENT = [0x48, 0x89, 0xf0, 0xc3];

/**
 * A shared library for Linux on x86-64 with nothing in it but its names: the system's loader looks for what it needs
 * as for any other (ELF-64 with two segments; System V ABI, chapters 4 and 5).
 */
export function sharedLibrary({ needed = [], runpath, isAddon = false }: SharedLibrary): Buffer {
  let strings = '\0';
  const name = (text: string): number => {
    const at = strings.length;
    strings += `${text}\0`;
    return at;
  };
  const entry = isAddon ? name('napi_register_module_v1') : 0;
  const code = 64 + 4 * 56;
  const symbols = code + 16;
  const hash = symbols + SYMBOL * 2;
  const text = hash + 6 * 4;
  const dynamic: [tag: number, value: number][] = [
    ...needed.map((library): [number, number] => [TAG.needed, name(library)]),
    ...(runpath === undefined ? [] : [[TAG.runpath, name(runpath)] satisfies [number, number]]),
    ...([
      [TAG.hash, hash],
      [TAG.strings, text],
      [TAG.symbols, symbols],
      [TAG.symbolBytes, SYMBOL],
    ] satisfies [number, number][]),
  ];
  dynamic.push([TAG.stringBytes, strings.length], [0, 0]);
  const first = text + strings.length;
  const at = Math.ceil(first / PAGE) * PAGE;
  const file = Buffer.alloc(at + 16 * dynamic.length);
  const long = (value: number, offset: number): number => file.writeBigUInt64LE(BigInt(value), offset);

  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1], 0);
  // A shared object for x86-64; program headers behind this header.
  for (const [value, offset] of [[3, 16] as const, [62, 18] as const]) file.writeUInt16LE(value, offset);
  file.writeUInt32LE(1, 20);
  long(64, 32);
  for (const [value, offset] of [[64, 52] as const, [56, 54] as const, [4, 56] as const, [64, 58] as const])
    file.writeUInt16LE(value, offset);

  const segments = [
    { type: 1, flags: 5, from: 0, bytes: first, align: PAGE },
    { type: 1, flags: 6, from: at, bytes: file.length - at, align: PAGE },
    { type: 2, flags: 6, from: at, bytes: file.length - at, align: 8 },
    // No executable stack.
    { type: 0x6474e551, flags: 6, from: 0, bytes: 0, align: 16 },
  ];
  segments.forEach(({ type, flags, from, bytes, align }, i) => {
    const header = 64 + 56 * i;
    file.writeUInt32LE(type, header);
    file.writeUInt32LE(flags, header + 4);
    [from, from, from, bytes, bytes, align].forEach((value, j) => long(value, header + 8 + 8 * j));
  });
  file.set(SECOND_ARGUMENT, code);
  if (isAddon) {
    const symbol = symbols + SYMBOL;
    file.writeUInt32LE(entry, symbol);
    // A global function of a section that is not "undefined".
    file.set([0x12, 0], symbol + 4);
    file.writeUInt16LE(1, symbol + 6);
    long(code, symbol + 8);
    long(SECOND_ARGUMENT.length, symbol + 16);
  }
  // One bucket with one chain: symbol 1.
  [1, 2, isAddon ? 1 : 0, 0, 0].forEach((value, i) => file.writeUInt32LE(value, hash + 4 * i));
  file.write(strings, text, 'latin1');
  dynamic.forEach(([tag, value], i) => {
    long(tag, at + 16 * i);
    long(value, at + 16 * i + 8);
  });
  return file;
}
