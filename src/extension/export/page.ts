import { escapeHtml } from '../../escapeHtml';

/** A picture of the page. */
export interface PagePicture {
  readonly caption: string;
  /** `data:` URI. */
  readonly source: string;
}

/** What the page of a run holds; all texts are in the language of the reader. */
export interface RunPage {
  readonly language: string;
  readonly title: string;
  readonly result: PagePicture | undefined;
  readonly sources: readonly PagePicture[];
  readonly curvesTitle: string;
  /** An SVG drawing, or empty. */
  readonly curves: string;
  readonly framesTitle: string;
  readonly frames: readonly PagePicture[];
  readonly factsTitle: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly recipeTitle: string;
  /** JSON. */
  readonly recipe: string;
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1c1b1f; --paper: #fff; --soft: #6b6870; --line: #d8d5dc; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece9ef; --paper: #1b1a1e; --soft: #a5a1aa; --line: #45424a; } }
@media print { :root { --ink: #000; --paper: #fff; --soft: #444; --line: #bbb; } figure, svg, table { break-inside: avoid; } }
body { margin: 0 auto; padding: 2rem; max-width: 60rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
figure { margin: 0; } figcaption { color: var(--soft); font-size: .85rem; overflow-wrap: anywhere; }
img { max-width: 100%; height: auto; display: block; border-radius: 3px; }
.row { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 1rem; margin-top: 1rem; }
table { border-collapse: collapse; } th { text-align: start; font-weight: 500; color: var(--soft); padding: .15rem 1.5rem .15rem 0; vertical-align: top; } td { padding: .15rem 0; overflow-wrap: anywhere; }
pre { overflow: auto; padding: 1rem; border: 1px solid var(--line); border-radius: 4px; font-size: .85rem; white-space: pre-wrap; }
.curves { width: 100%; height: auto; } .curves path, .curves line { fill: none; stroke-width: 1.6; }
.curves .grid { stroke: var(--line); stroke-width: 1; } .curves text { font: 11px system-ui, sans-serif; fill: var(--soft); } .curves .axis { fill: var(--ink); }
.c0 { stroke: var(--ink); } .c1 { stroke: #8f8a96; } .c2 { stroke: #3b82c4; } .c3 { stroke: #d0653a; } .c4 { stroke: #c29a1c; }
.c5 { stroke: #4f9a55; } .c6 { stroke: #a7559e; } .c7 { stroke: #25a0a0; } .c8 { stroke: #c94f6d; } .c9 { stroke: #7a6bd1; }
`;

/** One page that stands alone: no script, nothing to load, light and dark, printable. */
export function runPage(page: RunPage): string {
  return `<!DOCTYPE html>
<html lang="${escapeHtml(page.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(page.title)}</h1>
${page.result === undefined ? '' : figure(page.result)}
<div class="row">
${page.sources.map(figure).join('\n')}
</div>
<h2>${escapeHtml(page.factsTitle)}</h2>
<table>
${page.facts.map(([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`).join('\n')}
</table>
${page.curves === '' ? '' : `<h2>${escapeHtml(page.curvesTitle)}</h2>\n${page.curves}`}
${page.frames.length === 0 ? '' : `<h2>${escapeHtml(page.framesTitle)}</h2>\n<div class="row">\n${page.frames.map(figure).join('\n')}\n</div>`}
<h2>${escapeHtml(page.recipeTitle)}</h2>
<pre>${escapeHtml(page.recipe)}</pre>
</body>
</html>
`;
}

function figure({ caption, source }: PagePicture): string {
  const text = escapeHtml(caption);
  return `<figure><img src="${escapeHtml(source)}" alt="${text}"><figcaption>${text}</figcaption></figure>`;
}
