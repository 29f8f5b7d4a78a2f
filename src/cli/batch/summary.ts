import * as fs from 'node:fs';
import * as path from 'node:path';
import sharp from 'sharp';
import { escapeHtml } from '../../common/escapeHtml';
import { makeFolder } from '../../common/makeFolder';
import { saveAs } from '../../images/save';
import { PAGE_POLICY, PAGE_STYLE } from '../../page/style';
import { duration } from '../reporting/wording';
import type { BatchRow, BatchTotals } from './row';

/** Longest side of a thumbnail in pixels; it is shown at half of it. */
const SIDE = 320;

const GENERATOR = '<meta name="generator" content="Atelier batch">';
const COLUMNS = ['status', 'content', 'style', 'output', 'seconds', 'error'] as const;
const CSV_HEAD = `${COLUMNS.join(',')}\r\n`;

const STYLE = `${PAGE_STYLE}
body { max-width: 100rem; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 1.2rem 1rem; }
.pictures img { width: 100%; } .pictures strong { display: block; font-weight: 500; color: var(--ink); }
`;

/** How the page is laid out. */
export interface Layout {
  /** Pictures in a row, where rows and columns mean something. */
  readonly columns?: number;
}

/** Paths of what a batch is looked at by. */
export interface Summary {
  readonly page: string;
  readonly table: string;
}

/**
 * Writes the page with thumbnails and the table of a batch into its folder. Those of an earlier batch are replaced, and
 * no other files: beside those they have the next free names.
 * @param rows in any order
 * @throws `write-failed`
 */
export async function writeSummary(
  folder: string,
  rows: readonly BatchRow[],
  totals: BatchTotals,
  layout: Layout = {},
): Promise<Summary> {
  makeFolder(folder);
  const ordered = [...rows].sort((a, b) => a.index - b.index);
  const csv = CSV_HEAD + ordered.map(row => csvLine(folder, row)).join('');
  const table = await saveAs(path.join(folder, 'batch.csv'), Buffer.from(csv), beginsWith(CSV_HEAD));
  const html = await pageOf(folder, ordered, totals, layout);
  const page = await saveAs(path.join(folder, 'index.html'), Buffer.from(html), beginsWith(HTML_HEAD));
  return { page, table };
}

/** Asks whether a file is one that was written here before. */
function beginsWith(head: string): (file: string) => Promise<boolean> {
  const bytes = Buffer.from(head);
  return async file => {
    const handle = await fs.promises.open(file);
    try {
      const { buffer } = await handle.read(Buffer.alloc(bytes.length), 0, bytes.length, 0);
      return buffer.equals(bytes);
    } finally {
      await handle.close();
    }
  };
}

function csvLine(folder: string, { status, content, style, output, seconds, error }: BatchRow): string {
  const cells = [
    status,
    content,
    style,
    output === undefined ? '' : path.relative(folder, output),
    seconds?.toFixed(2) ?? '',
    error?.message ?? '',
  ];
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** A spreadsheet reads a cell that begins with one of these as a formula. */
const formula = /^[=+\-@\t\r]/;

function csvCell(text: string): string {
  const harmless = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const HTML_HEAD = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
${GENERATOR}
`;

async function pageOf(
  folder: string,
  rows: readonly BatchRow[],
  totals: BatchTotals,
  { columns }: Layout,
): Promise<string> {
  const pictures: string[] = [];
  for (const row of rows) {
    const figure = await figureOf(folder, row);
    if (figure !== undefined) pictures.push(figure);
    // In a grid its place stays.
    else if (columns !== undefined) pictures.push('<div></div>');
  }
  const painted = totals.done + totals.skipped;
  const grid =
    columns === undefined ? '' : ` style="grid-template-columns: repeat(${columns}, minmax(0, 20rem))"`;
  const failures = rows.flatMap(({ content, style, error }) =>
    error === undefined
      ? []
      : [
          `<tr><th scope="row">${escapeHtml(path.basename(content))} × ${escapeHtml(style)}</th>` +
            `<td>${escapeHtml(error.message)}</td></tr>`,
        ],
  );
  const seconds = rows.reduce((sum, row) => sum + (row.seconds ?? 0), 0);
  return `${HTML_HEAD}${PAGE_POLICY}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${painted} paintings</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${painted} paintings</h1>
<p>${totals.done} painted in ${duration(seconds)} of computing time, ${totals.skipped} there before, ${totals.failed} failed.</p>
${failures.length === 0 ? '' : `<h2>Failed</h2>\n<table>\n${failures.join('\n')}\n</table>\n`}<div class="pictures"${grid}>
${pictures.join('\n')}
</div>
</body>
</html>
`;
}

async function figureOf(folder: string, { content, style, output }: BatchRow): Promise<string | undefined> {
  if (output === undefined) return undefined;
  const [name, how] = [path.basename(content), style].map(escapeHtml);
  const link = path.relative(folder, output).split(path.sep).map(encodeURIComponent).join('/');
  let image = '';
  try {
    const small = sharp(output, { limitInputPixels: false }).resize(SIDE, SIDE, { fit: 'inside' });
    const jpeg = await small.flatten({ background: 'white' }).jpeg({ quality: 74 }).toBuffer();
    image = `<img loading="lazy" alt="${name} × ${how}" src="data:image/jpeg;base64,${jpeg.toString('base64')}">`;
  } catch {
    // It was there a moment ago; the page says what it was all the same.
  }
  return `<figure><a href="${link}">${image}</a><figcaption><strong>${name}</strong>${how}</figcaption></figure>`;
}
