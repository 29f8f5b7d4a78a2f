import * as fs from 'node:fs';
import { escapeHtml } from '../../../common/escapeHtml';
import { writeAtomically } from '../../../common/atomicFile';
import { curvesSvg } from '../../../page/curves';
import { msg, verbatim, type Message } from '../../../common/messages';
import { PAGE_POLICY, PAGE_STYLE } from '../../../page/style';
import { captionsOf, nameOf } from './captions';
import type { LossCurve, LossCurveName } from '../lossCurve';
import type { FigureFolder, FigurePicture } from '../figureFolder';
import type { Language } from './language';
import type { SourcePicture } from './sourcePicture';

/** What the page of a figure says besides its pictures. */
export interface FigurePage {
  readonly title: Message;
  /** What is to be seen, in a sentence or two. */
  readonly about: Message;
  /** The images that the figure is made from. */
  readonly sources: readonly SourcePicture[];
  readonly rows: readonly (readonly FigurePicture[])[];
  /** Names of the rows, where the pictures do not say them. */
  readonly rowNames?: readonly Message[];
  readonly settings: readonly (readonly [name: Message, value: Message])[];
  readonly language: Language;
}

const STYLE = `${PAGE_STYLE}
body { max-width: 90rem; }
.about { max-width: 50rem; }
.sources { display: flex; flex-wrap: wrap; gap: 1rem; margin-bottom: 1.5rem; } .sources figure { max-width: 14rem; }
.row { display: grid; grid-template-columns: repeat(var(--columns), minmax(0, 20rem)); gap: 1rem; margin-bottom: 1.5rem; }
.row img { width: 100%; } .row strong { display: block; color: var(--ink); } .row span { display: block; } .row b { white-space: nowrap; }
figcaption { margin-top: .4rem; font-variant-numeric: tabular-nums; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1rem 2rem; }
.charts .curves { overflow: visible; } .charts .curves text { font-size: 14px; }
.charts figure { max-width: 52rem; } .charts figcaption { color: var(--ink); margin: 0 0 .3rem; }
@media (max-width: 40rem) { .row { grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); } }
@media print { .row { gap: .6rem; } .charts { grid-template-columns: 1fr 1fr; } }
`;

const LOSSES: Readonly<Record<LossCurveName, Message>> = {
  relative: msg`loss relative to the start`,
  content: msg`content loss`,
  style: msg`style loss`,
};

export function roleOf(role: SourcePicture['role']): Message {
  return role === 'content' ? msg`Content` : msg`Style`;
}

/** Writes `index.html`: the figure as a page that stands alone, with its pictures inside. */
export function writeFigurePage(figure: FigureFolder, page: FigurePage): string {
  const { title, about, sources, rows, rowNames = [], settings, language } = page;
  const text = new Page(figure, language);
  const html = `<!DOCTYPE html>
<html lang="${escapeHtml(language.tag)}">
<head>
<meta charset="utf-8">
${PAGE_POLICY}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text.of(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${text.of(title)}</h1>
<p class="about">${text.of(about)}</p>
<div class="sources">
${sources.map(one => text.source(one)).join('\n')}
</div>
${rows.map((row, i) => text.row(row, rowNames[i])).join('\n')}
${text.charts(rows, rowNames)}
<section>
<h2>${text.of(msg`Settings`)}</h2>
${text.table(settings)}
</section>
${text.times(rows.flat())}
</body>
</html>
`;
  writeAtomically(figure.at('index.html'), [Buffer.from(html)]);
  return figure.at('index.html');
}

/** The parts of a page, in its language. */
class Page {
  constructor(
    private readonly figure: FigureFolder,
    private readonly language: Language,
  ) {}

  of(message: Message): string {
    return escapeHtml(this.language.format(message));
  }

  source({ role, name, uri }: SourcePicture): string {
    const text = this.of(msg`${roleOf(role)}: ${name}`);
    return `<figure><img alt="${text}" src="${uri}"><figcaption>${text}</figcaption></figure>`;
  }

  row(row: readonly FigurePicture[], name: Message | undefined): string {
    const heading = name === undefined ? '' : `<h2>${this.of(name)}</h2>\n`;
    const pictures = row.map(picture => this.picture(picture)).join('\n');
    return `<section>\n${heading}<div class="row" style="--columns: ${row.length}">\n${pictures}\n</div>\n</section>`;
  }

  /** A drawing for every kind of loss of every row: its pictures are the lines. */
  charts(rows: FigurePage['rows'], rowNames: readonly Message[]): string {
    const charts = rows.flatMap((row, i) => {
      const lossCurves = row.flatMap(({ column, course: lossCurve }) =>
        lossCurve === undefined ? [] : [{ column, course: lossCurve }],
      );
      const names = [
        ...new Set(lossCurves.flatMap(({ course: lossCurve }) => Object.keys(lossCurve.losses))),
      ] as LossCurveName[];
      const about = rowNames[i] ?? row[0]?.row;
      return names.map(name => {
        const title = about === undefined ? LOSSES[name] : msg`${about}: ${LOSSES[name]}`;
        const lines = lossCurves.map(({ column, course: { at, losses } }) => ({
          ...{ name: this.language.format(column), x: at },
          values: losses[name] ?? [],
        }));
        const drawing = curvesSvg(lines, {
          title: this.language.format(title),
          evaluations: this.language.format(msg`Evaluations`),
        });
        return drawing === ''
          ? ''
          : `<figure><figcaption>${this.of(title)}</figcaption>\n${drawing}</figure>`;
      });
    });
    const drawn = charts.filter(chart => chart !== '');
    if (drawn.length === 0) return '';
    return `<h2>${this.of(msg`Curves`)}</h2>\n<div class="charts">\n${drawn.join('\n')}\n</div>`;
  }

  times(pictures: readonly FigurePicture[]): string {
    const lossCurves = pictures.flatMap(({ course: lossCurve }) => lossCurve ?? []);
    if (lossCurves.length === 0) return '';
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    const seconds = sum(lossCurves.map(one => one.seconds));
    const evaluations = sum(lossCurves.map(one => one.evaluations));
    const facts: FigurePage['settings'] = [
      [msg`Computing time`, msg`${duration(seconds)} for ${lossCurves.length} pictures`],
      [msg`Evaluations`, verbatim(String(evaluations))],
      [msg`One evaluation`, msg`${((1000 * seconds) / evaluations).toPrecision(3)} ms`],
    ];
    return `<section>\n<h2>${this.of(msg`Timings`)}</h2>\n${this.table(facts)}\n</section>`;
  }

  table(facts: FigurePage['settings']): string {
    const rows = facts.map(
      ([name, value]) => `<tr><th scope="row">${this.of(name)}</th><td>${this.of(value)}</td></tr>`,
    );
    return `<table>\n${rows.join('\n')}\n</table>`;
  }

  private picture(picture: FigurePicture): string {
    const { file, course: lossCurve } = picture;
    const data = fs.readFileSync(this.figure.at(file)).toString('base64');
    const parts = nameOf(picture).map(part => this.of(part));
    const name = parts.join(' · ');
    // A line is broken between the parts, not after the sign of an exponent.
    const title = parts.map(part => `<b>${part}</b>`).join(' · ');
    const lines = [...captionsOf(picture), ...(lossCurve === undefined ? [] : [costOf(lossCurve)])];
    const below = lines.map(line => `<span>${this.of(line)}</span>`).join('');
    return `<figure><img alt="${name}" src="data:image/png;base64,${data}"><figcaption><strong>${title}</strong>${below}</figcaption></figure>`;
  }
}

function costOf({ seconds, evaluations }: LossCurve): Message {
  return msg`${duration(seconds)}, ${evaluations} evaluations`;
}

/** "4.2 s", "5 min 12 s". */
function duration(seconds: number): Message {
  if (seconds < 59.95) return msg`${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return msg`${Math.floor(whole / 60)} min ${whole % 60} s`;
}
