/** The option to replace a result file that is not a painting. */
export const OVERWRITE = ['--overwrite', 'replace a file that Atelier did not paint'] as const;

export interface OverwriteOption {
  readonly overwrite?: boolean;
}
