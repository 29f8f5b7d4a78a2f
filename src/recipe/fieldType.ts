import type { LayerName } from '../nst/vgg19';
import type { Message } from '../common/messages';
import type { Region } from './region';
import type { Style } from './style';

/** A text. */
export interface TextType {
  readonly kind: 'text';
}

/** What a path of a recipe leads to; some fields can hold a name in its place. */
export type PathRole = 'content' | 'style' | 'mask' | 'start' | 'network' | 'result';

/** A path, or a name that is none: `noise`, `vgg19`. */
export interface PathType {
  readonly kind: 'path';
  readonly role: PathRole;
}

/** A number within bounds, both inclusive. */
export interface NumberType {
  readonly kind: 'number';
  readonly whole: boolean;
  readonly min: number;
  readonly max?: number;
}

export interface FlagType {
  readonly kind: 'flag';
}

/** One value of an enumeration in words. */
export interface Choice {
  /** A sentence, shown while a recipe is written. */
  readonly description: string;
  /** A few words, in lists of settings. */
  readonly label: Message;
  /** A word for controls, which explain it with the label; else that. */
  readonly title?: Message;
}

/** One of several names. */
export interface ChoiceType<Name extends string = string> {
  readonly kind: 'choice';
  readonly choices: Readonly<Record<Name, Choice>>;
  /** Names of before, which are still read, and what they are called now. */
  readonly formerly: Readonly<Record<string, Name>>;
}

/** Weights by layer, at least one. */
export interface LayersType {
  readonly kind: 'layers';
  /** What a layer counts that is named without a weight: 1, or its part of 1. */
  readonly unweighted: 'one' | 'shared';
}

/** Style images with their shares in the blend, at least one. */
export interface StylesType {
  readonly kind: 'styles';
}

/** Parts of the picture that are painted otherwise, or kept. */
export interface RegionsType {
  readonly kind: 'regions';
}

/** What a field can hold. */
export type FieldType =
  TextType | PathType | NumberType | FlagType | ChoiceType | LayersType | StylesType | RegionsType;

export type LayerWeights = Partial<Record<LayerName, number>>;

/** The values of a type. */
export type ValueOf<Type extends FieldType> = Type extends TextType | PathType
  ? string
  : Type extends NumberType
    ? number
    : Type extends FlagType
      ? boolean
      : Type extends ChoiceType<infer Name>
        ? Name
        : Type extends LayersType
          ? LayerWeights
          : Type extends StylesType
            ? Style[]
            : Type extends RegionsType
              ? Region[]
              : never;

export const text: TextType = { kind: 'text' };
export const flag: FlagType = { kind: 'flag' };
export const styles: StylesType = { kind: 'styles' };
export const regions: RegionsType = { kind: 'regions' };
export const path = (role: PathRole): PathType => ({ kind: 'path', role });
export const number = (min: number, max?: number): NumberType => ({
  kind: 'number',
  whole: false,
  min,
  ...(max === undefined ? {} : { max }),
});
export const whole = (min: number, max: number): NumberType => ({ kind: 'number', whole: true, min, max });
export const layers = (unweighted: LayersType['unweighted']): LayersType => ({ kind: 'layers', unweighted });
export const choice = <Name extends string>(
  choices: Readonly<Record<Name, Choice>>,
  formerly: Readonly<Record<string, NoInfer<Name>>> = {},
): ChoiceType<Name> => ({ kind: 'choice', choices, formerly });
