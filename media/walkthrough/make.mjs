// Draws the pictures of the walkthrough that show a real painting: paint.svg and compare.svg.
//   npm run stylize -- media/samples/still-life.jpg swatch:impasto --size 480 -o PAINTING.png
//   node media/walkthrough/make.mjs PAINTING.png
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const here = path.dirname(fileURLToPath(import.meta.url));
const [painting] = process.argv.slice(2);
if (painting === undefined) throw new Error('Name the painting to show.');

/** A picture as a data URI, because a walkthrough's SVG cannot load files. */
async function picture(file, width, height) {
  const bytes = await sharp(file).resize(width, height, { fit: 'cover' }).jpeg({ quality: 82 }).toBuffer();
  return `data:image/jpeg;base64,${bytes.toString('base64')}`;
}

const content = path.join(here, '../samples/still-life.jpg');
const style = path.join(here, '../swatches/impasto.jpg');
const ink = 'var(--vscode-foreground, #888)';

const paint = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480" width="640" height="480">
  <clipPath id="a"><rect x="20" y="20" width="240" height="180" rx="6"/></clipPath>
  <clipPath id="b"><rect x="380" y="20" width="240" height="180" rx="6"/></clipPath>
  <clipPath id="c"><rect x="140" y="250" width="360" height="220" rx="6"/></clipPath>
  <image clip-path="url(#a)" x="20" y="20" width="240" height="180" href="${await picture(content, 360, 270)}"/>
  <image clip-path="url(#b)" x="380" y="20" width="240" height="180" href="${await picture(style, 360, 270)}"/>
  <image clip-path="url(#c)" x="140" y="250" width="360" height="220" href="${await picture(painting, 540, 330)}"/>
  <path d="M320 96v28M306 110h28M320 206v26M312 224l8 10 8-10" fill="none" stroke="${ink}" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>
</svg>
`;

const compare = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480" width="640" height="480">
  <clipPath id="l"><path d="M38 30h282v400H38a8 8 0 0 1-8-8V38a8 8 0 0 1 8-8z"/></clipPath>
  <clipPath id="r"><path d="M320 30h282a8 8 0 0 1 8 8v384a8 8 0 0 1-8 8H320z"/></clipPath>
  <image clip-path="url(#l)" x="30" y="30" width="580" height="400" href="${await picture(content, 725, 500)}"/>
  <image clip-path="url(#r)" x="30" y="30" width="580" height="400" href="${await picture(painting, 725, 500)}"/>
  <path d="M320 20v420" stroke="var(--vscode-focusBorder, #0078d4)" stroke-width="3"/>
  <circle cx="320" cy="230" r="18" fill="var(--vscode-button-background, #0078d4)"/>
  <path d="M315 222l-7 8 7 8M325 222l7 8-7 8" fill="none" stroke="var(--vscode-button-foreground, #fff)" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/>
</svg>
`;

fs.writeFileSync(path.join(here, 'paint.svg'), paint);
fs.writeFileSync(path.join(here, 'compare.svg'), compare);
