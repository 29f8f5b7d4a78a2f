/** The oldest Node that all packages run on which the program brings, as major and minor version. */
export const OLDEST_NODE = [20, 19] as const;

/** What is wrong with a Node of this version, as "18.20.4"; undefined for one that will do. */
export function nodeProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `Atelier needs Node ${OLDEST_NODE.join('.')} or newer; this is Node ${version}.`;
}
