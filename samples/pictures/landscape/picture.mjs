/** Evening over a lake: cottage and jetty, woods in early autumn, hills and mountains under cumulus. */
import { fbm3, noise3 } from '../../noise.mjs';
import { Random } from '../../random.mjs';
import { points } from '../../shape.mjs';
import { Camera } from '../../tracer/camera.mjs';
import { develop } from '../../tracer/develop.mjs';
import { expose } from '../../tracer/exposure.mjs';
import { Integrator } from '../../tracer/integrator.mjs';
import { SunLight } from '../../tracer/light.mjs';
import { Mesh } from '../../tracer/mesh.mjs';
import { Scene } from '../../tracer/scene.mjs';
import { unit } from '../../tracer/vector.mjs';
import * as ground from './ground.mjs';
import * as house from './house.mjs';
import { forest, undergrowth } from './planting.mjs';
import { clearSky, paintedSky } from './sky.mjs';

const SUN = unit([-0.8, 0.34, -0.12]);
const COTTAGE = [24, -104];

function boulders(random) {
  const stones = [1, 2, 3].map(seed =>
    Mesh.grid(
      48,
      28,
      (u, v) => {
        const ring = Math.sin(Math.PI * v);
        const p = [
          ring * Math.cos(-2 * Math.PI * u),
          -Math.cos(Math.PI * v),
          ring * Math.sin(-2 * Math.PI * u),
        ];
        const swell =
          1 +
          0.35 * noise3(1.1 * p[0] + 9 * seed, 1.1 * p[1], 1.1 * p[2], seed) +
          0.12 * fbm3(3 * p[0], 3 * p[1], 3 * p[2], 3, seed);
        return [p[0] * swell, p[1] * swell * 0.62, p[2] * swell];
      },
      { closed: true },
    ),
  );
  return points(`
  3.1,-8.6,0.75 4.2,-8.9,0.42 2.2,-9.6,0.34 5.3,-7.6,0.5 4.9,-9.8,0.24 -0.6,-13.4,0.5
  0.4,-13.0,0.3 6.6,-9.4,0.62 7.3,-8.8,0.3
`).map(([x, z, scale], i) => ({
    mesh: stones[i % 3],
    material: ground.stone,
    place: {
      at: [x, Math.max(-0.05, ground.elevation(x, z)) + 0.12 * scale, z],
      scale,
      turn: [0, random.uniform(0, 6.28), random.normal(0, 0.12)],
    },
  }));
}

function homestead() {
  const place = {
    at: [COTTAGE[0], ground.elevation(...COTTAGE) - 0.1, COTTAGE[1]],
    turn: [0, 0.42, 0],
    scale: 1.15,
  };
  return [
    { mesh: house.walls(), material: house.whitewash, place },
    { mesh: house.roof(), material: house.tiles, place },
    { mesh: house.chimney(), material: house.brick, place },
    { mesh: house.jetty(), material: house.planks, place: { at: [14, 0, -92], turn: [0, -0.35, 0] } },
    {
      mesh: house.boat(),
      material: house.paintwork,
      place: { at: [8.2, 0.0, -78], turn: [0, 0.5, 0], scale: 1.1 },
    },
  ];
}

function scene() {
  const random = new Random(88);
  const sky = paintedSky(SUN);
  return new Scene({
    objects: [
      { mesh: ground.terrain(), material: ground.soil },
      { mesh: ground.lake(), material: ground.water },
      ...homestead(),
      ...forest(random, COTTAGE),
      ...undergrowth(random),
      ...boulders(random),
    ],
    lights: [new SunLight({ towards: SUN, radius: 0.009, irradiance: [9.5, 6.9, 4.2] })],
    surroundings: (direction, _, detail) => sky(direction, detail),
    // Haze thickens with distance, warm towards the sun and blue away from it.
    air: (distance, direction) => {
      const level = unit([direction[0], 0.03, direction[2]]);
      const veil = clearSky(level, SUN);
      return {
        kept: [1 / 2300, 1 / 1900, 1 / 1450].map(k => Math.exp(-distance * k)),
        veil: [0.62, 0.66, 0.74].map((k, c) => k * veil[c]),
      };
    },
  });
}

export function paint({ width = 768, height = 576, samples = 7 } = {}) {
  const camera = new Camera({
    from: [2, 3.6, 6],
    to: [1, 7.2, -100],
    fov: 34,
    aspect: width / height,
    aperture: 0.01,
    focus: 60,
  });
  const integrator = new Integrator(scene(), { bounces: 1, indirect: 0.5 });
  return develop(expose({ integrator, camera, width, height, samples }), { exposure: 0.95 });
}
