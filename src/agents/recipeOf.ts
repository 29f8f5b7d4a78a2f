import { AtelierError } from '../common/errors';
import { msg } from '../common/messages';
import type { Recipe } from '../recipe/recipe';
import { completeRecipe } from '../recipe/recipeFile';
import type { Access } from './access';
import type { PaintingInput } from './inputs';
import type { ToolName } from './names';

/**
 * The complete recipe that a tool was asked for; nothing outside of what the agent may use is in it.
 * @throws `usage`, `recipe-invalid`, and the errors of `Access`
 */
export function recipeOf({ style, styles, ...asked }: PaintingInput, tool: ToolName, access: Access): Recipe {
  if ((style === undefined) === (styles === undefined))
    throw new AtelierError('usage', msg`Give one style, or several to blend.`, {
      next: msg`Built-in styles work too, for example swatch:woodcut.`,
    });
  const named = styles ?? [{ image: style ?? '', weight: 1 }];
  return access.admit(completeRecipe({ ...asked, styles: named }, { source: tool }));
}
