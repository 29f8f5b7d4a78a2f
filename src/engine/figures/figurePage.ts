import * as fs from 'node:fs';
import { escapeHtml } from '../../escapeHtml';
import { writeAtomically } from '../../jobs/atomic';
import type { FigureFolder, FigurePicture } from './figureFolder';

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 90rem; padding: 0 1rem; }
.row { display: flex; flex-wrap: wrap; gap: 1rem; margin-bottom: 1.5rem; }
figure { margin: 0; max-width: 20rem; break-inside: avoid; }
img { display: block; width: 100%; height: auto; border-radius: 3px; }
figcaption strong { display: block; }
figcaption { margin-top: .4rem; font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
dt { opacity: .7; } dd { margin: 0; }
@media print { body { margin: 0; } }`;

/** Writes `index.html`: the figure as a page that stands alone, with its pictures inside. */
export function writeFigurePage(
  figure: FigureFolder,
  title: string,
  rows: readonly (readonly FigurePicture[])[],
  facts: readonly (readonly [name: string, value: string])[],
): string {
  const picture = ({ file, row, column, caption }: FigurePicture): string => {
    const data = fs.readFileSync(figure.at(file)).toString('base64');
    const name = escapeHtml([row, column].filter(text => text !== '').join(' · '));
    return `<figure><img alt="${name}" src="data:image/png;base64,${data}"><figcaption><strong>${name}</strong>${escapeHtml(caption)}</figcaption></figure>`;
  };
  const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style>${STYLE}</style>
<h1>${escapeHtml(title)}</h1>
${rows.map(row => `<div class="row">${row.map(picture).join('')}</div>`).join('\n')}
<h2>Settings</h2>
<dl>${facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>
</html>
`;
  writeAtomically(figure.at('index.html'), [Buffer.from(page)]);
  return figure.at('index.html');
}
