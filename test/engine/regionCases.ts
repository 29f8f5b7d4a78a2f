import * as fs from 'node:fs';
import * as path from 'node:path';
import { expect } from 'vitest';
import { openSafetensors, readTensor } from '../../src/models/formats/safetensors';
import type { Executor, ObjectiveRequest } from '../../src/nst/executor';
import type { FloatImage, Size } from '../../src/nst/image';
import type { Strengths } from '../../src/nst/objective';
import type { Guidance } from '../../src/nst/regions/guidance';
import { contentId, styleId, termsOf, TV } from '../../src/nst/terms/term';
import { halves } from '../unit/nst/pictures';
import { readImages, relativeDistance, TOLERANCE, type Case } from './referenceCases';

interface RegionCase {
  readonly case: Case['case'];
  /** By the term's id; those that are measured. */
  readonly terms: Readonly<Record<string, number>>;
  readonly total: number;
}

const folder = path.join(__dirname, 'reference');

/** Values of an independent program in float64 (training/reference_regions.py). */
export const regionReferences = JSON.parse(
  fs.readFileSync(path.join(folder, 'regions.json'), 'utf8'),
) as Readonly<Record<string, RegionCase>>;

const regions = [0, 1];

/** The regions of the cases: `halves`, and the lower two thirds of the second style. */
function guidanceOf(size: Size, style: FloatImage): Guidance {
  const { width, height } = style;
  const data = new Float32Array(width * height).fill(1, width * Math.floor(height / 3));
  const styles = [{ image: style, weight: 1, mask: { width, height, data } }];
  const guidance = halves(size, style);
  return { ...guidance, regions: guidance.regions.map(region => ({ ...region, styles })) };
}

function requestOf(
  { case: asked }: RegionCase,
  { content, style }: Record<string, FloatImage>,
): ObjectiveRequest {
  const {
    contentLayers,
    styleLayers,
    statistics = 'gram',
    units = 'mean',
    padding = 'zero',
    pooling,
    tap,
  } = asked;
  const terms = termsOf({ content: contentLayers, style: styleLayers, statistics, regions });
  return {
    spec: { terms, pooling, padding, tap, units },
    content: content!,
    styles: [{ image: style!, weight: 1 }],
    guidance: guidanceOf(content!, content!),
  };
}

function strengthsOf({ contentLayers, styleLayers, alpha, beta, gamma }: Case['case']): Strengths {
  const style = regions.flatMap(region =>
    styleLayers.map(layer => [styleId(layer, region), beta / styleLayers.length] as const),
  );
  const content = contentLayers.map(layer => [contentId(layer), alpha] as const);
  return { ...Object.fromEntries([...content, ...style]), [TV]: gamma };
}

/** Evaluates a case on an executor and holds losses and gradient against the reference. */
export async function expectRegionReference<V>(executor: Executor<V>, name: string): Promise<void> {
  const expected = regionReferences[name]!;
  const within = TOLERANCE[expected.case.statistics ?? 'gram'];
  const images = await readImages(folder);
  const objective = await executor.prepare(requestOf(expected, images));
  const image = executor.fromImage(images.image);
  const { losses, gradient } = await objective.evaluate(image, strengthsOf(expected.case));
  for (const [id, loss] of Object.entries(losses.terms)) {
    const value = expected.terms[id];
    // Too few positions at the size of these pictures.
    if (value === undefined) expect(loss, id).toBe(0);
    else expect(Math.abs(loss / value - 1), id).toBeLessThan(within.losses);
  }
  expect(Object.keys(losses.terms)).toEqual(expect.arrayContaining(Object.keys(expected.terms)));
  expect(Math.abs(losses.total / expected.total - 1)).toBeLessThan(within.losses);
  const reference = readTensor(openSafetensors(path.join(folder, 'regions.safetensors')), name);
  const found = executor.space.toHost(gradient);
  expect(relativeDistance(found, reference)).toBeLessThan(within.gradient);
  executor.space.dispose(gradient);
  executor.space.dispose(image);
  await objective.dispose();
}
