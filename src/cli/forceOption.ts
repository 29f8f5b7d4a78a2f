/** The option to begin what the memory of the machine does not suffice for. */
export const FORCE = ['--force', 'start even if it needs more memory than this machine has'] as const;

export interface ForceOption {
  /** Whether it begins though it needs more memory than there is. */
  readonly force?: boolean;
}
