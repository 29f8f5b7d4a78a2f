/**
 * What all exported pages look like: light and dark by the reader's wish, dark on white in print, and the colours of
 * curves.
 */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1c1b1f; --paper: #fff; --soft: #6b6870; --line: #d8d5dc; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece9ef; --paper: #1b1a1e; --soft: #a5a1aa; --line: #45424a; } }
body { margin: 0 auto; padding: 2rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
figure { margin: 0; } figcaption { color: var(--soft); font-size: .85rem; overflow-wrap: anywhere; }
img { max-width: 100%; height: auto; display: block; border-radius: 3px; }
table { border-collapse: collapse; } th { text-align: start; font-weight: 500; color: var(--soft); padding: .15rem 1.5rem .15rem 0; vertical-align: top; } td { padding: .15rem 0; overflow-wrap: anywhere; }
.curves { width: 100%; height: auto; } .curves path, .curves line { fill: none; stroke-width: 1.6; }
.curves .grid { stroke: var(--line); stroke-width: 1; } .curves text { font: 11px system-ui, sans-serif; fill: var(--soft); } .curves .axis { fill: var(--ink); }
.c0 { stroke: var(--ink); } .c1 { stroke: #8f8a96; } .c2 { stroke: #3b82c4; } .c3 { stroke: #d0653a; } .c4 { stroke: #c29a1c; }
.c5 { stroke: #4f9a55; } .c6 { stroke: #a7559e; } .c7 { stroke: #25a0a0; } .c8 { stroke: #c94f6d; } .c9 { stroke: #7a6bd1; }
@media print {
  :root { color-scheme: light; --ink: #000; --paper: #fff; --soft: #444; --line: #bbb; }
  body { padding: 0; } h1, h2 { break-after: avoid; }
  section, figure, svg, table { break-inside: avoid; }
  img { max-height: 22cm; object-fit: contain; }
}
`;

/** In the head of every page: it runs nothing and loads nothing. */
export const PAGE_POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`;
