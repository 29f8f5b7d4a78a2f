import * as z from 'zod';

/** One style image. */
export interface Style {
  /** A path, or `swatch:ID` for a built-in one. */
  image: string;
  /** Share of this image in the blend of styles, above 0. */
  weight: number;
}

/** The share of one style image: above 0. */
export const styleWeight: z.ZodType<number> = z.number().positive();

/** Marks, in the JSON Schema, what names a style image: an editor then knows the built-in ones. */
export const STYLE_IMAGE = 'styleImage';

/** The name of a style image: a path, or `swatch:ID`. */
export function styleImage(description: string): z.ZodString {
  return z
    .string()
    .min(1)
    .meta({ description, [STYLE_IMAGE]: true });
}

/** A file (relative to the recipe's folder, or absolute), or `swatch:ID` for a built-in one. */
export const styleSchema: z.ZodType<Style> = z.strictObject({
  image: styleImage('Style image: a path, or swatch:ID for a built-in swatch.'),
  weight: styleWeight.default(1).meta({ description: 'Share of this image in the blend of styles.' }),
});
