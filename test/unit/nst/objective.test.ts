import { describe, expect, it, vi } from 'vitest';
import type { StyleImage } from '../../../src/nst/styleImage';
import type { FloatImage, Size } from '../../../src/nst/image';
import type { ObjectiveSpec, Strengths } from '../../../src/nst/objective';
import type { Guidance } from '../../../src/nst/regions/guidance';
import { Random } from '../../../src/nst/random';
import type { LayerName } from '../../../src/nst/vgg19';
import { halves, texture } from './pictures';
import { exactly, featureMap, ReferenceObjective } from './referenceExecutor';
import { ReferenceOps, tinyNetwork } from './referenceOps';
import { grouped, ofGroup, termsOf } from '../../../src/nst/terms/term';

vi.setConfig({ testTimeout: 60_000 });

const network = tinyNetwork(Random.seeded(7));
const all: readonly LayerName[] = ['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'];

interface Case {
  readonly spec: ObjectiveSpec;
  readonly strengths?: Strengths;
  readonly size?: { readonly width: number; readonly height: number };
  readonly styles?: number;
  /** Of the image, around grey; 1 leaves it inside the range. */
  readonly contrast?: number;
  /** Whether a part has another style, and another part is kept. */
  readonly isGuided?: boolean;
}

/** Strengths that grow along the terms of each kind. */
function unequalStrengths({ terms }: ObjectiveSpec): Strengths {
  const first = { content: 0.5, gram: 0.2, bures: 0.2, wasserstein: 0.2, tv: 0.7, range: 5 };
  return Object.fromEntries(
    terms.map(({ id, kind }, i) => [
      id,
      first[kind] + 0.3 * terms.slice(0, i).filter(term => term.kind === kind).length,
    ]),
  );
}

/** Central differences in double precision along random directions and single values, against the gradient. */
function expectGradient({
  spec,
  strengths,
  size = { width: 21, height: 18 },
  styles = 1,
  contrast = 1,
  isGuided = false,
}: Case): void {
  const random = Random.seeded(11);
  const styleImages: StyleImage[] = Array.from({ length: styles }, (_, i) => ({
    image: texture({ width: 17 + 2 * i, height: 24 - 3 * i }, random),
    weight: 1 + 2 * i,
  }));
  const objective = new ReferenceObjective(
    new ReferenceOps(network),
    spec,
    featureMap(texture(size, random)),
    styleImages.map(exactly),
    isGuided ? partlyMasked(size, texture(size, random)) : undefined,
  );
  const weights = strengths ?? unequalStrengths(spec);
  const inside = texture(size, random);
  const image = featureMap({ ...inside, data: inside.data.map(value => 0.5 + contrast * (value - 0.5)) });
  const { gradient, losses } = objective.evaluateExactly(image, weights);
  const magnitude = Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0));
  expect(magnitude).toBeGreaterThan(0);

  const count = image.values.length;
  const units = [0, size.width - 1, count - 1, Math.floor(count / 2)].map(at =>
    Float64Array.from({ length: count }, (_, k) => (k === at ? 1 : 0)),
  );
  const spread = Array.from({ length: 3 }, () =>
    Float64Array.from({ length: count }, () => random.normals()[0] / Math.sqrt(count)),
  );
  const h = 1e-6;
  for (const direction of [...units, ...spread]) {
    const at = (t: number) => {
      const moved = { ...image, values: image.values.map((value, k) => value + t * direction[k]!) };
      return objective.evaluateExactly(moved, weights).losses.total;
    };
    const difference = (at(h) - at(-h)) / (2 * h);
    const slope = gradient.reduce((sum, value, k) => sum + value * direction[k]!, 0);
    const rounding = (1e-15 * losses.total) / h;
    expect(Math.abs(difference - slope)).toBeLessThan(1e-6 * magnitude + rounding);
  }
}

describe('the gradient of the objective equals finite differences', () => {
  for (const pooling of ['avg', 'max'] as const) {
    for (const tap of ['post', 'pre'] as const) {
      for (const units of ['mean', 'paper'] as const) {
        it(`${pooling} pooling, taps ${tap}, ${units} units`, () => {
          expectGradient({
            spec: {
              terms: termsOf({ content: ['conv4_2'], style: all }),
              pooling,
              padding: 'zero',
              tap,
              units,
            },
          });
        });
      }
    }
  }

  const spec: ObjectiveSpec = {
    terms: termsOf({ content: ['conv4_2'], style: all }),
    pooling: 'avg',
    padding: 'zero',
    tap: 'post',
    units: 'mean',
  };

  it.each([
    [16, 16],
    [17, 31],
    [33, 16],
    [40, 23],
  ])('%i x %i', (width, height) => {
    expectGradient({ spec, size: { width, height } });
    expectGradient({ spec: { ...spec, pooling: 'max', tap: 'pre' }, size: { width, height } });
    expectGradient({ spec: { ...spec, padding: 'replicate' }, size: { width, height } });
  });

  it('content and style at the same layers, as in the article', () => {
    for (const tap of ['post', 'pre'] as const) {
      expectGradient({ spec: { ...spec, terms: termsOf({ content: all, style: all }), tap } });
    }
  });

  it('several content layers, style deeper and shallower than content', () => {
    const several = termsOf({ content: ['conv2_2', 'conv3_4', 'conv5_1'], style: all });
    expectGradient({ spec: { ...spec, terms: several } });
    const shallower = termsOf({ content: ['conv4_4'], style: ['conv1_2', 'conv3_3'] });
    expectGradient({ spec: { ...spec, terms: shallower } });
  });

  it('only content', () => {
    expectGradient({ spec: { ...spec, terms: termsOf({ content: ['conv1_1', 'conv4_2'] }) } });
  });

  it('only style', () => {
    expectGradient({ spec: { ...spec, terms: termsOf({ style: all }) } });
  });

  it('only total variation, with and without silent layers', () => {
    const strengths = { tv: 3 };
    expectGradient({ spec: { ...spec, terms: termsOf({}) }, strengths });
    expectGradient({ spec, strengths });
  });

  it('colours outside the range', () => {
    expectGradient({ spec: { ...spec, terms: termsOf({ range: true }) }, contrast: 4 });
    const terms = termsOf({ content: ['conv4_2'], style: all, range: true });
    expectGradient({ spec: { ...spec, terms }, contrast: 4 });
  });

  it('several style images', () => {
    expectGradient({ spec, styles: 3 });
  });

  it.each(['bures', 'wasserstein'] as const)('mean and covariance: %s', statistics => {
    const terms = termsOf({ content: ['conv4_2'], style: all, statistics });
    for (const tap of ['post', 'pre'] as const) {
      for (const pooling of ['avg', 'max'] as const)
        expectGradient({ spec: { ...spec, terms, tap, pooling }, size: { width: 40, height: 33 } });
      expectGradient({ spec: { ...spec, terms, tap }, styles: 3 });
    }
  });

  it.each(['gram', 'bures', 'wasserstein'] as const)('regions and kept pixels: %s', statistics => {
    // Deeper layers have too few positions for a region of so small a picture.
    const style = ['conv1_1', 'conv2_2', 'conv3_1', 'conv4_1'] as const;
    const terms = termsOf({ content: ['conv4_2'], style, statistics, regions: [0, 1], range: true });
    const size = { width: 64, height: 56 };
    for (const more of [{}, { pooling: 'max', tap: 'pre' }] as const)
      expectGradient({ spec: { ...spec, terms, ...more }, size, isGuided: true, contrast: 3 });
  });
});

/** Regions as in `halves`, of whose second style the lower two thirds count. */
function partlyMasked(size: Size, style: FloatImage): Guidance {
  const guidance = halves(size, style);
  const data = new Float32Array(size.width * size.height).fill(1, size.width * Math.floor(size.height / 3));
  const styles = [{ image: style, weight: 1, mask: { ...size, data } }];
  return { ...guidance, regions: guidance.regions.map(region => ({ ...region, styles })) };
}

describe('the losses', () => {
  const size = { width: 21, height: 18 };
  const random = Random.seeded(3);
  const content = featureMap(texture(size, random));
  const style = { image: featureMap(texture(size, random)), weight: 2 };
  const make = (spec: Partial<ObjectiveSpec> = {}, styles = [style]) =>
    new ReferenceObjective(
      new ReferenceOps(network),
      {
        terms: termsOf({ content: ['conv3_1'], style: all }),
        pooling: 'avg',
        padding: 'zero',
        tap: 'post',
        units: 'mean',
        ...spec,
      },
      content,
      styles,
    );
  const strengths = { 'content:conv3_1': 1, 'style:conv2_1': 10 };

  it('are zero for the content and for the style itself, and so is the gradient', () => {
    const atContent = make().evaluateExactly(content, { 'content:conv3_1': 1 });
    expect(atContent.losses.terms['content:conv3_1']).toBe(0);
    expect(atContent.gradient.every(value => value === 0)).toBe(true);
    const atStyle = make().evaluateExactly(style.image, strengths);
    expect(Object.values(ofGroup(atStyle.losses.terms, 'style')).every(loss => loss === 0)).toBe(true);
  });

  it('add up to the total by their strengths', () => {
    const { losses } = make().evaluateExactly(content, { ...strengths, tv: 5 });
    const { style, tv } = grouped(losses.terms);
    expect(losses.total).toBeCloseTo(10 * style.conv2_1! + 5 * tv, 12);
  });

  it('of a blend of one image with itself are those of the image', () => {
    const one = make().evaluateExactly(content, strengths).losses;
    const two = make({}, [style, { ...style, weight: 5 }]).evaluateExactly(content, strengths).losses;
    for (const [id, loss] of Object.entries(one.terms)) expect(two.terms[id]).toBeCloseTo(loss, 12);
  });

  it('relate in paper and mean units as the definitions say', () => {
    const mean = make().evaluateExactly(style.image, strengths).losses;
    const paper = make({ units: 'paper' }).evaluateExactly(style.image, strengths).losses;
    const seen = new ReferenceOps(network);
    let x = seen.normalize(content);
    for (const layer of ['conv1_1', 'conv1_2', 'conv2_1', 'conv2_2', 'conv3_1'] as const) {
      if (layer === 'conv2_1' || layer === 'conv3_1') x = seen.pool(x, 'avg');
      x = seen.relu(seen.conv(x, layer, 'zero'));
    }
    const average = x.values.reduce((sum, value) => sum + value, 0) / x.values.length;
    const factor = (average ** 2 * x.values.length) / 2;
    expect(paper.terms['content:conv3_1']! / mean.terms['content:conv3_1']!).toBeCloseTo(factor, 9);
  });
});
