import { escapeHtml } from '../../common/escapeHtml';
import { PAGE_POLICY, PAGE_STYLE } from '../../page/style';

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

const STYLE = `${PAGE_STYLE}
body { max-width: 60rem; }
.row { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 1rem; margin-top: 1rem; }
pre { overflow: auto; padding: 1rem; border: 1px solid var(--line); border-radius: 4px; font-size: .85rem; white-space: pre-wrap; }
`;

/** One page that stands alone: no script, nothing to load, light and dark, printable. */
export function runPage(page: RunPage): string {
  return `<!DOCTYPE html>
<html lang="${escapeHtml(page.language)}">
<head>
<meta charset="utf-8">
${PAGE_POLICY}
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
