import type { Command } from 'commander';
import { FORCE, type ForceOption } from './forceOption';
import { NO_WAIT } from './waitOption';

/** The options of a command that begins a painting, as commander gives them. */
export interface PaintingOptions extends ForceOption {
  /** Whether a file at the recipe's `output` that Atelier did not paint is replaced. */
  readonly overwrite?: boolean;
  /** Whether it waits for its turn. */
  readonly wait: boolean;
}

export function addPaintingOptions(command: Command): Command {
  return command
    .option('--overwrite', 'replace a file that Atelier did not paint')
    .option(...FORCE)
    .option(...NO_WAIT);
}
