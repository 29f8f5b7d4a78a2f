import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { resourcePath } from '../../../src/resources';

type Vector = [number, number, number];
type Hit = { t: number; position: Vector; normal: Vector };
type Light = { sample(at: Vector, u: number, v: number): { direction: Vector; radiance: Vector } | null };
type Scene = {
  hit(origin: Vector, direction: Vector): Hit | null;
  blocked(origin: Vector, direction: Vector, distance: number): boolean;
};
type Look = { begin(pixel: number, sample: number): void; look(o: Vector, d: Vector): { light: Vector } };

const part = async <T>(name: string) =>
  (await import(pathToFileURL(resourcePath(`scripts/samples/tracer/${name}.mjs`)).href)) as T;
const { Scene } = await part<{ Scene: new (settings: object) => Scene }>('scene');
const { sphere, rectangle } = await part<{
  sphere: (around: number) => object;
  rectangle: (corner: Vector, a: Vector, b: Vector) => object;
}>('solids');
const { WindowLight, SunLight } =
  await part<Record<'WindowLight' | 'SunLight', new (s: object) => Light>>('light');
const { Integrator } = await part<{ Integrator: new (scene: Scene, settings: object) => Look }>('integrator');

const grey = () => ({ albedo: [0.5, 0.5, 0.5] });
const dark = () => [0, 0, 0];

describe('the tracer', () => {
  it('hits a placed and scaled sphere where geometry says, and casts its shadow', () => {
    const objects = [
      { mesh: sphere(96), material: grey, place: { at: [1, 2, -5], scale: 2, turn: [0.3, 0.7, 0] } },
    ];
    const scene = new Scene({ objects, lights: [], surroundings: dark });
    const hit = scene.hit([1, 2, 5], [0, 0, -1]);
    expect(hit?.t).toBeCloseTo(8, 1);
    expect(hit?.normal[2]).toBeGreaterThan(0.99);
    expect(scene.hit([1, 4.2, 5], [0, 0, -1])).toBeNull();
    expect(scene.blocked([1, 2, 5], [0, 0, -1], 7)).toBe(false);
    expect(scene.blocked([1, 2, 5], [0, 0, -1], 9)).toBe(true);
  });

  it('lights a floor by a window as the form factor says', () => {
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
    const look = new Integrator(scene, { bounces: 0 });
    let sum = 0;
    const samples = 4096;
    for (let i = 0; i < samples; i++) {
      look.begin(7, i);
      sum += look.look([0, 0.5, 0], [0, -1, 0]).light[0];
    }
    const k = 0.5 / h;
    const quarter = (k / Math.hypot(1, k)) * Math.atan(k / Math.hypot(1, k)) * 2;
    const formFactor = (4 * quarter) / (2 * Math.PI);
    expect(sum / samples).toBeCloseTo(formFactor, 2);
  });

  it('gives a surface facing the sun the sun’s irradiance over π, and none behind it', () => {
    const floor = { mesh: rectangle([-5, 0, 5], [10, 0, 0], [0, 0, -10]), material: grey };
    const light = (towards: Vector) => {
      const sun = new SunLight({ towards, radius: 0.005, irradiance: [3, 3, 3] });
      const look = new Integrator(new Scene({ objects: [floor], lights: [sun], surroundings: dark }), {
        bounces: 0,
      });
      look.begin(0, 0);
      return look.look([0, 1, 0], [0, -1, 0]).light[0];
    };
    expect(light([0, 1, 0])).toBeCloseTo(3 / Math.PI, 3);
    expect(light([0, -1, 0])).toBe(0);
  });
});
