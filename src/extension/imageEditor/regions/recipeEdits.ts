import { applyEdits, modify, parse } from 'jsonc-parser';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The text of a recipe with other regions. Only what differs is touched, so that comments and other fields stay.
 * @param regions as recipes write them
 */
export function withRegions(text: string, regions: readonly Fields[]): string {
  const before = (parse(text) as { regions?: readonly Fields[] } | undefined)?.regions;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol };
  let edited = text;
  const set = (path: (string | number)[], value: unknown) => {
    edited = applyEdits(edited, modify(edited, path, value, { formattingOptions }));
  };
  if (regions.length === 0) {
    if (before !== undefined) set(['regions'], undefined);
    return edited;
  }
  if (before === undefined) {
    set(['regions'], regions);
    return edited;
  }
  for (let index = before.length - 1; index >= regions.length; index--) set(['regions', index], undefined);
  for (const [index, region] of regions.entries()) {
    const old = before[index];
    if (old === undefined) {
      set(['regions', index], region);
      continue;
    }
    for (const field of Object.keys(old)) if (!(field in region)) set(['regions', index, field], undefined);
    for (const [field, value] of Object.entries(region))
      if (JSON.stringify(value) !== JSON.stringify(old[field])) set(['regions', index, field], value);
  }
  return edited;
}
