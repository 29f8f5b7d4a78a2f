import type { Published } from './published';

/** The bytes of a file from some offset on. */
export interface Answer {
  /** Where they begin: where asked, or at 0 when the origin cannot start in the middle. */
  readonly offset: number;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Whether bytes that end too soon are all the origin has, and not a connection that was cut. */
  readonly endIsCertain: boolean;
}

/** A place that has a model's files. */
export interface Origin {
  /** Where it has a file, for messages. */
  locate(file: Published): string;
  /**
   * Asks for a file's bytes from `offset` on.
   *
   * @throws `WrongBytes` for what cannot be the file, an `AtelierError` when asking again is of no use, anything else
   * when it may be.
   */
  open(file: Published, offset: number, signal: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}
