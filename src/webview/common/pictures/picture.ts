import { isString, optional, shaped, type Guard } from '../guard';

/**
 * A picture to show: `uri` comes from `asWebviewUri`, never a path; a changed file needs a changed query. An empty
 * one is a picture that is not there yet: small ones show an icon instead.
 */
export interface Picture {
  readonly uri: string;
  readonly name: string;
  /** A small version for strips and buttons; `uri` is used where it is absent. */
  readonly thumbnail?: string | undefined;
}

export const isPicture: Guard<Picture> = shaped<Picture>({
  uri: isString,
  name: isString,
  thumbnail: optional(isString),
});
