import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Integrator } from '../tracer/integrator.mjs';
import { SunLight, WindowLight } from '../tracer/light.mjs';
import { Scene } from '../tracer/scene.mjs';
import { rectangle, sphere } from '../tracer/solids.mjs';

const grey = () => ({ albedo: [0.5, 0.5, 0.5] });
const dark = () => [0, 0, 0];

/** Fails where two numbers differ by more. */
const close = (actual, expected, tolerance) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);

test('a placed and scaled sphere is hit where geometry says, and casts its shadow', () => {
  const place = { at: [1, 2, -5], scale: 2, turn: [0.3, 0.7, 0] };
  const scene = new Scene({
    objects: [{ mesh: sphere(96), material: grey, place }],
    lights: [],
    surroundings: dark,
  });
  const hit = scene.hit([1, 2, 5], [0, 0, -1]);
  close(hit.t, 8, 0.05);
  assert.ok(hit.normal[2] > 0.99);
  assert.equal(scene.hit([1, 4.2, 5], [0, 0, -1]), null);
  assert.equal(scene.blocked([1, 2, 5], [0, 0, -1], 7), false);
  assert.equal(scene.blocked([1, 2, 5], [0, 0, -1], 9), true);
});

test('a window lights a floor as the form factor says', () => {
  // A unit square lamp a distance h above a point: irradiance = L · F, F of two parallel squares' differential patch.
  const h = 1;
  const floor = { mesh: rectangle([-5, 0, 5], [10, 0, 0], [0, 0, -10]), material: grey };
  const lamp = new WindowLight({
    corner: [-0.5, h, -0.5],
    across: [1, 0, 0],
    up: [0, 0, 1],
    radiance: [1, 1, 1],
  });
  const scene = new Scene({ objects: [floor], lights: [lamp], surroundings: dark });
  const integrator = new Integrator(scene, { bounces: 0 });
  let sum = 0;
  const samples = 4096;
  for (let i = 0; i < samples; i++) {
    integrator.begin(7, i);
    sum += integrator.look([0, 0.5, 0], [0, -1, 0]).light[0];
  }
  const k = 0.5 / h;
  const quarter = (k / Math.hypot(1, k)) * Math.atan(k / Math.hypot(1, k)) * 2;
  close(sum / samples, (4 * quarter) / (2 * Math.PI), 0.005);
});

test('a surface that faces the sun has the sun’s irradiance over π, one behind it none', () => {
  const floor = { mesh: rectangle([-5, 0, 5], [10, 0, 0], [0, 0, -10]), material: grey };
  const lit = towards => {
    const sun = new SunLight({ towards, radius: 0.005, irradiance: [3, 3, 3] });
    const scene = new Scene({ objects: [floor], lights: [sun], surroundings: dark });
    const integrator = new Integrator(scene, { bounces: 0 });
    integrator.begin(0, 0);
    return integrator.look([0, 1, 0], [0, -1, 0]).light[0];
  };
  close(lit([0, 1, 0]), 3 / Math.PI, 0.0005);
  assert.equal(lit([0, -1, 0]), 0);
});
