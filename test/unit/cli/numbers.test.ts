import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { commandLine } from './stage/commandLine';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-numbers-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const painting = ['stylize', 'a.png', 'b.png'];
const figure = ['reconstruct', '--content', 'a.png', '-o', path.join(folder, 'figure')];
const grid = ['tradeoff', 'a.png', 'b.png', '-o', path.join(folder, 'grid')];
const cores = os.cpus().length;

describe('a number that an option cannot have ends with usage, names the option, and leaves nothing behind', () => {
  it.each<[string[], string]>([
    [[...painting, '--size', '-3'], "'--size <pixels>' argument '-3' is invalid. It must be at least 0."],
    [[...painting, '--size', '64.5'], "'64.5' is invalid. It must be a whole number."],
    [[...painting, '--size', '99999'], 'It must be at most 16384.'],
    [[...painting, '--size', ''], 'It is not a number.'],
    [[...painting, '--steps', '0'], "'--steps <n>' argument '0' is invalid. It must be at least 1."],
    [[...painting, '--steps', '1e9'], 'It must be at most 100000.'],
    [[...painting, '--ratio', '-1/3'], "'--ratio <α/β>' argument '-1/3' is invalid. It must be at least 0."],
    [[...painting, '--tv', 'Infinity'], 'It is not a number.'],
    [[...painting, '--seed', '-1'], "'--seed <n>' argument '-1' is invalid. It must be at least 0."],
    [[...painting, '--seed', '4294967296'], 'It must be at most 4294967295.'],
    [[...painting, '--style-scale', '0'], 'It must be at least 0.1.'],
    [[...painting, '--style-weights', '0'], 'is invalid. 0: It must be greater than 0.'],
    [[...painting, '--style-weights', ','], 'Name at least one number.'],
    [[...painting, '--layer-weights', '1,1,-1,1,1'], '-1: It must be at least 0.'],
    [
      [...painting, '--style-layers', ''],
      "'--style-layers <list>' argument '' is invalid. Name at least one layer.",
    ],
    [[...painting, '--content-layers', 'conv1_1=-1'], 'It must be at least 0.'],
    [[...painting, '--content-layers', 'conv1_1=x'], 'It is not a number.'],
    [[...painting, '--style-layers', 'conv1_1,conv2_1,conv1_1'], 'conv1_1 is named twice.'],
    [[...painting, '--threads', '100000'], `It must be at most ${cores}, the processors of this machine.`],
    [
      [...painting, '--threads', '1.5'],
      "'--threads <n>' argument '1.5' is invalid. It must be a whole number.",
    ],
    [[...painting, '--output', ''], "'--output' must not be empty"],
    [[...painting, '--model', ''], "'--model' must not be empty"],
    [['stylize', '', 'b.png'], "'content image' must not be empty"],
    [['stylize', 'a.png', ''], "'style image' must not be empty"],
    [['evaluate', 'a.png', '--style-scale', '5'], 'It must be at most 4.'],
    [['resume', '--threads', '-1'], 'It must be at least 0.'],
    [[...figure, '--steps', '0'], "'--steps <n>' argument '0' is invalid. It must be at least 1."],
    [[...figure, '--size', '-3'], 'It must be at least 0.'],
    [[...figure, '--size', '64.5'], 'It must be a whole number.'],
    [[...figure, '--seed', '-1'], 'It must be at least 0.'],
    [[...figure, '--layers', ''], "'--layers <list>' argument '' is invalid. Name at least one layer."],
    [[...grid, '--draft-steps', '0'], 'It must be at least 1.'],
    [[...grid, '--ratios', '1,-1'], '-1: It must be at least 0.'],
    [[...grid, '--rows', 'tv=-5'], "'tv' must be at least 0, not -5"],
    [[...grid, '--rows', 'tv=many'], "tv=many: 'many' is not a number."],
    [[...grid, '--columns', 'size='], "'size=' has no values."],
    [[...grid, '--columns', 'mood=good'], "There is no setting 'mood' to vary."],
    [['doctor', '--size', '0'], 'It must be at least 16.'],
    [['doctor', '--size', '12.5'], 'It must be a whole number.'],
    [['doctor', '--steps', '0'], 'It must be at least 1.'],
    [['jobs', 'prune', '--days', '-1'], 'It must be at least 0.'],
  ])('%j', async (argv, sentence) => {
    const { code, stdout, stderr } = await commandLine(...argv);
    expect(stderr).toContain(sentence);
    expect([code, stdout]).toEqual([2, '']);
    expect(fs.readdirSync(folder)).toEqual([]);
  });
});
