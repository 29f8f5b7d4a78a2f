/** Two fish circling in a whirl of water, in glass and stone tesserae. */
import { gradient, hex, mix, varied } from '../color.mjs';
import { fbm2, noise2 } from '../noise.mjs';
import { Random, hash } from '../random.mjs';
import { Raster } from '../raster.mjs';
import { bell, clamp, smoothstep } from '../scalar.mjs';
import { tessellated } from '../tessellation.mjs';

const FISH = [
  { turn: 0.3, belly: '#f3dfae', back: '#c8501f', fin: '#e58a2a', dark: '#7c2416' },
  { turn: Math.PI + 0.3, belly: '#efe9d8', back: '#5f7f8c', fin: '#c9a24a', dark: '#26404f' },
];
const ARC = 0.245;
const LENGTH = 2.35;

/** A place relative to a fish: s from nose (0) to tail (1), d outwards from the spine, in picture heights. */
function along({ turn }, x, y) {
  const angle = Math.atan2(y, x) - turn;
  const wrapped = angle - 2 * Math.PI * Math.floor(angle / (2 * Math.PI) + 0.2);
  return { s: wrapped / LENGTH, d: Math.hypot(x, y) - ARC - 0.012 * Math.sin(6 * wrapped) };
}

/** Which part of a fish a place belongs to, or null. */
function part(fish, x, y) {
  const { s, d } = along(fish, x, y);
  if (s < 0 || s > 1.06) return null;
  const body =
    0.105 * Math.sin(Math.PI * Math.min(1, s / 0.86) ** 0.62) ** 0.85 + 0.018 * smoothstep(0.5, 0.86, s);
  if (s > 0.84) {
    const spread = 0.02 + 0.62 * (s - 0.84) ** 1.05;
    const notch = 0.96 + 0.5 * Math.abs(d);
    return Math.abs(d) < spread && s < notch ? { name: 'tail', s, d, edge: spread - Math.abs(d) } : null;
  }
  if (Math.abs(d) < body) {
    if (Math.hypot((s - 0.1) * ARC * LENGTH, d - 0.022) < 0.016) return { name: 'eye', s, d, edge: 1 };
    return {
      name: s < 0.2 + 0.35 * d - 2 * d * d ? 'head' : 'body',
      s,
      d: d / body,
      edge: body - Math.abs(d),
    };
  }
  const dorsal = 0.075 * bell(s - 0.42, 0.17) * (0.85 + 0.15 * Math.cos(60 * s));
  if (d > 0 && d < body + dorsal && s > 0.2) return { name: 'fin', s, d, edge: body + dorsal - d };
  const ventral = 0.055 * bell(s - 0.3, 0.055) + 0.045 * bell(s - 0.66, 0.05);
  if (d < 0 && -d < body + ventral) return { name: 'fin', s, d, edge: body + ventral + d };
  return null;
}

function fishColor(fish, { name, s, d, edge }) {
  const [belly, back, fin, dark] = [fish.belly, fish.back, fish.fin, fish.dark].map(hex);
  if (edge < 0.009) return dark;
  switch (name) {
    case 'eye':
      return hex('#140f0e');
    case 'head':
      return mix(mix(belly, back, smoothstep(-0.5, 0.7, d)), fin, 0.3);
    case 'tail':
    case 'fin':
      return mix(fin, dark, 0.5 + 0.5 * Math.sin(s * 190 + 30 * d));
    default: {
      const scale = Math.sin(s * 95 + 2.2 * Math.abs(d) * 3) * Math.cos(d * 9);
      return mix(
        mix(belly, back, smoothstep(-0.45, 0.5, d)),
        scale > 0 ? belly : dark,
        0.28 * Math.abs(scale),
      );
    }
  }
}

const frame = (x, y, aspect) => Math.min(aspect / 2 - Math.abs(x), 0.5 - Math.abs(y));

function colorAt(x, y, aspect) {
  const inset = frame(x, y, aspect);
  if (inset < 0.022) return hex('#5a2a20');
  if (inset < 0.044) return hex('#d9c184');
  if (inset < 0.066) {
    const run = Math.abs(x) / aspect > Math.abs(y) ? y : x;
    return Math.sin(run * 95) > 0 ? hex('#1f3a5f') : hex('#efe6cf');
  }
  if (inset < 0.085) return hex('#b7862f');
  for (const fish of FISH) {
    const found = part(fish, x, y);
    if (found) return fishColor(fish, found);
  }
  const r = Math.hypot(x, y);
  const angle = Math.atan2(y, x);
  const spiral = Math.sin(2 * angle + 21 * r + 2.4 * fbm2(3 * x, 3 * y, 2, 8));
  const water = [
    [-1, hex('#0d2d4d')],
    [-0.4, hex('#17557b')],
    [0.1, hex('#2a8a97')],
    [0.6, hex('#79bfae')],
    [1, hex('#e3ecd0')],
  ];
  const color = gradient(
    water,
    spiral * 0.75 - 0.25 + 0.35 * smoothstep(0.55, 0.1, r) - 0.4 * smoothstep(0.35, 0.7, r),
  );
  return r < 0.085
    ? gradient(
        [
          [0, hex('#f7e7a1')],
          [0.045, hex('#e0a92e')],
          [0.085, hex('#a9552a')],
        ],
        r,
      )
    : color;
}

function direction(x, y, aspect) {
  if (frame(x, y, aspect) < 0.088) return 0;
  for (const fish of FISH) {
    const found = part(fish, x, y);
    if (found && found.name !== 'eye')
      return Math.atan2(y, x) + Math.PI / 2 + (found.name === 'tail' ? 2.2 * found.d : 0);
  }
  const r = Math.hypot(x, y);
  const swirl = Math.atan2(y, x) + Math.PI / 2 - 0.22;
  return swirl + 0.35 * noise2(4 * x, 4 * y, 5) * smoothstep(0.1, 0.4, r);
}

export function paint({ width = 512, height = 512 } = {}) {
  const oversample = 2;
  const [w, h] = [width * oversample, height * oversample];
  const aspect = width / height;
  const place = (px, py) => [(px / w - 0.5) * aspect, py / h - 0.5];
  const label = Raster.from(w, h, 1, (px, py) => {
    const [x, y] = place(px, py);
    if (frame(x, y, aspect) < 0.086) return 9;
    const i = FISH.findIndex(fish => part(fish, x, y));
    return i < 0 ? 0 : 1 + i + 2 * ['body', 'head', 'tail', 'fin', 'eye'].indexOf(part(FISH[i], x, y).name);
  });
  const edge = (x, y) => {
    const here = label.values[label.offset(x, y)];
    return here !== label.values[label.offset(x + 2, y)] || here !== label.values[label.offset(x, y + 2)];
  };
  const size = h / 58;
  const tiles = tessellated({
    width: w,
    height: h,
    size,
    edge,
    direction: (px, py) => direction(...place(px, py), aspect),
  });
  const grout = Raster.from(w, h, 3, (x, y) => {
    const grain = 0.16 * fbm2(x / 5, y / 5, 3, 3) + 0.08 * noise2(x / 1.5, y / 1.5, 4);
    return [0.3 + grain, 0.27 + grain, 0.23 + grain];
  });
  const random = new Random(5);
  for (const tile of tiles) layTile(grout, tile, size, colorAt(...place(tile.x, tile.y), aspect), random);
  return grout.shrunk(oversample);
}

/** One tessera: an uneven square with chipped corners, its own tilt against the light, streaks in the glass. */
function layTile(plane, { x, y, angle }, size, base, random) {
  const color = varied(base, random.normal(0, 0.014), random.normal(0, 0.1), random.normal(0, 0.1));
  const id = Math.floor(random.uniform(0, 1e6));
  const [halfLong, halfWide] = [size * random.uniform(0.4, 0.47), size * random.uniform(0.38, 0.45)];
  const turn = angle + random.normal(0, 0.06);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const tilt = [random.normal(0, 0.1), random.normal(0, 0.1)];
  const skew = [random.normal(0, 0.1), random.normal(0, 0.1)];
  const gloss = random.uniform() < 0.16 ? random.uniform(0.15, 0.45) : 0.04;
  const reach = Math.ceil(size * 0.85);
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const px = Math.round(x) + dx;
      const py = Math.round(y) + dy;
      const u = ((px - x) * cos + (py - y) * sin) / halfLong;
      const v = ((py - y) * cos - (px - x) * sin) / halfWide;
      const rough = 0.07 * noise2(u * 2 + id, v * 2, 3);
      const inside =
        1 -
        Math.max(Math.abs(u) * (1 + skew[0] * v), Math.abs(v) * (1 + skew[1] * u)) +
        rough -
        0.12 * smoothstep(1.45, 1.9, Math.abs(u) + Math.abs(v));
      const cover = smoothstep(-0.04, 0.08, inside);
      if (cover <= 0) {
        // The shadow a tile casts into the grout.
        if (inside > -0.3) plane.blend(px + 1, py + 1, [0.1, 0.09, 0.08], 0.18);
        continue;
      }
      const bevel = smoothstep(0.25, 0.0, inside);
      const facing = -(u * cos - v * sin) * 0.5 - (u * sin + v * cos) * 0.6;
      const streak = 0.08 * noise2(u * 1.2 + id, v * 4, 6) + 0.05 * (hash(px, py, 3) - 0.5);
      const shade = 1 + 0.4 * bevel * clamp(facing, -1, 1) + tilt[0] + tilt[1] * u + streak;
      const glint = gloss * bell(Math.hypot(u + 0.35, v + 0.35), 0.5);
      plane.blend(
        px,
        py,
        color.map(c => clamp(c * shade + glint)),
        cover,
      );
    }
  }
}
