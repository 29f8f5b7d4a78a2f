/** A table by a window: jug, fruit on a pewter plate, grapes, a knife on linen. */
import { Random } from '../../random.mjs';
import { smoothstep } from '../../scalar.mjs';
import { points } from '../../shape.mjs';
import { Camera } from '../../tracer/camera.mjs';
import { develop } from '../../tracer/develop.mjs';
import { expose } from '../../tracer/exposure.mjs';
import { Integrator } from '../../tracer/integrator.mjs';
import { WindowLight } from '../../tracer/light.mjs';
import { Scene } from '../../tracer/scene.mjs';
import * as fruit from './fruit.mjs';
import * as wares from './wares.mjs';

const PLATE = [1.0, 0.02, -0.15];

function withStem(mesh, material, place, path) {
  return [
    { mesh, material, place },
    { mesh: fruit.stem(path), material: fruit.stalk, place },
  ];
}

function grapes(random) {
  const mesh = fruit.grape();
  const bunch = [];
  // Berries are pushed apart from a loose pile until they only touch.
  const berries = Array.from({ length: 46 }, () => ({
    r: random.uniform(0.125, 0.165),
    x: 1.75 + random.normal(0, 0.36),
    y: 0.2 + Math.abs(random.normal(0, 0.2)),
    z: 1.0 + random.normal(0, 0.26),
  }));
  for (let round = 0; round < 120; round++) {
    for (const a of berries) {
      a.y -= 0.004;
      a.x += (1.75 - a.x) * 0.004;
      a.z += (1.0 - a.z) * 0.004;
      for (const b of berries) {
        if (a === b) continue;
        const [dx, dy, dz] = [a.x - b.x, a.y - b.y, a.z - b.z];
        const distance = Math.hypot(dx, dy, dz) || 1e-6;
        const overlap = (a.r + b.r) * 0.97 - distance;
        if (overlap <= 0) continue;
        const k = (0.5 * overlap) / distance;
        a.x += dx * k;
        a.y += dy * k;
        a.z += dz * k;
        b.x -= dx * k;
        b.y -= dy * k;
        b.z -= dz * k;
      }
      a.y = Math.max(a.y, a.r + 0.01);
    }
  }
  berries.forEach(({ x, y, z, r }, i) => {
    const place = {
      at: [x, y, z],
      scale: [r, r * random.uniform(1.02, 1.16), r],
      turn: [random.uniform(-1, 1), 0, random.uniform(-1, 1)],
    };
    const material = fruit.grapeSkin({
      color: random.pick(['#2c1330', '#3a1236', '#231433', '#4a1632']),
      bloom: '#8088a8',
      seed: 3.1 * i,
    });
    bunch.push({ mesh, material, place });
  });
  return bunch;
}

function scene() {
  const random = new Random(7);
  const ripe = { ground: '#c9a23a', blush: '#94191c' };
  const short = points('0,0.66,0 0.01,0.8,0 0.05,0.98,0.02');
  const tall = points('0,1.16,0 0.01,1.3,0.01 0.09,1.5,0.03');
  const objects = [
    { mesh: wares.table(), material: wares.wood },
    { mesh: wares.wall(), material: wares.plaster },
    {
      mesh: wares.cloth(points('-1.35,-0.65,0.55 -0.75,1.15,0.3 1.0,-0.15,1.0 -1.75,1.0,0.3 0.1,1.3,0.3')),
      material: wares.linen,
    },
    { mesh: wares.jug(), material: wares.glaze, place: { at: [-1.35, 0.03, -0.65], turn: [0, -0.35, 0] } },
    {
      mesh: wares.jugHandle(),
      material: wares.glaze,
      place: { at: [-1.35, 0.03, -0.65], turn: [0, -0.35, 0] },
    },
    { mesh: wares.plate(), material: wares.pewter, place: { at: PLATE } },
    ...withStem(
      fruit.pear(1),
      fruit.pearSkin({ ground: '#b9a63a', blush: '#b8622a', russet: '#6b4a22', seed: 2 }),
      { at: [0.62, 0.07, -0.5], scale: 1.12, turn: [0.0, 0.6, 0.06] },
      tall,
    ),
    ...withStem(
      fruit.apple(2),
      fruit.appleSkin({ ...ripe, red: 0.62, seed: 5 }),
      { at: [1.62, 0.09, -0.42], scale: 1.02, turn: [0.1, 2, -0.12] },
      short,
    ),
    ...withStem(
      fruit.apple(3),
      fruit.appleSkin({ ground: '#a9b145', blush: '#b5552f', red: 0.28, seed: 9 }),
      { at: [1.02, 0.08, 0.28], scale: 0.94, turn: [0.25, 0.4, 0.18] },
      short,
    ),
    ...withStem(
      fruit.pear(4),
      fruit.pearSkin({ ground: '#8f9a3a', blush: '#a07a2c', russet: '#5d4722', seed: 6 }),
      { at: [1.28, 0.62, -0.62], scale: 1.0, turn: [-0.2, 2.4, -1.15] },
      tall,
    ),
    ...withStem(
      fruit.apple(5),
      fruit.appleSkin({ ...ripe, red: 0.78, seed: 13 }),
      { at: [-0.72, 0.02, 1.1], scale: 0.98, turn: [-0.32, 1.2, 0.3] },
      short,
    ),
    {
      mesh: fruit.lemon(6),
      material: fruit.lemonSkin(3),
      place: { at: [-1.78, 0.36, 1.0], turn: [1.45, 0.5, 0.3], scale: 0.98 },
    },
    {
      mesh: wares.blade(),
      material: wares.steel,
      place: { at: [0.25, 0.1, 1.62], turn: [0.05, 0.35, 0.02] },
    },
    {
      mesh: wares.handle(),
      material: wares.bone,
      place: { at: [0.25, 0.1, 1.62], turn: [0.05, 0.35, 0.02] },
    },
    ...grapes(random),
  ];
  const bars = (u, v) => {
    const bar = (t, n) => smoothstep(0.012, 0.03, Math.abs(((t * n + 0.5) % 1) - 0.5) / n);
    return bar(u, 2) * bar(v, 3);
  };
  const daylight = new WindowLight({
    corner: [-6.2, 1.2, 3.6],
    across: [0.6, 0, -4.4],
    up: [0, 4.2, 0],
    radiance: [9.5, 9.6, 9.8],
    pattern: bars,
  });
  return new Scene({
    objects,
    lights: [daylight],
    surroundings: ([x, y]) => [0.1, 0.085, 0.07].map(v => v * (1 + 0.6 * y + 0.3 * x)),
  });
}

export function paint({ width = 768, height = 576, samples = 9 } = {}) {
  const camera = new Camera({
    from: [0.5, 3.0, 10.4],
    to: [0.05, 1.05, 0],
    fov: 23.5,
    aspect: width / height,
    aperture: 0.05,
    focus: 10.3,
  });
  const integrator = new Integrator(scene(), { indirect: 0.6 });
  return develop(expose({ integrator, camera, width, height, samples, edgeSamples: 5 * samples }), {
    exposure: 1.8,
  });
}
