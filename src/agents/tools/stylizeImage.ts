import * as path from 'node:path';
import * as z from 'zod';
import { checkOutput } from '../../jobs/output';
import { requireWritable } from '../../jobs/outputPlace';
import { describeRun } from '../describeRun';
import { awaitEnd } from '../findRun';
import { paintingFields, wait, type PaintingInput } from '../inputs';
import { recipeOf } from '../recipeOf';
import type { Tool } from '../tool';

type Input = PaintingInput & { readonly wait: number; readonly onDisconnect: 'continue' | 'cancel' };

export const stylizeImage: Tool<Input> = {
  title: 'Paint an image in the style of another',
  description:
    'Neural style transfer (Gatys et al.) on this machine: paints the content image in the style of another image and ' +
    'saves the painting as a new file, by default beside the content image. No file is ever overwritten. A painting of ' +
    '512 pixels takes from seconds to minutes: when it is not over within the time to wait, the answer has its run ' +
    'identifier and a preview; ask get_run for the rest.',
  readOnly: false,
  input: z.strictObject({
    ...paintingFields(),
    wait,
    onDisconnect: z.enum(['continue', 'cancel']).default('continue').meta({
      description: 'What becomes of the painting when the program that asked for it goes away.',
    }),
  }),

  async run({ wait: seconds, onDisconnect, ...asked }, call) {
    const { access, painters, signal } = call;
    const recipe = recipeOf(asked, 'stylize_image', access);
    requireWritable(recipe);
    checkOutput(recipe);
    const folder = await painters.start(recipe, onDisconnect === 'cancel', signal);
    return describeRun(await awaitEnd(path.basename(folder), seconds, call));
  },
};
