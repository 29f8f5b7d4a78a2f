import * as z from 'zod';
import { listSwatches, SWATCH_PREFIX } from '../../recipe/swatches';
import type { Tool } from '../tool';

export const listStyles: Tool = {
  title: 'List the built-in styles',
  description: 'The styles that Atelier brings. Any other image is a style as well, by its path.',
  readOnly: true,
  input: z.strictObject({}),

  run() {
    const styles = listSwatches().map(({ id, title, description }) => ({
      style: `${SWATCH_PREFIX}${id}`,
      title,
      description,
    }));
    return { value: { styles } };
  },
};
