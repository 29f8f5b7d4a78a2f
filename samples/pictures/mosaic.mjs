/** Two fish circling in a whirl of water, in glass and stone tesserae. */
import { gradient, hex, mix, varied } from '../color.mjs';
import { distanceTo } from '../distance.mjs';
import { fbm2, noise2 } from '../noise.mjs';
import { Random, hash } from '../random.mjs';
import { Raster } from '../raster.mjs';
import { bell, clamp, smoothstep } from '../scalar.mjs';
import { tessellated } from '../tessellation.mjs';

// The picture's own coordinates: the centre is the origin, the height is 1, y goes down.
const FISH = [
  { turn: 0.35, belly: '#f7e3b0', back: '#cf4a1c', fin: '#f0982c', dark: '#6e1d16' },
  { turn: Math.PI + 0.35, belly: '#f4f0e2', back: '#5c8ba3', fin: '#d9b04a', dark: '#1f3a52' },
];
const ARC = 0.25;
const LENGTH = 2.5;
const FRAME = 0.078;

/** A place relative to a fish: s from nose (0) to tail (1), d outwards from the spine. */
function along({ turn }, x, y) {
  const angle = Math.atan2(y, x) - turn;
  const wrapped = angle - 2 * Math.PI * Math.floor(angle / (2 * Math.PI) + 0.2);
  return { s: wrapped / LENGTH, d: Math.hypot(x, y) - ARC - 0.016 * Math.sin(6 * wrapped) };
}

/** Which part of a fish a place belongs to, or null. */
function part(fish, x, y) {
  const { s, d } = along(fish, x, y);
  if (s < 0 || s > 1.08) return null;
  const body =
    0.09 * Math.sin(Math.PI * Math.min(1, s / 0.84) ** 0.6) ** 0.9 + 0.019 * smoothstep(0.45, 0.84, s);
  if (s > 0.82) {
    const spread = 0.02 + 0.62 * (s - 0.82) ** 1.05;
    return Math.abs(d) < spread && s < 0.97 + 0.62 * Math.abs(d) ? { name: 'tail', s, d } : null;
  }
  if (Math.abs(d) < body) {
    const eye = Math.hypot((s - 0.105) * ARC * LENGTH, d - 0.026);
    if (eye < 0.026) return { name: eye < 0.014 ? 'pupil' : 'eye', s, d };
    return { name: s < 0.21 - 9 * d * d ? 'head' : 'body', s, d: d / body };
  }
  const dorsal = 0.06 * bell(s - 0.42, 0.2) * smoothstep(0.18, 0.3, s);
  if (d > 0 && d < body + dorsal) return { name: 'fin', s, d };
  const ventral = 0.052 * bell(s - 0.32, 0.06) + 0.04 * bell(s - 0.64, 0.05);
  return d < 0 && -d < body + ventral ? { name: 'fin', s, d } : null;
}

const PARTS = ['body', 'head', 'tail', 'fin', 'eye', 'pupil'];

function fishColor(fish, { name, s, d }) {
  const [belly, back, fin, dark] = [fish.belly, fish.back, fish.fin, fish.dark].map(hex);
  switch (name) {
    case 'pupil':
      return hex('#0d0b0c');
    case 'eye':
      return hex('#fbf3d4');
    case 'head':
      return mix(mix(belly, back, smoothstep(-0.6, 0.5, d)), fin, 0.35);
    case 'tail':
    case 'fin':
      return mix(fin, dark, 0.5 + 0.5 * Math.sin(s * 150 + 34 * d));
    default: {
      const scale = Math.sin(s * 74 + 2.4 * Math.abs(d)) * Math.cos(d * 8.5);
      return mix(
        mix(belly, back, smoothstep(-0.5, 0.45, d)),
        scale > 0 ? belly : dark,
        0.5 * Math.abs(scale),
      );
    }
  }
}

const inset = (x, y, aspect) => Math.min(aspect / 2 - Math.abs(x), 0.5 - Math.abs(y));

function frameColor(x, y, aspect) {
  const depth = inset(x, y, aspect);
  if (depth < 0.016) return hex('#4a2019');
  if (depth < 0.03) return hex('#e3cf96');
  if (depth < 0.062) {
    // A running wave of two colours.
    const run = Math.abs(x) / aspect > Math.abs(y) ? y : x;
    return Math.sin(run * 60) * 0.014 > depth - 0.046 ? hex('#1c3a66') : hex('#efe6cf');
  }
  return hex('#c18a2c');
}

function waterColor(x, y, fishDistance) {
  // Rows laid along the fishes' outlines: one dark, one bright, as mosaicists set a figure off.
  if (fishDistance < 0.013) return hex('#0b2038');
  if (fishDistance < 0.028) return hex('#cfe6d6');
  const r = Math.hypot(x, y);
  if (r < 0.1)
    return gradient(
      [
        [0, hex('#fff3b8')],
        [0.04, hex('#f0b935')],
        [0.075, hex('#c9602a')],
        [0.1, hex('#7a2c22')],
      ],
      r,
    );
  const spiral = Math.sin(2 * Math.atan2(y, x) + 23 * r + 2.2 * fbm2(3 * x, 3 * y, 2, 8));
  const water = [
    [-1, hex('#0d2f55')],
    [-0.4, hex('#175c86')],
    [0.1, hex('#2a929c')],
    [0.55, hex('#7fc4b2')],
    [1, hex('#e9f0d6')],
  ];
  return gradient(
    water,
    spiral * 0.8 - 0.12 + 0.2 * smoothstep(0.5, 0.1, r) - 0.35 * smoothstep(0.4, 0.7, r),
  );
}

export function paint({ width = 512, height = 512 } = {}) {
  const oversample = 2;
  const [w, h] = [width * oversample, height * oversample];
  const aspect = width / height;
  const place = (px, py) => [(px / w - 0.5) * aspect, py / h - 0.5];
  const label = Raster.from(w, h, 1, (px, py) => {
    const [x, y] = place(px, py);
    if (inset(x, y, aspect) < FRAME) return 20;
    for (let i = 0; i < FISH.length; i++) {
      const found = part(FISH[i], x, y);
      if (found) return 1 + i + 2 * PARTS.indexOf(found.name);
    }
    return Math.hypot(x, y) < 0.1 ? 19 : 0;
  });
  const fishes = distanceTo(w, h, (x, y) => label.values[y * w + x] > 0 && label.values[y * w + x] < 19);
  const edge = (x, y) => {
    const here = label.values[label.offset(x, y)];
    return here !== label.values[label.offset(x + 2, y)] || here !== label.values[label.offset(x, y + 2)];
  };
  const direction = (px, py) =>
    tileAngle(
      place(px, py),
      aspect,
      label.values[label.offset(Math.round(px), Math.round(py))],
      fishes,
      px,
      py,
      h,
    );
  const size = h / 70;
  const tiles = tessellated({ width: w, height: h, size, edge, direction });
  const grout = Raster.from(w, h, 3, (x, y) => {
    const grain = 0.14 * fbm2(x / 5, y / 5, 3, 3) + 0.08 * noise2(x / 1.5, y / 1.5, 4);
    return [0.27 + grain, 0.24 + grain, 0.2 + grain];
  });
  const random = new Random(5);
  for (const tile of tiles) {
    const [x, y] = place(tile.x, tile.y);
    const fish = FISH.find(one => part(one, x, y));
    const near = fishes.at(tile.x, tile.y) / h;
    const color =
      inset(x, y, aspect) < FRAME
        ? frameColor(x, y, aspect)
        : fish
          ? fishColor(fish, part(fish, x, y))
          : waterColor(x, y, near);
    layTile(grout, tile, size, color, random);
  }
  return grout.shrunk(oversample);
}

/** Tiles follow the frame, the fish's spine, the outline of a fish near by, or else the whirl. */
function tileAngle([x, y], aspect, label, fishes, px, py, h) {
  if (label === 20) return 0;
  const around = Math.atan2(y, x) + Math.PI / 2;
  if (label === 19) return around;
  if (label > 0) {
    const tail = label - 1 >= 4 && label - 1 < 6;
    const { s, d } = along(FISH[(label - 1) % 2], x, y);
    return around + (tail ? 2.4 * d * smoothstep(0.82, 0.9, s) : 0);
  }
  const swirl = around - 0.25 + 0.35 * noise2(4 * x, 4 * y, 5) * smoothstep(0.1, 0.4, Math.hypot(x, y));
  const near = smoothstep(0.075, 0.045, fishes.at(px, py) / h);
  if (near === 0) return swirl;
  const outline =
    Math.atan2(fishes.at(px, py + 3) - fishes.at(px, py - 3), fishes.at(px + 3, py) - fishes.at(px - 3, py)) +
    Math.PI / 2;
  return near > 0.5 ? outline : swirl;
}

/** One tessera: an uneven square with chipped corners, its own tilt against the light, streaks in the glass. */
function layTile(plane, { x, y, angle }, size, base, random) {
  const color = varied(base, random.normal(0, 0.014), random.normal(0, 0.1), random.normal(0, 0.1));
  const id = Math.floor(random.uniform(0, 1e6));
  const [halfLong, halfWide] = [size * random.uniform(0.42, 0.49), size * random.uniform(0.4, 0.47)];
  const turn = angle + random.normal(0, 0.05);
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
      const chipped = 0.12 * smoothstep(1.45, 1.9, Math.abs(u) + Math.abs(v));
      const inside =
        1 - Math.max(Math.abs(u) * (1 + skew[0] * v), Math.abs(v) * (1 + skew[1] * u)) + rough - chipped;
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
