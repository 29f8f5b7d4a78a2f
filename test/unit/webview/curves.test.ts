import { describe, expect, it } from 'vitest';
import type { HistoryPoint } from '../../../src/jobs/history';
import { LossCurves } from '../../../src/webview/studio/losses/curves';

function point(step: number, total: number, more: Record<string, number> = {}): HistoryPoint {
  const terms = { 'content:conv4_1': 1, 'style:conv1_1': 2, 'style:conv2_1': 3, tv: 0.5, ...more };
  return { step, evaluations: step * 2, seconds: step / 10, losses: { terms, total } };
}

function column(curves: LossCurves, name: string, log = false): (number | null)[] {
  return curves.table('evaluations', log)[curves.series.indexOf(name) + 1] as (number | null)[];
}

describe('loss curves', () => {
  it('keep every step while there is room', () => {
    const curves = new LossCurves(8);
    for (let step = 1; step <= 8; step++) curves.push(point(step, 10 - step));
    expect(curves.series).toEqual(['total', 'content:conv4_1', 'style:conv1_1', 'style:conv2_1', 'tv']);
    expect(curves.table('evaluations', false)[0]).toEqual([2, 4, 6, 8, 10, 12, 14, 16]);
    expect(curves.table('seconds', false)[0][3]).toBeCloseTo(0.4);
    expect(column(curves, 'total')).toEqual([9, 8, 7, 6, 5, 4, 3, 2]);
  });

  it('merge neighbours when full, and keep first, last and both extremes of each bucket', () => {
    const curves = new LossCurves(4);
    [5, 1, 2, 9, 4, 4, 7, 3].forEach((total, index) => {
      curves.push(point(index + 1, total));
    });
    // Buckets of two steps: [5 1] [2 9] [4 4] [7 3].
    expect(curves.table('evaluations', false)[0]).toEqual([2, 4, 6, 8, 10, 12, 14, 16]);
    expect(column(curves, 'total')).toEqual([5, 1, 2, 9, 4, 4, 7, 3]);
    curves.push(point(9, 6));
    // Buckets of four: [5 1 2 9] has its smallest before its largest, [4 4 7 3] after.
    expect(column(curves, 'total')).toEqual([1, 9, 7, 3, 6, 6]);
    expect(curves.table('evaluations', false)[0]).toEqual([2, 8, 10, 16, 18, 18]);
  });

  it('never lose a spike, nor grow, over 100,000 steps', () => {
    const curves = new LossCurves(256);
    for (let step = 1; step <= 100_000; step++) curves.push(point(step, step === 77_777 ? 1e6 : 1));
    expect(curves.size).toBeLessThanOrEqual(256);
    expect(curves.size).toBeGreaterThan(100);
    expect(column(curves, 'total').filter(value => value === 1e6)).toHaveLength(1);
    expect(curves.latest?.step).toBe(100_000);
    const x = curves.table('evaluations', false)[0];
    expect(x.at(-1)).toBe(200_000);
    expect(x.every((value, index) => index === 0 || value >= (x[index - 1] ?? 0))).toBe(true);
  });

  it('leave gaps for what was not measured, and for zero on a logarithmic scale', () => {
    const curves = new LossCurves(8);
    curves.push(point(1, NaN, { tv: 0 }));
    curves.push(point(2, 3, { 'style:conv5_1': 4 }));
    expect(column(curves, 'total')).toEqual([null, 3]);
    expect(column(curves, 'tv', true)).toEqual([null, 0.5]);
    expect(column(curves, 'tv')).toEqual([0, 0.5]);
    expect(column(curves, 'style:conv5_1')).toEqual([null, 4]);
  });

  it('find where a step lies, between what is kept too', () => {
    const curves = new LossCurves(4);
    for (let step = 1; step <= 32; step++) curves.push(point(step, 1));
    expect(curves.position(17, 'evaluations')).toBeCloseTo(34);
    expect(curves.position(32, 'seconds')).toBeCloseTo(3.2);
    expect(curves.position(40, 'seconds')).toBeUndefined();
    expect(curves.position(0, 'seconds')).toBeUndefined();
  });

  it('begin with a thinned history', () => {
    const curves = LossCurves.of({
      stride: 4,
      steps: [1, 4, 8],
      evaluations: [1, 5, 9],
      seconds: [0.1, 0.4, 0.8],
      total: [3, 2, 1],
      terms: { 'content:conv4_1': [0, 1, 2], 'style:conv1_1': [9, 8, 7], tv: [1, 1, 1] },
    });
    curves.push(point(9, 0.5));
    expect(curves.table('evaluations', false)[0]).toEqual([1, 5, 9, 18]);
    expect(column(curves, 'total')).toEqual([3, 2, 1, 0.5]);
    expect(column(curves, 'style:conv1_1')).toEqual([9, 8, 7, 2]);
  });
});
