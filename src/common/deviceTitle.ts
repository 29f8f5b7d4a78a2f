/** A device's name with the threads it computes with: "CPU, 2 threads". The extension says it in other languages. */
export function withThreads(name: string, threads: number): string {
  return `${name}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}

/** What `withThreads` has put together; a title without threads is a name. */
export function partsOfTitle(title: string): { readonly name: string; readonly threads?: number } {
  const [, name, threads] = /^(.*), (\d+) threads?$/.exec(title) ?? [];
  return name === undefined ? { name: title } : { name, threads: Number(threads) };
}
