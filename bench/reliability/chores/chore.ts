import type { SmallWorkshop } from '../smallWorkshop';

/** Something that the command line is asked for, and is asked for again until it is done. */
export interface Chore {
  /** Row of the table. */
  readonly name: string;
  /** Lays out what it needs in an empty folder. */
  set(folder: string, workshop: SmallWorkshop): Promise<Scene>;
}

/** A folder in which a chore is done in spite of kills. */
export interface Scene {
  /** What Node runs, and how it is told. */
  readonly program: readonly string[];
  readonly storage: string;
  /** Files and folders that are a person's, or that were finished before: they stay as they are. */
  readonly kept: readonly string[];
  /** What has been made, in words that are the same whenever it is right. */
  outcome(): string;
  /** Whether a refusal says that all was done already. */
  wasDone?(words: string): boolean;
  close?(): Promise<void>;
}
