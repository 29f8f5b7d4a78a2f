/**
 * Every picture the product ships: where it goes, how it is made, and for the built-in styles the words people see.
 * Each module's paint({ width, height }) returns a Raster; without arguments, the shipped size.
 */
export const CONTENT = [
  { id: 'still-life', file: 'samples/still-life.jpg', paint: './pictures/still-life/picture.mjs' },
  { id: 'landscape', file: 'samples/landscape.jpg', paint: './pictures/landscape/picture.mjs' },
];

export const STYLES = [
  {
    id: 'impasto',
    file: 'swatches/impasto.jpg',
    paint: './pictures/impasto.mjs',
    title: 'Night Wind',
    description: 'Thick oil in swirling strokes: blues, yellows, ridges of paint that catch the light.',
  },
  {
    id: 'mosaic',
    file: 'swatches/mosaic.jpg',
    paint: './pictures/mosaic.mjs',
    title: 'Mosaic',
    description: 'Glass and stone tesserae laid along the forms, with dark grout between.',
  },
  {
    id: 'woodcut',
    file: 'swatches/woodcut.jpg',
    paint: './pictures/woodcut.mjs',
    title: 'Woodcut',
    description: 'Carved lines that follow the form, black ink on warm paper with one tint.',
  },
  {
    id: 'stained-glass',
    file: 'swatches/stained-glass.jpg',
    paint: './pictures/stained-glass.mjs',
    title: 'Stained Glass',
    description: 'Glowing pieces of antique glass, streaked and bubbled, held in dark lead.',
  },
  {
    id: 'ink-wash',
    file: 'swatches/ink-wash.jpg',
    paint: './pictures/ink-wash/picture.mjs',
    title: 'Ink Wash',
    description: 'Wet washes, bleeding edges and dry strokes of black ink on warm paper.',
  },
  {
    id: 'wave',
    file: 'swatches/wave.jpg',
    paint: './pictures/wave/picture.mjs',
    title: 'Great Wave',
    description: 'Flat colours from many blocks: Prussian blue, foam like claws, outlines, wood grain.',
  },
  {
    id: 'watercolour',
    file: 'swatches/watercolour.jpg',
    paint: './pictures/watercolour/picture.mjs',
    title: 'Watercolour',
    description: 'Transparent washes on rough paper, with dried rims, blooms and spatter.',
  },
  {
    id: 'pointillism',
    file: 'swatches/pointillism.jpg',
    paint: './pictures/pointillism.mjs',
    title: 'Pointillism',
    description: 'A bright afternoon in dots of pure colour set beside their complements.',
  },
];
