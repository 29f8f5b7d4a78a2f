/** The option to begin beside another painting. */
export const NO_WAIT = ['--no-wait', 'start at once, even while another Atelier paints here'] as const;

export interface WaitOption {
  /** Whether to wait while another process has the compute lock; commander presets it. */
  readonly wait: boolean;
}
