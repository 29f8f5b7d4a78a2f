import { LAYERS, type LayerName } from '../vgg19';
import type { Statistic, TermKind } from './kinds';

/** Loss or strength by the term's id. */
export type ByTerm = Readonly<Record<string, number>>;

/** One summand of the objective. */
export interface Term {
  /** `content:conv4_2`, `style:conv1_1`, of a region `style:conv1_1:2`, `tv`: keys of losses, strengths, histories and files. */
  readonly id: string;
  readonly kind: TermKind;
  /** Where features are read; none for a term on the pixels of the whole image. */
  readonly layer?: LayerName;
  /** The region of the picture that it looks at, by number, from 1; none for what no region covers. */
  readonly region?: number;
}

/** The part of the picture that no region covers, where regions are counted. */
export const REST = 0;

/** What the terms of a painting depend on. */
export interface TermChoice {
  readonly content?: readonly LayerName[];
  readonly style?: readonly LayerName[];
  readonly statistics?: Statistic;
  /** Parts of the picture with styles of their own, by number; without them the whole. */
  readonly regions?: readonly number[];
  /** Whether total variation is measured. */
  readonly tv?: boolean;
  /** Whether colours outside the range are. */
  readonly range?: boolean;
}

export const contentId = (layer: string): string => `content:${layer}`;
export const styleId = (layer: string, region = REST): string =>
  region === REST ? `style:${layer}` : `style:${layer}:${region}`;
export const TV = 'tv';
export const RANGE = 'range';

/** The terms of a painting, in the order of reports. */
export function termsOf({
  content = [],
  style = [],
  statistics = 'gram',
  regions = [REST],
  tv = true,
  range = false,
}: TermChoice): Term[] {
  return inReportOrder([
    ...content.map((layer): Term => ({ id: contentId(layer), kind: 'content', layer })),
    ...style.flatMap(layer =>
      regions.map((region): Term => {
        const term = { id: styleId(layer, region), kind: statistics, layer };
        return region === REST ? term : { ...term, region };
      }),
    ),
    ...(tv ? [{ id: TV, kind: 'tv' } as const] : []),
    ...(range ? [{ id: RANGE, kind: 'range' } as const] : []),
  ]);
}

/** Content, then style, each from the shallowest layer on, then what looks at the image alone. */
export function inReportOrder(terms: readonly Term[]): Term[] {
  const place = ({ kind, layer }: Term): number =>
    layer === undefined ? Infinity : LAYERS.indexOf(layer) + (kind === 'content' ? 0 : LAYERS.length);
  return [...terms].sort((a, b) => place(a) - place(b) || 0);
}

/** Group, layer and region of an id: `['style', 'conv1_1', '2']`, `['tv', undefined, undefined]`. */
export function partsOf(
  id: string,
): readonly [group: string, layer: string | undefined, region: string | undefined] {
  const [group = id, layer, region] = id.split(':');
  return [group, layer, region];
}

/** The layers that terms read features at, without repetition, from the shallowest. */
export function layersOfTerms(terms: readonly Term[]): readonly LayerName[] {
  return LAYERS.filter(layer => terms.some(term => term.layer === layer));
}

/** The sum of the values of one group. */
export function sumOfGroup(values: ByTerm, group: string): number {
  return Object.entries(values).reduce((sum, [id, value]) => sum + (partsOf(id)[0] === group ? value : 0), 0);
}

/** The values of one group by layer; those of regions by layer and number: `conv1_1:2`. */
export function ofGroup(values: ByTerm, group: string): Record<string, number> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([id, value]) => {
      const [its, ...place] = partsOf(id);
      return its === group && place[0] !== undefined ? [[id.slice(its.length + 1), value]] : [];
    }),
  );
}

/** Values by layer within groups, as scripts and older job folders have them: `{ content: { conv4_2 }, style, tv }`. */
export interface Grouped {
  readonly content: Readonly<Record<string, number>>;
  readonly style: Readonly<Record<string, number>>;
  readonly tv: number;
  /** Where it is measured. */
  readonly range?: number;
}

export function grouped(values: ByTerm): Grouped {
  const groups = {
    content: ofGroup(values, 'content'),
    style: ofGroup(values, 'style'),
    tv: values[TV] ?? 0,
  };
  return RANGE in values ? { ...groups, range: values[RANGE] ?? NaN } : groups;
}

export function ungrouped({ content, style, tv }: Grouped): ByTerm {
  const named = (values: Readonly<Record<string, number>>, id: (layer: string) => string) =>
    Object.entries(values).map(([layer, value]) => [id(layer), value] as const);
  return Object.fromEntries([...named(content, contentId), ...named(style, styleId), [TV, tv] as const]);
}
