/** The option to begin beside another painting. */
export const NO_WAIT = ['--no-wait', 'begin at once, also while another Atelier paints here'] as const;

export interface TurnOption {
  /** Whether to wait while another process has the turn; commander presets it. */
  readonly wait: boolean;
}
