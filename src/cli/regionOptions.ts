import { InvalidArgumentError, Option } from 'commander';

/** Regions on the command line, as commander gives them. */
export interface RegionOptions {
  readonly region?: readonly NamedRegion[];
  readonly keep?: readonly string[];
}

interface NamedRegion {
  readonly mask: string;
  readonly style: string;
}

/** `--region MASK=STYLE` and `--keep MASK`, each for as many regions as are wanted. */
export function regionOptions(): readonly Option[] {
  return [
    new Option(
      '--region <mask=style>',
      'paint what is white in a mask in another style; repeatable',
    ).argParser((text: string, before: readonly NamedRegion[] = []) => [...before, parseRegion(text)]),
    new Option('--keep <mask>', 'leave what is white in a mask as it is; repeatable').argParser(
      (text: string, before: readonly string[] = []) => [...before, text],
    ),
  ];
}

/** The regions as a recipe writes them: the styled ones, then those that are kept. Undefined where none is named. */
export function namedRegions({ region = [], keep = [] }: RegionOptions): readonly unknown[] | undefined {
  const regions = [...region, ...keep.map(mask => ({ mask, keep: true }))];
  return regions.length === 0 ? undefined : regions;
}

function parseRegion(text: string): NamedRegion {
  const at = text.indexOf('=');
  const [mask, style] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || style === '')
    throw new InvalidArgumentError('Name a mask and a style image: sky.png=painting.jpg.');
  return { mask, style };
}
