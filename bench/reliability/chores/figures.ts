import * as fs from 'node:fs';
import * as path from 'node:path';
import type { SmallWorkshop } from '../smallWorkshop';
import type { Chore, Scene } from './chore';
import { digest } from './digest';

const machine = ['--device', 'cpu', '--threads', '1'];

function scene(folder: string, workshop: SmallWorkshop, task: readonly string[]): Promise<Scene> {
  for (const name of ['content.png', 'style.png'])
    fs.copyFileSync(workshop.at(name), path.join(folder, name));
  const notes = path.join(folder, 'notes.txt');
  fs.writeFileSync(notes, 'of somebody else');
  const figure = path.join(folder, 'figure');
  return Promise.resolve({
    program: [workshop.cliEntry, ...task, ...machine, '-o', figure],
    storage: path.join(folder, 'storage'),
    kept: ['content.png', 'style.png', 'notes.txt'].map(name => path.join(folder, name)),
    outcome: () => {
      if (!fs.existsSync(path.join(figure, 'index.html'))) throw new Error('there is no page');
      return digest(figure, name => name.endsWith('.png'));
    },
  });
}

export const reconstructing: Chore = {
  name: 'figure of reconstructions',
  set: (folder, workshop) =>
    scene(folder, workshop, [
      ...['reconstruct', '--content', path.join(folder, 'content.png'), '--layers', 'conv1_1,conv2_1'],
      ...['--size', '32', '--steps', '4'],
    ]),
};

export const trading: Chore = {
  name: 'figure of a grid',
  set: (folder, workshop) =>
    scene(folder, workshop, [
      ...['tradeoff', path.join(folder, 'content.png'), path.join(folder, 'style.png')],
      ...['--rows', 'tv=0,1', '--columns', 'ratio=0.001,0.01', '--size', '32', '--steps', '6'],
      ...['--draft-steps', '3'],
    ]),
};
