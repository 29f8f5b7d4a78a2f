import type { ObjectiveRequest } from './executor';
import type { FloatImage, Size } from './image';
import type { ObjectiveSpec } from './objective';
import type { Guidance } from './regions/guidance';
import type { StyleImage } from './styleImage';

/** The pictures of a run at any scale; must give the same values whenever they are asked for the same size. */
export interface Sources {
  content(size: Size): Promise<FloatImage>;
  styles(size: Size): Promise<readonly StyleImage[]>;
  /** The start image, for `init: 'image'`. */
  start(size: Size): Promise<FloatImage>;
  /** Which part of the picture is painted how, where that is not all the same. */
  guidance?(size: Size): Promise<Guidance | undefined>;
}

/** What an objective at a size is made of. */
export async function requestOf(
  spec: ObjectiveSpec,
  sources: Omit<Sources, 'start'>,
  size: Size,
): Promise<ObjectiveRequest> {
  const content = await sources.content(size);
  const styles = await sources.styles(size);
  const guidance = await sources.guidance?.(size);
  return { spec, content, styles, ...(guidance && { guidance }) };
}
