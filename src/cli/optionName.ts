/** The name of the option that gives a field: `--style-scale`. */
export function optionName(field: string): string {
  return `--${field.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
}
