import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Recipe } from '../../recipe/recipe';
import type { Previews } from '../previews';
import { styleFile, styleName } from '../stylize/styleName';
import { swatchOf } from '../stylize/swatches';

/** Longest sides in pixels: large enough to be compared with the painting, and for a strip. */
const CONTENT_SIDE = 1024;
const STYLE_SIDE = 256;

/** The pictures of a recipe as a webview may show them. */
export interface RecipePictures {
  readonly content: ShownPicture;
  readonly styles: readonly ShownPicture[];
}

interface ShownPicture {
  readonly name: string;
  /** Absolute path; absent while it is being made, and for an image that cannot be shown. */
  readonly file: string | undefined;
}

/** The pictures of a recipe by name alone: at once. */
export function namedPictures({ content, styles }: Recipe): RecipePictures {
  return {
    content: { name: path.basename(content), file: undefined },
    styles: styles.map(({ image }) => ({ name: styleName(image), file: swatchOf(image)?.file })),
  };
}

/** The pictures of a recipe, copied to where the webview may read them. Images that are gone stay without picture. */
export async function shownPictures(
  recipe: Recipe,
  previews: Previews,
  log: vscode.LogOutputChannel,
): Promise<RecipePictures> {
  const copy = async (image: string, side: number) => {
    try {
      return await previews.of(image, side);
    } catch (error) {
      log.warn(vscode.l10n.t('No preview of {0}: {1}', image, String(error)));
      return undefined;
    }
  };
  const named = namedPictures(recipe);
  const [content, ...styles] = await Promise.all([
    copy(recipe.content, CONTENT_SIDE),
    ...recipe.styles.map(({ image }) => swatchOf(image)?.file ?? copy(styleFile(image), STYLE_SIDE)),
  ]);
  return {
    content: { ...named.content, file: content },
    styles: named.styles.map((style, index) => ({ ...style, file: styles[index] })),
  };
}
