const CENTIMETRES = { mm: 0.1, cm: 1, in: 2.54 } as const;
const CENTIMETRES_PER_INCH = 2.54;
/** Sides that a recipe can ask for, in pixels. */
const SIDES = { min: 16, max: 16_384 } as const;

/** A side of so many pixels, printed, as people write it: "17.3 cm". */
export function formatLength(pixels: number, dotsPerInch: number): string {
  const centimetres = (pixels / dotsPerInch) * CENTIMETRES_PER_INCH;
  return `${Number(centimetres.toPrecision(3))} cm`;
}

/** Reads "20", "20 cm", "200mm", "8 in" as centimetres; undefined for anything else. */
export function parseLength(text: string): number | undefined {
  const [, number = '', unit = 'cm'] = /^\s*([\d.,]+)\s*(mm|cm|in)?\s*$/i.exec(text) ?? [];
  const value =
    Number(number.replace(',', '.')) * CENTIMETRES[unit.toLowerCase() as keyof typeof CENTIMETRES];
  return number !== '' && Number.isFinite(value) && value > 0 ? value : undefined;
}

/** The pixels of a printed side, within what a painting can have. */
export function pixelsOf(centimetres: number, dotsPerInch: number): number {
  const pixels = Math.round((centimetres / CENTIMETRES_PER_INCH) * dotsPerInch);
  return Math.min(SIDES.max, Math.max(SIDES.min, pixels));
}
