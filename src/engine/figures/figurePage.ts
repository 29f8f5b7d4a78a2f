import * as fs from 'node:fs';
import { escapeHtml } from '../../escapeHtml';
import { writeAtomically } from '../../jobs/atomic';
import { curvesSvg } from '../../page/curves';
import { PAGE_POLICY, PAGE_STYLE } from '../../page/style';
import type { Course, CourseName } from './course';
import type { FigureFolder, FigurePicture } from './figureFolder';
import type { SourcePicture } from './sourcePicture';

/** What the page of a figure says besides its pictures. */
export interface FigurePage {
  readonly title: string;
  /** What is to be seen, in a sentence or two. */
  readonly about: string;
  /** The images that the figure is made from. */
  readonly sources: readonly SourcePicture[];
  readonly rows: readonly (readonly FigurePicture[])[];
  /** Names of the rows, where the pictures do not say them. */
  readonly rowNames?: readonly string[];
  readonly settings: readonly (readonly [name: string, value: string])[];
}

const STYLE = `${PAGE_STYLE}
body { max-width: 90rem; }
.about { max-width: 50rem; }
.sources { display: flex; flex-wrap: wrap; gap: 1rem; margin-bottom: 1.5rem; } .sources figure { max-width: 14rem; }
.row { display: grid; grid-template-columns: repeat(var(--columns), minmax(0, 20rem)); gap: 1rem; margin-bottom: 1.5rem; }
.row img { width: 100%; } .row strong { display: block; color: var(--ink); } .row span { display: block; }
figcaption { margin-top: .4rem; font-variant-numeric: tabular-nums; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1rem 2rem; }
.charts .curves { overflow: visible; } .charts .curves text { font-size: 14px; }
.charts figure { max-width: 52rem; } .charts figcaption { color: var(--ink); margin: 0 0 .3rem; }
@media (max-width: 40rem) { .row { grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); } }
@media print { body { padding: 0; } h2 { break-after: avoid; } .row { gap: .6rem; } .charts { grid-template-columns: 1fr 1fr; } }
`;

const LOSSES: Readonly<Record<CourseName, string>> = {
  relative: 'loss relative to the start',
  content: 'content loss',
  style: 'style loss',
};

/** Writes `index.html`: the figure as a page that stands alone, with its pictures inside. */
export function writeFigurePage(figure: FigureFolder, page: FigurePage): string {
  const { title, about, sources, rows, rowNames = [], settings } = page;
  const text = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
${PAGE_POLICY}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p class="about">${escapeHtml(about)}</p>
<div class="sources">
${sources.map(source).join('\n')}
</div>
${rows.map((row, i) => rowOf(figure, row, rowNames[i])).join('\n')}
${chartsOf(rows, rowNames)}
<h2>Settings</h2>
${table(settings)}
${timesOf(rows.flat())}
</body>
</html>
`;
  writeAtomically(figure.at('index.html'), [Buffer.from(text)]);
  return figure.at('index.html');
}

function source({ name, uri }: SourcePicture): string {
  return `<figure><img alt="${escapeHtml(name)}" src="${uri}"><figcaption>${escapeHtml(name)}</figcaption></figure>`;
}

function rowOf(figure: FigureFolder, row: readonly FigurePicture[], name: string | undefined): string {
  const heading = name === undefined ? '' : `<h2>${escapeHtml(name)}</h2>\n`;
  const pictures = row.map(picture => pictureOf(figure, picture)).join('\n');
  return `${heading}<div class="row" style="--columns: ${row.length}">\n${pictures}\n</div>`;
}

function pictureOf(figure: FigureFolder, { file, row, column, caption, course }: FigurePicture): string {
  const data = fs.readFileSync(figure.at(file)).toString('base64');
  const name = escapeHtml([row, column].filter(text => text !== '').join(' · '));
  const lines = [...caption.split(', '), ...(course === undefined ? [] : [costOf(course)])];
  const below = lines.map(line => `<span>${escapeHtml(line)}</span>`).join('');
  return `<figure><img alt="${name}" src="data:image/png;base64,${data}"><figcaption><strong>${name}</strong>${below}</figcaption></figure>`;
}

/** A drawing for every kind of loss of every row: its pictures are the lines. */
function chartsOf(rows: FigurePage['rows'], rowNames: readonly string[]): string {
  const charts = rows.flatMap((row, i) => {
    const courses = row.flatMap(({ column, course }) => (course === undefined ? [] : [{ column, course }]));
    const names = [...new Set(courses.flatMap(({ course }) => Object.keys(course.losses)))] as CourseName[];
    return names.map(name => {
      const title = [rowNames[i] ?? row[0]?.row ?? '', LOSSES[name]].filter(text => text !== '').join(': ');
      const lines = courses.map(({ column, course: { at, losses } }) => ({
        ...{ name: column, x: at },
        values: losses[name] ?? [],
      }));
      const drawing = curvesSvg(lines, { title, evaluations: 'Evaluations' });
      return drawing === ''
        ? ''
        : `<figure><figcaption>${escapeHtml(title)}</figcaption>\n${drawing}</figure>`;
    });
  });
  const drawn = charts.filter(chart => chart !== '');
  return drawn.length === 0 ? '' : `<h2>Curves</h2>\n<div class="charts">\n${drawn.join('\n')}\n</div>`;
}

function timesOf(pictures: readonly FigurePicture[]): string {
  const courses = pictures.flatMap(({ course }) => course ?? []);
  if (courses.length === 0) return '';
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const seconds = sum(courses.map(one => one.seconds));
  const evaluations = sum(courses.map(one => one.evaluations));
  return `<h2>Timings</h2>\n${table([
    ['Computing time', `${formatSeconds(seconds)} for ${courses.length} pictures`],
    ['Evaluations', `${evaluations}`],
    ['One evaluation', `${((1000 * seconds) / evaluations).toPrecision(3)} ms`],
  ])}`;
}

function table(facts: FigurePage['settings']): string {
  const rows = facts.map(
    ([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return `<table>\n${rows.join('\n')}\n</table>`;
}

function costOf({ seconds, evaluations }: Course): string {
  return `${formatSeconds(seconds)}, ${evaluations} evaluations`;
}

/** "4.2 s", "5 min 12 s". */
function formatSeconds(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
