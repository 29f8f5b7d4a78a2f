import { activeImage, localPath } from '../imageFiles';
import { pickImage, selectedImages } from './contentPicker';

/** What VS Code hands to a command of the explorer: the item clicked, and all that are selected. */
export type Clicked = readonly [clicked?: unknown, selection?: unknown];

/** What was selected or clicked, else the image in the active tab. */
export function imagesOrActive([clicked, selection]: Clicked): readonly string[] {
  const images = selectedImages(clicked, selection);
  if (images.length > 0) return images;
  const active = activeImage();
  return active === undefined ? [] : [localPath(active)];
}

/** All images that are meant; one is asked for where none is. */
export async function images(clicked: Clicked, title: string): Promise<readonly string[]> {
  const meant = imagesOrActive(clicked);
  if (meant.length > 0) return meant;
  const asked = await pickImage(title);
  return asked === undefined ? [] : [asked];
}

/** The first image that is meant; asked for where none is. */
export async function oneImage(clicked: Clicked, title: string): Promise<string | undefined> {
  return (await images(clicked, title))[0];
}
