import { describe, expect, it } from 'vitest';
import { measuresOf, shortMeasuresOf, stateText } from '../../../src/webview/figure/cellText';
import { applyFigureUpdate, cellsOf, neighbourOf } from '../../../src/webview/figure/figureState';
import { layoutOf } from '../../../src/extension/figures/figureLayout';
import { figureStrings } from '../../../src/protocol/strings';
import {
  type FigureRequest,
  type FigureUpdate,
  readFigureRequest,
  readFigureUpdate,
} from '../../../src/protocol/figure';
import { receptiveField } from '../../../src/nst/vgg19';
import { FigureScenes, STYLES } from '../../e2e/webview/figureScenes';

const scenes = new FigureScenes(name => `https://x/${name}`);
const snapshot = scenes.grid('running', 6);
/** As a message arrives: without what is undefined. */
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('messages of a figure', () => {
  const cell = { id: 'cell-1-1', name: 'n', state: 'done', uri: 'https://x/1.png', psnr: 30 } as const;
  const updates: FigureUpdate[] = [
    { type: 'snapshot', snapshot },
    { type: 'snapshot', snapshot: scenes.reconstructions('done', 10) },
    { type: 'cells', cells: [cell, { ...cell, losses: { content: 1, style: 2 } }] },
    { type: 'status', status: { phase: 'queued', done: 0 } },
  ];
  const requests: FigureRequest[] = [
    ...(['ready', 'stop', 'resume', 'saveSheet', 'savePage', 'openPage', 'reveal'] as const).map(type => ({
      type,
    })),
    { type: 'paint', cell: 'cell-1-1' },
    { type: 'saveCell', cell: 'cell-1-1' },
    { type: 'action', action: 'showLog' },
  ];

  it.each(updates)('the update $type arrives', update =>
    expect(readFigureUpdate(sent(update))).toEqual(sent(update)),
  );
  it.each(requests)('the request $type arrives', request =>
    expect(readFigureRequest(sent(request))).toEqual(request),
  );
  it.each([
    undefined,
    { type: 'cells', cells: [{ ...cell, state: 'gone' }] },
    { type: 'cells', cells: [{ ...cell, losses: { content: 'much', style: 2 } }] },
    { type: 'status', status: { phase: 'asleep', done: 0 } },
    { type: 'snapshot', snapshot: { ...snapshot, figure: { ...snapshot.figure, rows: [{}] } } },
  ])('%j is no update', value => expect(readFigureUpdate(value)).toBeUndefined());
  it.each([{ type: 'paint' }, { type: 'erase' }, { type: 'saveCell', cell: 1 }])('%j is no request', value =>
    expect(readFigureRequest(value)).toBeUndefined(),
  );
});

describe('the state of the panel', () => {
  it('has the cells that came, in their places', () => {
    expect(applyFigureUpdate(undefined, { type: 'status', status: snapshot.status })).toBeUndefined();
    const before = scenes.grid('running', 0, 0);
    const [cell] = cellsOf(snapshot.figure);
    const after = applyFigureUpdate(before, { type: 'cells', cells: [cell!, { ...cell!, id: 'other' }] });
    expect(cellsOf(after!.figure).map(({ state }) => state)).toEqual([
      'done',
      ...Array<string>(19).fill('waiting'),
    ]);
    const status = { phase: 'stopped', done: 0.3 } as const;
    expect(applyFigureUpdate(after, { type: 'status', status })).toEqual({ ...after, status });
  });

  it('goes from a picture to its neighbours, past those that are not there', () => {
    const { figure } = scenes.grid('running', 2, 0);
    expect(neighbourOf(figure, 'cell-1-1', 'right')?.id).toBe('cell-1-2');
    expect(neighbourOf(figure, 'cell-1-2', 'right')).toBeUndefined();
    expect(neighbourOf(figure, 'cell-1-1', 'down')).toBeUndefined();
    expect(neighbourOf(snapshot.figure, 'cell-1-4', 'right')?.id).toBe('cell-2-1');
    expect(neighbourOf(snapshot.figure, 'cell-2-3', 'up')?.id).toBe('cell-1-3');
    expect(neighbourOf(snapshot.figure, 'cell-5-4', 'down')).toBeUndefined();
  });
});

describe('words of a figure', () => {
  it('name rows, columns and pictures of a grid, and other settings as they name themselves', () => {
    const { figure } = snapshot;
    expect(figure.columns).toEqual(['10⁻⁵', '10⁻⁴', '10⁻³', '10⁻²']);
    expect(figure.rows.map(({ label }) => label).slice(0, 2)).toEqual(['conv1_1', '… conv2_1']);
    expect(cellsOf(figure)[5]?.name).toBe('Style from conv1_1, conv2_1, α/β 10⁻⁴');
    const values = [{ label: 'γ 20', change: { tv: 20 } }];
    const request = {
      ...{ kind: 'tradeoff', base: {} as never, draftSteps: 2, start: 'warm' },
      ...{
        rows: { name: 'tv', values },
        columns: { name: 'size', values: [{ label: '64 px', change: {} }] },
      },
    } as const;
    const layout = layoutOf(request as never, figureStrings, receptiveField, String);
    expect(layout).toMatchObject({ axes: { rows: '', columns: '' }, columns: ['64 px'] });
    expect(layout.rows[0]).toMatchObject({ label: 'γ 20', cells: [{ id: 'cell-1-1', name: 'γ 20, 64 px' }] });
  });

  it('call a picture of a style by its style, and a variation by how it differs', () => {
    const tiles = scenes.styles('running', 2).figure;
    expect(cellsOf(tiles).map(({ name }) => name)).toEqual([...STYLES]);
    expect(tiles.rows).toHaveLength(1);
    const neighbours = scenes.variations('done', 9).figure;
    expect(neighbours.columns).toEqual(['Finer strokes', 'As they are', 'Coarser strokes']);
    expect(neighbours.rows.map(({ label }) => label)).toEqual(['Less style', 'As it is', 'More style']);
    expect(cellsOf(neighbours)[8]?.name).toBe('More style, Coarser strokes');
  });

  it('have a row of contents and a row of growing styles, where they are asked for', () => {
    const layers = ['conv1_1', 'conv2_1'] as const;
    const base = {
      kind: 'reconstructions',
      layers: [...layers],
      steps: 4,
      seed: 0,
      size: 64,
      model: 'l',
    } as const;
    const both = layoutOf(
      { ...base, layers: [...layers], content: '/c', style: '/s' },
      figureStrings,
      receptiveField,
      String,
    );
    expect(both.rows.map(({ cells }) => cells.map(({ id }) => id))).toEqual([
      ['content-conv1_1', 'content-conv2_1'],
      ['style-conv1_1', 'style-conv2_1'],
    ]);
    expect(both.rows[1]?.cells[1]?.name).toBe('Style from conv1_1, conv2_1');
    expect(both.columnHints).toEqual(['sees 3 px', 'sees 10 px']);
    const style = layoutOf(
      { ...base, layers: [...layers], style: '/s' },
      figureStrings,
      receptiveField,
      String,
    );
    expect(style.rows.map(({ about }) => about)).toEqual(['style']);
  });

  it('tell losses, in words and in letters, and PSNR', () => {
    const cell = { id: 'a', name: 'A', state: 'done', losses: { content: 0.25, style: 1e-4 } } as const;
    expect(measuresOf(cell, figureStrings, 'en')).toEqual(['content 0.25', 'style 1.00e-4']);
    expect(shortMeasuresOf(cell, figureStrings, 'en')).toEqual(['c 0.25', 's 1.00e-4']);
    const other = { id: 'b', name: 'B', state: 'done', relativeLoss: 0.012, psnr: 38.26 } as const;
    expect(measuresOf(other, figureStrings, 'en')).toEqual(['1.2% of the starting loss', 'PSNR 38.3 dB']);
    expect(shortMeasuresOf(other, figureStrings, 'en')).toEqual(['1.2% of the start', 'PSNR 38.3 dB']);
    expect(stateText({ ...cell, state: 'draft' }, true, figureStrings)).toBe('Draft · Rendering');
    expect(stateText(cell, false, figureStrings)).toBe('Finished');
  });
});
