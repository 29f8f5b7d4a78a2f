/** Poppies and cornflowers before a wet sky, in transparent washes on rough paper. */
import { hex, mix } from '../../color.mjs';
import { fbm2, noise2 } from '../../noise.mjs';
import { Random } from '../../random.mjs';
import { bell, clamp, lerp, smoothstep } from '../../scalar.mjs';
import { Watercolour } from '../../watercolour.mjs';
import { POPPIES, REDS, buds, cornflowers, poppy, stems } from './flowers.mjs';

export function paint({ width = 640, height = 512 } = {}) {
  const oversample = 2;
  const [w, h] = [width * oversample, height * oversample];
  const random = new Random(31);
  const sheet = new Watercolour(w, h, { scale: oversample * (height / 512) });
  const draw = (shape, pigment, options = {}) => {
    const box = options.box?.map(v => v * h);
    sheet.glaze((x, y) => shape(x / h, y / h), pigment, { ...options, box });
  };
  backdrop(draw);
  distantField(draw, random);
  stems(draw, random);
  buds(draw, random);
  // A damp brush clears the places where blossoms will be.
  clear(sheet, h);
  for (const flower of [...POPPIES].sort((a, b) => a[2] - b[2])) poppy(draw, random, flower);
  cornflowers(draw, random);
  splashes(draw, random);
  return sheet.over(hex('#fbf7ee')).shrunk(oversample);
}

function clear(sheet, h) {
  sheet.lift((px, py) => {
    let lifted = 0;
    for (const [cx, cy, r, turned, tilt] of POPPIES) {
      const [dx, dy] = [px / h - cx, py / h - cy];
      if (Math.abs(dx) > 1.2 * r || Math.abs(dy) > 1.2 * r) continue;
      const u = (dx * Math.cos(tilt) + dy * Math.sin(tilt)) / r;
      const v = (dy * Math.cos(tilt) - dx * Math.sin(tilt)) / (r * (1 - 0.55 * turned));
      lifted = Math.max(
        lifted,
        0.94 * smoothstep(1.02, 0.86, Math.hypot(u, v) + 0.06 * noise2(30 * dx, 30 * dy, 2)),
      );
    }
    return lifted;
  });
}

/** Sky dropped into wet paper: blues, violet, a warm light at the right, white left for clouds. */
function backdrop(draw) {
  const wash = (fx, fy, seed, cut) => (x, y) =>
    smoothstep(cut, cut + 0.4, 0.45 + fbm2(fx * x, fy * y, 4, seed));
  draw((x, y) => wash(2, 2.4, 3, 0.35)(x, y) * smoothstep(0.78, 0.2, y), hex('#8fb9dd'), {
    wander: 14,
    soft: 9,
    rim: 0.25,
    grain: 0.5,
    bloom: 0.5,
  });
  draw(
    (x, y) => wash(2.6, 2, 8, 0.5)(x, y) * smoothstep(0.7, 0.1, y) * smoothstep(1.1, 0.2, x),
    hex('#7f8fd0'),
    { strength: 0.75, wander: 16, soft: 12, rim: 0.2, grain: 0.7, bloom: 0.4 },
  );
  draw((x, y) => bell(Math.hypot(x - 1.05, y - 0.42), 0.36) * 0.9, hex('#fbd68a'), {
    strength: 0.7,
    wander: 14,
    soft: 14,
    rim: 0,
    bloom: 0.3,
  });
  draw((x, y) => bell(Math.hypot(x - 0.2, (y - 0.5) * 1.4), 0.3) * 0.8, hex('#e9b3c4'), {
    strength: 0.55,
    wander: 14,
    soft: 14,
    rim: 0,
    bloom: 0.5,
  });
}

function distantField(draw, random) {
  draw(
    (x, y) => smoothstep(0.6, 0.64, y + 0.03 * noise2(3 * x, 1)) * smoothstep(1.05, 0.75, y),
    hex('#b9cf8a'),
    { wander: 7, soft: 3, rim: 0.5, grain: 0.5, bloom: 0.6 },
  );
  draw((x, y) => smoothstep(0.74, 0.95, y + 0.05 * noise2(4 * x, 5)), hex('#6f9a5c'), {
    strength: 0.8,
    wander: 14,
    soft: 8,
    rim: 0.3,
    grain: 0.6,
    bloom: 0.6,
  });
  draw(
    (x, y) =>
      bell(y - 0.605 - 0.02 * noise2(2.5 * x, 7), 0.018) * smoothstep(0.2, 0.5, 0.5 + noise2(4 * x, 9)),
    hex('#6f8fa8'),
    { strength: 0.7, wander: 6, soft: 2.5 },
  );
  // Far poppies: no more than touches.
  for (let i = 0; i < 46; i++) {
    const [cx, cy] = [random.uniform(0, 1.25), 0.635 + 0.16 * random.uniform() ** 1.3];
    const r = lerp(0.004, 0.016, (cy - 0.63) / 0.16) * random.uniform(0.6, 1.2);
    draw((x, y) => smoothstep(1.1, 0.8, Math.hypot(x - cx, (y - cy) * 1.5) / r), random.pick(REDS), {
      strength: 0.8,
      wander: 2,
      soft: 1.2,
      rim: 0.4,
      box: [cx - r, cy - r, cx + r, cy + r],
    });
  }
}

/** Spatter from a tapped brush. */
function splashes(draw, random) {
  const pigments = [...REDS, mix(hex('#4f7a3a'), hex('#87a14a'), 0.5), hex('#5a7ad8')];
  for (let i = 0; i < 110; i++) {
    const [cx, cy] = [random.uniform(0, 1.25), clamp(random.normal(0.5, 0.28))];
    const r = 0.0012 + 0.006 * random.uniform() ** 3;
    draw((x, y) => smoothstep(1.1, 0.85, Math.hypot(x - cx, y - cy) / r), random.pick(pigments), {
      strength: 0.7,
      wander: 0.6,
      soft: 0.6,
      rim: 0.6,
      box: [cx - r, cy - r, cx + r, cy + r],
    });
  }
}
