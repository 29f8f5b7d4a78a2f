/** How host and pages put texts together. */

/** Puts values into a text: `fill('Step {step}', { step: 3 })` is "Step 3"; unknown names stay as they are. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A number > 0 with a power of ten, as papers print it: 1e-5 is "10⁻⁵", 0.002 is "2·10⁻³", 3 is "3". */
export function formatPower(value: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const power = Math.abs(Number(exponent));
  if (power === 0) return mantissa;
  const digits = [...String(power)].map(digit => SUPERSCRIPTS[Number(digit)]).join('');
  const ten = `10${Number(exponent) < 0 ? '⁻' : ''}${digits}`;
  return mantissa === '1' ? ten : `${mantissa}·${ten}`;
}
