import * as z from 'zod';
import { msg, type Message } from '../common/messages';
import { styleImage, styleSchema, styleWeight, type Style } from './style';

/** A part of the picture: the white of a mask. */
export interface Region {
  /** A path: an image in the proportions of the content image. White is inside, grey partly. */
  mask: string;
  /** What the part is painted in, unless it is kept. */
  styles?: Style[] | undefined;
  /** How much its style counts beside that of the rest, above 0. */
  weight?: number | undefined;
  /** A path: the part of the style image that counts is white. */
  styleMask?: string | undefined;
  /** The content image stays here. */
  keep?: true | undefined;
}

/** A region that is painted. */
interface StyledRegion extends Region {
  styles: Style[];
  weight: number;
}

export function isStyled(region: Region): region is StyledRegion {
  return region.keep !== true;
}

/** As many are told apart, in colours and in curves. */
export const MOST_REGIONS = 6;

const path = z.string().min(1);

const written = z.strictObject({
  mask: path.meta({
    description:
      'Mask: a path. White is inside, grey partly; any size in the proportions of the content image.',
  }),
  style: styleImage('Style image: a path, or swatch:ID for a built-in style.').optional(),
  styles: z.array(styleSchema).min(1).optional().meta({ description: 'Style images, blended by weight.' }),
  weight: styleWeight
    .optional()
    .meta({ description: 'How much this style counts beside that of the rest; 1 unless it is named.' }),
  styleMask: path
    .optional()
    .meta({ description: 'Mask of the style image: a path. What is white of it counts.' }),
  keep: z.literal(true).optional().meta({ description: 'Leaves this part as it is in the content image.' }),
});

type Written = z.output<typeof written>;

/** What a region is in a recipe, `style` being short for `styles`. */
export const regionSchema: z.ZodType<Region> = written
  .superRefine((region, context) => {
    const problem = problemOf(region);
    if (problem === undefined) return;
    const { field, phrase } = problem;
    context.addIssue({ code: 'custom', path: field === undefined ? [] : [field], params: { phrase } });
  })
  .transform(({ style, styles, weight = 1, keep, ...region }): Region => {
    if (keep === true) return { mask: region.mask, keep };
    return { ...region, styles: styles ?? [{ image: style!, weight: 1 }], weight };
  });

function problemOf({
  style,
  styles,
  weight,
  styleMask,
  keep,
}: Written): { readonly field?: keyof Written; readonly phrase: Message } | undefined {
  if (keep === true) {
    const extra = Object.entries({ style, styles, weight, styleMask }).find(
      ([, value]) => value !== undefined,
    );
    if (extra === undefined) return undefined;
    return { field: extra[0] as keyof Written, phrase: msg`does not apply to a kept region` };
  }
  if (style !== undefined && styles !== undefined)
    return { field: 'style', phrase: msg`give the style here or under 'styles', not both` };
  if (style === undefined && styles === undefined)
    return { phrase: msg`a region has a style, or "keep": true` };
  if (styleMask !== undefined && (styles?.length ?? 1) > 1)
    return { field: 'styleMask', phrase: msg`it belongs to a single style image` };
  return undefined;
}
