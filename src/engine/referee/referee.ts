import { openDevice } from '../../backends/select';
import { readImage } from '../../images/decode';
import type { SourceImage } from '../../images/source';
import { modelsFolder } from '../../models/folder';
import type { Executor } from '../../nst/executor';
import type { FloatImage, Size } from '../../nst/image';
import { blendMoments, safeMeanActivation, type Moments } from '../../nst/moments';
import type { ObjectiveSpec } from '../../nst/objective';
import { contentId, termsOf } from '../../nst/terms/term';
import { transportDistance } from '../../nst/transportDistance';
import { MIN_SIDE } from '../../nst/vgg19';
import type { RefereeReport } from '../../protocol/reply';
import type { Recipe } from '../../recipe/recipe';
import type { Style } from '../../recipe/style';
import { locateStyle } from '../../recipe/swatches';
import { requireLayersNamed, type RunSettings } from '../run/prepare';
import { chromaBand } from './chromaBand';
import { JUDGED, openJudge } from './judge';

/** As VGG-19 was trained. */
const READING = { pooling: 'max', padding: 'zero', tap: 'post' } as const;

/** What of a recipe a picture is judged by. */
export interface Judged extends Pick<Recipe, 'content' | 'model'> {
  readonly styles: readonly Readonly<Style>[];
}

/**
 * Judges a saved picture: how near its features are to those of its style, and how far from those of its content, in a
 * network that did not paint it where there is one. The picture is taken as it is; content and styles are brought to
 * its size.
 * @param asked the network that judges, by name or file
 * @throws the errors of `readImage`, of networks and of devices
 */
export async function judgePicture(
  file: string,
  { content, styles, model }: Judged,
  settings: RunSettings,
  asked?: string,
): Promise<RefereeReport> {
  const { network, independent } = await openJudge(model, modelsFolder(settings.storage), asked);
  requireLayersNamed(network, [...JUDGED.style, JUDGED.content]);
  const source = await readImage(file);
  const size = { width: source.width, height: source.height };
  const picture = await source.at(size);
  const photograph = await (await readImage(content)).at(size);
  const shares = await Promise.all(
    styles.map(async ({ image, weight }) => {
      const style = await readImage(locateStyle(image));
      return { image: await style.at(besideSize(style, size)), weight };
    }),
  );
  const { executor } = await openDevice(network, settings);
  try {
    const read = (image: FloatImage) => executor.moments(image, JUDGED.style, READING);
    const targets = [];
    for (const { image, weight } of shares) targets.push({ weight, moments: await read(image) });
    const blend = [...blendMoments(targets).values()];
    const distances = distancesTo(blend, await read(picture));
    return {
      network: network.name,
      independent,
      distances,
      distance: meanOf(distances),
      contentDistance: meanOf(distancesTo(blend, await read(photograph))),
      contentError: await contentError(executor, picture, photograph),
      clipped: clippedShare(picture),
      chroma: chromaBand(picture) / blendedChroma(shares),
    };
  } finally {
    await executor.dispose();
  }
}

/** A style beside a picture: as long as its longest side, also where the style has fewer pixels. */
function besideSize(style: SourceImage, picture: Size): Size {
  const factor = Math.max(picture.width, picture.height) / Math.max(style.width, style.height);
  const side = (pixels: number): number => Math.max(MIN_SIDE, Math.round(pixels * factor));
  return { width: side(style.width), height: side(style.height) };
}

function distancesTo(targets: readonly Moments[], moments: readonly Moments[]): Record<string, number> {
  return Object.fromEntries(
    targets.map(target => {
      const found = moments.find(({ layer }) => layer === target.layer);
      return [target.layer, found === undefined ? NaN : transportDistance(found, target)];
    }),
  );
}

function meanOf(values: Readonly<Record<string, number>>): number {
  const all = Object.values(values);
  return all.reduce((sum, value) => sum + value, 0) / all.length;
}

/** |F − P| / |P| at the content layer, of an image and the content image. */
async function contentError<V>(
  executor: Executor<V>,
  image: FloatImage,
  content: FloatImage,
): Promise<number> {
  const layer = JUDGED.content;
  const spec: ObjectiveSpec = { ...READING, units: 'mean', terms: termsOf({ content: [layer], tv: false }) };
  const objective = await executor.prepare({ spec, content, styles: [] });
  const vector = executor.fromImage(image);
  const { losses, gradient } = await objective.evaluate(vector, { [contentId(layer)]: 1 });
  executor.space.dispose(gradient);
  executor.space.dispose(vector);
  await objective.dispose();
  const [target] = await executor.moments(content, [layer], READING);
  if (target === undefined) return NaN;
  // The loss is mean(((F − P)/a)²), and tr G is the sum of the mean squares of P's channels.
  const { channels: n, gram, meanActivation } = target;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += gram[i * (n + 1)]!;
  const apart = (losses.terms[contentId(layer)] ?? NaN) * safeMeanActivation(meanActivation) ** 2 * n;
  return Math.sqrt(apart / squares);
}

/** The share of samples that are black or full. */
function clippedShare({ data }: FloatImage): number {
  let count = 0;
  for (const value of data) if (value <= 0 || value >= 1) count++;
  return count / data.length;
}

function blendedChroma(shares: readonly { readonly image: FloatImage; readonly weight: number }[]): number {
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  return Math.sqrt(
    shares.reduce((sum, { image, weight }) => sum + (weight / total) * chromaBand(image) ** 2, 0),
  );
}
