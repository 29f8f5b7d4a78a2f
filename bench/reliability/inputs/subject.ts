import type { Chance } from '../chance';

/** A place of its own for one input. */
export interface Scratch {
  readonly folder: string;
  readonly storage: string;
}

/** A damaged input, as it lies on the disk. */
export interface Input {
  /** Row of the table. */
  readonly kind: string;
  /** The file or folder that a person names. */
  readonly path: string;
  /** The command that reads it. */
  readonly command: readonly string[];
  /** Whether the command is quick even when it accepts what it reads. */
  readonly isQuick: boolean;
}

/** What is damaged, and how the product reads it. */
export interface Subject {
  /** Prepares the intact files that are damaged later. */
  open(): Promise<void>;
  /** Writes a damaged input. */
  damage(chance: Chance, scratch: Scratch): Input;
  /** Reads it as the product does. @throws when it is refused */
  feed(input: Input, scratch: Scratch): Promise<void>;
}
