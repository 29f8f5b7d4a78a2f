/** Largest file taken from outside VS Code; its bytes travel in one message. */
export const MAX_DROPPED_BYTES = 64 * 2 ** 20;

/** What can be read of a drop without waiting; types are only known while the drag is under way. */
const URI_TYPES = ['application/vnd.code.uri-list', 'text/uri-list', 'resourceurls'];

/** Whether a drag carries something that may be an image. */
export function mayBeStyle(types: readonly string[]): boolean {
  return types.includes('Files') || URI_TYPES.some(type => types.includes(type));
}

/** URIs of a uri-list (RFC 2483: a line each, # begins a comment) or of VS Code's JSON array of strings. */
export function parseUris(text: string): readonly string[] {
  const lines = text.trimStart().startsWith('[') ? parseJsonList(text) : text.split(/\r?\n/);
  return lines.map(line => line.trim()).filter(line => line !== '' && !line.startsWith('#'));
}

function parseJsonList(text: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter(item => typeof item === 'string') : [];
  } catch {
    return [];
  }
}

/** The URIs of a drop, from the first of VS Code's flavours that has any. */
export function droppedUris(read: (type: string) => string): readonly string[] {
  for (const type of URI_TYPES) {
    const uris = parseUris(read(type));
    if (uris.length > 0) return uris;
  }
  return [];
}
