import * as path from 'node:path';
import * as z from 'zod';
import { beginPainting } from '../beginPainting';
import { describeRun } from '../describeRun';
import { awaitEnd } from '../findRun';
import { paintingFields, wait, type PaintingInput } from '../inputs';
import type { Tool } from '../tool';

export type StylizeInput = PaintingInput & {
  readonly wait: number;
  readonly onDisconnect: 'continue' | 'cancel';
};

export const stylizeImage: Tool<StylizeInput> = {
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
    const folder = await beginPainting(asked, call, onDisconnect === 'cancel');
    return describeRun(await awaitEnd(path.basename(folder), seconds, call), call);
  },
};
