import type { Message } from '../common/messages';
import type { FieldType, ValueOf } from './fieldType';
import type { PresetName } from './presetNames';

/** Values by preset; one that is not named has that of `studio`. */
export type PresetValues<T> = Readonly<{ studio: T } & Partial<Record<PresetName, T>>>;

/** How the command line gives a value: `--name <placeholder>`. */
interface ValueOption {
  /** For a short form: `-o`. */
  readonly letter?: string;
  readonly placeholder: string;
  readonly help: string;
}

/** How the command line chooses between two values: `--name`, and `--no-name` for the other one. */
interface SwitchOption<T> {
  readonly name: string;
  readonly on: T;
  readonly off: T;
  readonly help: string;
  readonly negativeHelp: string;
}

/** How a grid of pictures goes through the values of a field: `NAME=value,value,…`. */
interface FieldAxis {
  readonly name: string;
  /** What is printed beside a row or a column. */
  readonly label: (value: string) => string;
  readonly help: string;
}

/** A text that an editor offers in place of a value; what begins with ^ is written without quotes. */
export interface Snippet {
  readonly label: string;
  readonly description: string;
  readonly body: unknown;
}

/** All that is known of one field of a recipe, beside the code that computes with it. */
export interface Row<T> {
  /** What it is, in one sentence: the description in the JSON Schema. */
  readonly description: string;
  /** What else there is to say, in Markdown. */
  readonly details?: string;
  /** Offered while a recipe is written, in place of a single value. */
  readonly snippets?: readonly Snippet[];
  /** Its name in lists of settings; a field without one is in none. */
  readonly label?: Message;
  readonly option?: ValueOption | SwitchOption<T>;
  readonly axis?: FieldAxis;
  /** May be left out of a complete recipe. */
  readonly optional?: true;
  /** What presets give; a field without is one that only a person can give. */
  readonly presets?: PresetValues<T>;
  /** What presets that look for another statistic give to those who ask for Gram matrices. */
  readonly withGram?: PresetValues<T>;
  /** What files mean that were written before this field was there. A field that comes later has one. */
  readonly older?: T;
  /** Memory and time of a painting depend on it. */
  readonly costs?: true;
  /** Can be changed while it paints. */
  readonly tunable?: true;
}

/** A row of the table of fields. */
export type Field<Type extends FieldType = FieldType> = Row<ValueOf<Type>> & { readonly type: Type };

/** Makes a row; its type keeps what the table says of it. */
export function field<Type extends FieldType, const R extends Row<ValueOf<Type>>>(
  type: Type,
  row: R,
): R & { readonly type: Type } {
  return { ...row, type };
}
