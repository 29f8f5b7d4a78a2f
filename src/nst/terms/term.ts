import { LAYERS, type LayerName } from '../vgg19';
import type { Statistic, TermKind } from './kinds';

/** Loss or strength by the term's id. */
export type ByTerm = Readonly<Record<string, number>>;

/** One summand of the objective. */
export interface Term {
  /** `content:conv4_2`, `style:conv1_1`, `tv`: keys of losses, strengths, histories and files. */
  readonly id: string;
  readonly kind: TermKind;
  /** Where features are read; none for a term on the pixels of the whole image. */
  readonly layer?: LayerName;
}

/** What the terms of a painting depend on. */
export interface TermChoice {
  readonly content?: readonly LayerName[];
  readonly style?: readonly LayerName[];
  readonly statistics?: Statistic;
  /** Whether total variation is measured. */
  readonly tv?: boolean;
  /** Whether colours outside the range are. */
  readonly range?: boolean;
}

export const contentId = (layer: string): string => `content:${layer}`;
export const styleId = (layer: string): string => `style:${layer}`;
export const TV = 'tv';
export const RANGE = 'range';

/** The terms of a painting, in the order of reports. */
export function termsOf({
  content = [],
  style = [],
  statistics = 'gram',
  tv = true,
  range = false,
}: TermChoice): Term[] {
  return inReportOrder([
    ...content.map((layer): Term => ({ id: contentId(layer), kind: 'content', layer })),
    ...style.map((layer): Term => ({ id: styleId(layer), kind: statistics, layer })),
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

/** Group and layer of an id: `['style', 'conv1_1']`, `['tv', undefined]`. */
export function partsOf(id: string): readonly [group: string, layer: string | undefined] {
  const [group = id, layer] = id.split(':');
  return [group, layer];
}

/** The layers that terms read features at, without repetition, from the shallowest. */
export function layersOfTerms(terms: readonly Term[]): readonly LayerName[] {
  return LAYERS.filter(layer => terms.some(term => term.layer === layer));
}

/** The sum of the values of one group. */
export function sumOfGroup(values: ByTerm, group: string): number {
  return Object.entries(values).reduce((sum, [id, value]) => sum + (partsOf(id)[0] === group ? value : 0), 0);
}

/** The values of one group by layer. */
export function ofGroup(values: ByTerm, group: string): Record<string, number> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([id, value]) => {
      const [its, layer] = partsOf(id);
      return its === group && layer !== undefined ? [[layer, value]] : [];
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
