import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeSummary } from '../../../../src/cli/batch/summary';
import type { BatchRow } from '../../../../src/cli/batch/row';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-summary-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const error = { code: 'image-corrupt', message: 'b, "the second" is <damaged>.' } as const;
const rows = (): readonly BatchRow[] => [
  { index: 1, status: 'failed', content: '/p/=b.jpg', style: 'wave', error },
  {
    index: 0,
    status: 'done',
    content: '/p/a&b.jpg',
    style: 'wave',
    output: path.join(folder, 'a b#1.png'),
    seconds: 2.5,
  },
];
const totals = { done: 1, skipped: 0, failed: 1 };

it('says what became of every picture, in the order in which they were named', async () => {
  await sharp({ create: { width: 640, height: 400, channels: 3, background: 'teal' } }).toFile(
    path.join(folder, 'a b#1.png'),
  );
  const { page, table } = await writeSummary(folder, rows(), totals);
  expect(fs.readFileSync(table, 'utf8')).toBe(
    'status,content,style,output,seconds,error\r\n' +
      'done,/p/a&b.jpg,wave,a b#1.png,2.50,\r\n' +
      'failed,/p/=b.jpg,wave,,,"b, ""the second"" is <damaged>."\r\n',
  );
  const html = fs.readFileSync(page, 'utf8');
  expect(html).toContain('<a href="a%20b%231.png">');
  expect(html).toContain('a&amp;b.jpg');
  expect(html).toContain('b, &quot;the second&quot; is &lt;damaged&gt;.');
  const [, thumbnail = ''] = /base64,([^"]+)"/.exec(html) ?? [];
  expect(await sharp(Buffer.from(thumbnail, 'base64')).metadata()).toMatchObject({ width: 320, height: 200 });
});

it('replaces its own files, and nobody else’s', async () => {
  const first = await writeSummary(folder, rows(), totals);
  expect(await writeSummary(folder, rows().slice(0, 1), totals)).toEqual(first);
  expect(fs.readFileSync(first.table, 'utf8').split('\r\n')).toHaveLength(3);
  fs.writeFileSync(first.page, '<!DOCTYPE html>mine');
  fs.writeFileSync(first.table, 'status');
  expect(await writeSummary(folder, rows(), totals)).toEqual({
    page: path.join(folder, 'index-2.html'),
    table: path.join(folder, 'batch-2.csv'),
  });
  expect(fs.readFileSync(first.page, 'utf8')).toBe('<!DOCTYPE html>mine');
  expect(fs.readFileSync(first.table, 'utf8')).toBe('status');
});
