import { describe, expect, it } from 'vitest';
import { lossesCsv } from '../../../src/extension/export/csv';
import { lossLines, type LossNames } from '../../../src/extension/export/lossLines';
import { runPage, type RunPage } from '../../../src/extension/export/page';
import { emptyHistory, extendHistory, type HistoryPoint, type LossHistory } from '../../../src/jobs/history';
import { curvesSvg } from '../../../src/page/curves';

const names: LossNames = { total: 'total', tv: 'tv', content: 'content', style: 'style' };
const drawn = (history: LossHistory): string =>
  curvesSvg(lossLines(history, names), { title: 'Losses <&>', evaluations: 'Evaluations' });

const points: readonly HistoryPoint[] = [1, 2, 3].map(step => ({
  step,
  evaluations: step + 1,
  seconds: step / 2,
  losses: { terms: { 'content:conv4_2': step, 'style:conv1_1': 10 / step, tv: 0.5 }, total: 100 / step },
}));

describe('losses as CSV', () => {
  it('have a row a step and a column a term', () => {
    expect(lossesCsv(points.slice(0, 2)).split('\r\n')).toEqual([
      'step,evaluations,seconds,total,content conv4_2,style conv1_1,tv',
      '1,2,0.5,100,1,10,0.5',
      '2,3,1,50,2,5,0.5',
      '',
    ]);
  });

  it('leave a cell empty where nothing could be computed', () => {
    const [first] = points;
    const broken = { ...first!, losses: { ...first!.losses, total: NaN } };
    expect(lossesCsv([broken])).toContain('1,2,0.5,,1,10,0.5');
  });
});

describe('curves as a drawing', () => {
  const history = points.reduce(extendHistory, emptyHistory);

  it('have a path and a name for every curve', () => {
    const svg = drawn(history);
    expect(svg.match(/<path /g)).toHaveLength(4);
    expect(svg).toContain('style conv1_1');
    expect(svg).not.toContain('NaN');
  });

  it('fall where the loss falls', () => {
    const total = /<path class="c0" d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)/.exec(drawn(history));
    const [x1, y1, x2, y2] = total!.slice(1).map(Number) as [number, number, number, number];
    expect(x2).toBeGreaterThan(x1);
    // Down is up in a drawing.
    expect(y2).toBeGreaterThan(y1);
  });

  it('leave out what a logarithmic scale cannot show', () => {
    const dead = { ...history, terms: { ...history.terms, tv: [0, 0, 0] } };
    expect(drawn(dead).match(/<path /g)).toHaveLength(3);
  });

  it('escape their words', () => {
    expect(drawn(history)).toContain('aria-label="Losses &lt;&amp;&gt;"');
  });

  it('of several runs share their axes, whatever the length of each', () => {
    const lines = [
      { name: 'short', x: [1, 3], values: [100, 10] },
      { name: 'long', x: [1, 5], values: [100, 1] },
    ];
    const ends = [
      ...curvesSvg(lines, { title: '', evaluations: '' }).matchAll(/ d="M(\S+) (\S+)L(\S+) (\S+)"/g),
    ].map(([, ...numbers]) => numbers.map(Number));
    const [short, long] = ends as [number[], number[]];
    expect(short.slice(0, 2)).toEqual(long.slice(0, 2));
    expect(short[2]! - short[0]!).toBeCloseTo((long[2]! - long[0]!) / 2, 0);
    expect(short[3]! - short[1]!).toBeCloseTo((long[3]! - long[1]!) / 2, 0);
  });

  it('are not drawn for a run without steps', () => {
    expect(drawn(emptyHistory)).toBe('');
  });
});

describe('the page of a run', () => {
  const evil = '"><script>alert(1)</script>';
  const page: RunPage = {
    language: 'en',
    title: evil,
    result: { caption: evil, source: 'data:image/png;base64,AAAA' },
    sources: [{ caption: evil, source: evil }],
    curvesTitle: evil,
    curves: '<svg></svg>',
    framesTitle: evil,
    frames: [],
    factsTitle: evil,
    facts: [[evil, evil]],
    recipeTitle: evil,
    recipe: JSON.stringify({ name: evil }),
  };

  it('runs nothing and loads nothing, whatever a file or a recipe is called', () => {
    const html = runPage(page);
    expect(html).not.toMatch(/<script/i);
    expect(html).not.toMatch(/(?:src|href)="(?!data:|&quot;)/);
    expect(html).toContain(`default-src 'none'; img-src data:`);
  });

  it('is both light and dark, and can be printed', () => {
    const html = runPage(page);
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).toContain('@media print');
  });
});
