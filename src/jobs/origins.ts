import * as z from 'zod';
import { AtelierError } from '../common/errors';
import { msg, type Message } from '../common/messages';
import { lite } from '../models/catalogue';
import type { Recipe } from '../recipe/recipe';

const hash = z.string().min(1);

const regionOrigins = z.strictObject({
  mask: hash,
  styles: z.array(hash),
  styleMask: hash.exactOptional(),
});

/** Hashes of the images of one region. */
export type RegionOrigins = z.output<typeof regionOrigins>;

export const originsSchema = z.strictObject({
  content: hash,
  /** In the order of the recipe. */
  styles: z.array(hash),
  /** Where the run starts from a file. */
  start: hash.exactOptional(),
  /** In the order of the recipe, where it has any. */
  regions: z.array(regionOrigins).exactOptional(),
  network: hash,
});

/** What a run is made from: hashes of the decoded images and of the network's numbers. */
export type Origins = z.output<typeof originsSchema>;

/**
 * Refuses to go on with a run from other images, or with another network, than it was begun with: the painting would be
 * a mixture that nobody has asked for.
 * @param before as the run was begun
 * @throws `source-changed`, naming the first that differs
 */
export function requireSameOrigins(
  { content, styles, regions, init, model }: Recipe,
  before: Origins,
  now: Origins,
): void {
  if (now.content !== before.content) throw changed(imageChanged(content));
  styles.forEach(({ image }, index) => {
    if (now.styles[index] !== before.styles[index]) throw changed(imageChanged(image));
  });
  regions?.forEach(({ mask, styles, styleMask }, index) => {
    const [begun, found] = [before.regions?.[index], now.regions?.[index]];
    if (found?.mask !== begun?.mask) throw changed(imageChanged(mask));
    styles?.forEach(({ image }, k) => {
      if (found?.styles[k] !== begun?.styles[k]) throw changed(imageChanged(image));
    });
    if (found?.styleMask !== begun?.styleMask) throw changed(imageChanged(styleMask ?? mask));
  });
  if (now.start !== before.start) throw changed(imageChanged(init));
  if (now.network !== before.network) throw networkChanged(model);
}

/**
 * What is to be said of a run that was begun before origins were noted: its images and its network can only be taken for
 * what they were. The embedded network is not: it has a new edition since.
 * @throws `source-changed`
 */
export function withoutOrigins({ model }: Recipe): Message {
  if (model === lite.name) throw networkChanged(model);
  return msg`The version of Atelier that started this job kept no record of its sources. It continues with the images and the network as they are now.`;
}

function networkChanged(model: string): AtelierError {
  return changed(
    msg`The network ${model} has changed since the painting started.`,
    model === lite.name
      ? msg`The versions differ: start a new painting, or continue in the Atelier that started this one.`
      : undefined,
  );
}

const imageChanged = (file: string): Message => msg`${file} has changed since the painting started.`;

function changed(
  message: Message,
  next = msg`Restore the file to continue, or start a new painting.`,
): AtelierError {
  return new AtelierError('source-changed', message, { next });
}
