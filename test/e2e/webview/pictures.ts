import * as fs from 'node:fs';
import * as path from 'node:path';
import sharp from 'sharp';

/** Width and height of the photograph. */
export const photographSize = [1200, 800] as const;

/** Sizes of the previews, as a coarse-to-fine run makes them. */
export const frameSizes = [
  [128, 85],
  [181, 121],
  [256, 171],
  [362, 241],
  [512, 341],
] as const;

const ridge = (y: number, height: number, waves: number, colour: string): string => {
  const points = Array.from({ length: 61 }, (_, i) => {
    const x = i * 20;
    const wave = Math.sin(i * waves) * 0.6 + Math.sin(i * waves * 2.7 + 1) * 0.4;
    return `${x},${y - height * (0.5 + 0.5 * wave)}`;
  });
  return `<polygon points="0,800 ${points.join(' ')} 1200,800" fill="${colour}"/>`;
};

/** A mountain lake at dawn. @param strokes 0 for a photograph, up to 1 for a painting of it */
function landscape(strokes: number): string {
  const [warm, cold] = strokes > 0 ? ['#f2b134', '#1c4e8a'] : ['#f3d9c0', '#7f9bb8'];
  const brush = `<filter id="brush" x="-5%" y="-5%" width="110%" height="110%">
    <feTurbulence type="fractalNoise" baseFrequency="0.012 0.03" numOctaves="3" seed="4" result="noise"/>
    <feDisplacementMap in="SourceGraphic" in2="noise" scale="${90 * strokes}" xChannelSelector="R" yChannelSelector="G" result="moved"/>
    <feTurbulence type="turbulence" baseFrequency="0.02 0.09" numOctaves="2" seed="9" result="grain"/>
    <feColorMatrix in="grain" type="matrix" values="0 0 0 0 .08  0 0 0 0 .12  0 0 0 0 .3  0 0 0 ${1.6 * strokes} -.12" result="lines"/>
    <feMerge><feMergeNode in="moved"/><feMergeNode in="lines"/></feMerge></filter>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800" viewBox="0 0 1200 800"><defs>${brush}
    <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${cold}"/><stop offset="1" stop-color="${warm}"/></linearGradient>
    <linearGradient id="lake" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${warm}"/><stop offset="1" stop-color="#24405c"/></linearGradient></defs>
    <g filter="url(#brush)"><rect x="-60" y="-60" width="1320" height="920" fill="url(#sky)"/>
    <circle cx="850" cy="250" r="60" fill="#fff4d6"/>
    ${ridge(430, 190, 0.23, '#8794a8')}${ridge(470, 140, 0.41, '#5d6b7f')}${ridge(520, 90, 0.63, '#3c4a58')}
    <rect x="-60" y="520" width="1320" height="340" fill="url(#lake)"/>
    <ellipse cx="850" cy="600" rx="40" ry="90" fill="#fff4d6" opacity=".55"/>
    ${[0, 1, 2, 3, 4].map(i => `<polygon points="${90 + i * 70},${700 + i * 12} ${130 + i * 70},${480 + (i % 2) * 50} ${170 + i * 70},${700 + i * 12}" fill="#1d2b2a"/>`).join('')}
    <rect x="-60" y="700" width="1320" height="160" fill="#22302c"/></g></svg>`;
}

const swirls = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="480"><rect width="600" height="480" fill="#173b6c"/>${Array.from(
  { length: 26 },
  (_, i) =>
    `<circle cx="${(i * 137) % 600}" cy="${(i * 89) % 480}" r="${30 + ((i * 31) % 60)}" fill="none" stroke="${['#f2c14e', '#8fb8de', '#e8e4d0', '#2e6f95'][i % 4] ?? ''}" stroke-width="9" stroke-dasharray="40 12"/>`,
).join('')}</svg>`;

const glass = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="480">${Array.from(
  { length: 64 },
  (_, i) =>
    `<rect x="${(i % 8) * 60 + 2}" y="${Math.floor(i / 8) * 60 + 2}" width="56" height="56" rx="6" fill="hsl(${(i * 47) % 360} 60% ${35 + ((i * 13) % 30)}%)"/>`,
).join('')}</svg>`;

const transparent = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><circle cx="32" cy="32" r="24" fill="#e4572e" opacity=".8"/></svg>`;

/** Draws every picture that the scenes show into a folder. */
export async function drawPictures(folder: string): Promise<void> {
  const jpeg = async (name: string, svg: string) => {
    await sharp(Buffer.from(svg)).jpeg({ quality: 88 }).toFile(path.join(folder, name));
  };
  fs.mkdirSync(folder, { recursive: true });
  await jpeg('photograph.jpg', landscape(0));
  await jpeg('painting.jpg', landscape(1));
  await jpeg('faint.jpg', landscape(0.4));
  await jpeg('swirls.jpg', swirls);
  await jpeg('glass.jpg', glass);
  await sharp(Buffer.from(transparent)).png().toFile(path.join(folder, 'transparent.png'));
  for (const [index, [width, height]] of frameSizes.entries())
    await sharp(Buffer.from(landscape(0.3 + 0.7 * (index / (frameSizes.length - 1)))))
      .resize(width, height)
      .jpeg({ quality: 85 })
      .toFile(path.join(folder, `frame-${index}.jpg`));
}
