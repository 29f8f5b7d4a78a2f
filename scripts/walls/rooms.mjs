/** What every room uses says nothing. */
const EVERYWHERE = 'common';

const roomOf = file => /^src\/([^/]+)\//.exec(file)?.[1];

/**
 * The rooms as a graph in Mermaid: an arrow for what a room imports, dotted where it is types alone. What is reached
 * over another room has no arrow of its own.
 * @param {{ source: string, dependencies: { resolved: string, dependencyTypes: string[] }[] }[]} modules
 * @returns {string}
 */
export function drawRooms(modules) {
  const values = new Map();
  const types = new Map();
  const add = (edges, from, to) => edges.set(from, (edges.get(from) ?? new Set()).add(to));
  for (const { source, dependencies } of modules)
    for (const { resolved, dependencyTypes } of dependencies) {
      const [from, to] = [roomOf(source), roomOf(resolved)];
      if (from === undefined || to === undefined || from === to || to === EVERYWHERE) continue;
      add(dependencyTypes.includes('type-only') ? types : values, from, to);
    }
  const reached = (from, seen = new Set()) => {
    for (const to of values.get(from) ?? [])
      if (!seen.has(to)) {
        seen.add(to);
        reached(to, seen);
      }
    return seen;
  };
  const overAnother = (from, to) =>
    [...(values.get(from) ?? [])].some(
      other => other !== to && reached(other).has(to) && !reached(other).has(from),
    );
  const lines = [];
  for (const [edges, arrow] of [
    [values, '-->'],
    [types, '-.->'],
  ])
    for (const [from, rooms] of edges)
      for (const to of rooms)
        if (!overAnother(from, to) && (edges === values || !reached(from).has(to)))
          lines.push(`  ${from} ${arrow} ${to}\n`);
  return `flowchart LR\n${lines.sort().join('')}`;
}
