import { SWATCH_PREFIX } from '../../recipe/swatches';
import { resourcePath } from '../../common/resources';

/** The pictures that are painted when none are named. */
export const samples = {
  content: () => resourcePath('media/samples/still-life.jpg'),
  style: `${SWATCH_PREFIX}impasto`,
} as const;
