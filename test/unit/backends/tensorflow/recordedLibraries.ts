/** By wheel: its hash, and what its libraries say of where they look and what they need (scripts/package/searchPaths.ts). */
export type RecordedLibraries = Record<
  string,
  { sha256: string; libraries: Record<string, { runpath: string; needed: string[] }> }
>;
