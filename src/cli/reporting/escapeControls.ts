/** Control characters other than the end of a line, and those that turn the direction of text around. */
const controls = /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

const short: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** Text that a terminal shows and does not act on: each control character is written out, as \x1b. Lines stay lines. */
export function escapeControls(text: string): string {
  return text.replace(controls, written);
}

/** `escapeControls` for a name, which has no lines. */
export function escapeName(name: string): string {
  return escapeControls(name.replaceAll('\n', '\\n'));
}

/** JSON whose strings are safe on a terminal as well. */
export function escapeJson(json: string): string {
  return json.replace(controls, character => `\\u${hex(character, 4)}`);
}

function written(character: string): string {
  const code = character.charCodeAt(0);
  return short[character] ?? (code < 256 ? `\\x${hex(character, 2)}` : `\\u${hex(character, 4)}`);
}

function hex(character: string, digits: number): string {
  return character.charCodeAt(0).toString(16).padStart(digits, '0');
}
