import { hash } from '../random.mjs';
import { add, cosineDirection, dot, mirrored, times, unit } from './vector.mjs';

const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
const STEPS = PRIMES.map(p => Math.sqrt(p) % 1);

/**
 * Traces one picture's rays: up to `bounces` diffuse reflections, the first followed for a share `indirect` of the
 * samples (light from elsewhere is smooth, and the denoiser knows). A material is surface(hit, detail) returning
 * { albedo, normal?, specular?, roughness?, through? }: linear diffuse colour, bent normal, reflectance at normal
 * incidence, spread of the reflection, and the share of light that arrives from behind (thin leaves, cloth).
 */
export class Integrator {
  constructor(scene, { bounces = 2, indirect = 1 } = {}) {
    this.scene = scene;
    this.indirect = indirect;
    this.bounces = bounces;
  }

  /** Chooses the sample's point in every dimension: a shifted Kronecker sequence, so samples of one pixel are spread evenly. */
  begin(pixel, sample) {
    this.pixel = pixel;
    this.index = sample;
    this.dimension = 0;
  }

  #next() {
    const d = this.dimension++;
    return (hash(this.pixel, d) + (this.index + 1) * STEPS[d % STEPS.length]) % 1;
  }

  /** Two coordinates in [0, 1) of the current sample. */
  pair() {
    return [this.#next(), this.#next()];
  }

  /**
   * What a camera ray sees, split for denoising: light arriving at the diffuse surface, its albedo, and everything
   * that is not diffuse (`gloss`), with the normal and distance of the first hit.
   */
  look(origin, direction) {
    const hit = this.scene.hit(origin, direction);
    if (!hit) {
      const gloss = this.scene.surroundings(direction, origin, true);
      return { hit: null, light: [0, 0, 0], albedo: [0, 0, 0], gloss, normal: [0, 0, 0], depth: 1e4 };
    }
    const surface = this.#surface(hit, true);
    const light = this.#gathered(hit, surface, this.bounces);
    const gloss = surface.emission ? [...surface.emission] : [0, 0, 0];
    if (surface.specular > 0) {
      const reflected = this.#reflected(hit, surface, direction);
      for (let c = 0; c < 3; c++) gloss[c] += reflected[c];
    }
    let { albedo } = surface;
    if (this.scene.air) {
      const { kept, veil } = this.scene.air(hit.t, direction);
      albedo = albedo.map((v, c) => v * kept[c]);
      for (let c = 0; c < 3; c++) gloss[c] = gloss[c] * kept[c] + veil[c] * (1 - kept[c]);
    }
    return { hit, light, albedo, gloss, normal: surface.normal, depth: hit.t };
  }

  #surface(hit, detail) {
    const surface = hit.object.material(hit, detail);
    surface.normal ??= hit.normal;
    surface.specular ??= 0;
    surface.roughness ??= 0.3;
    surface.through ??= 0;
    return surface;
  }

  /** Light gathered by a diffuse surface: irradiance over π, without its albedo. */
  #gathered(hit, surface, bounces) {
    const { normal, through } = surface;
    const start = offset(hit);
    const sum = [0, 0, 0];
    for (const source of this.scene.lights) {
      const [u, v] = this.pair();
      const light = source.sample(hit.position, u, v);
      if (!light) continue;
      const cosine = dot(normal, light.direction);
      const facing = dot(hit.face, light.direction) > 0;
      const weight = facing ? Math.max(0, cosine) * (1 - through) : through * Math.max(0, -cosine);
      if (weight <= 0) continue;
      const from = facing ? start : offset(hit, -1);
      if (this.scene.blocked(from, light.direction, light.distance * 0.999)) continue;
      for (let c = 0; c < 3; c++) sum[c] += (light.radiance[c] * weight) / Math.PI;
    }
    if (bounces > 0 && (this.indirect === 1 || this.#next() < this.indirect)) {
      const [u, v] = this.pair();
      let side = 1;
      if (through > 0 && u < through) side = -1;
      const turned = side === 1 ? normal : times(normal, -1);
      const direction = cosineDirection(turned, through > 0 ? this.pair()[0] : u, v);
      if (side * dot(direction, hit.face) > 0) {
        const arriving = this.#arriving(offset(hit, side), direction, bounces - 1);
        for (let c = 0; c < 3; c++) sum[c] += arriving[c] / this.indirect;
      }
    }
    return sum;
  }

  /** Diffuse radiance arriving along a ray, lights themselves left out (they are sampled directly). */
  #arriving(origin, direction, bounces) {
    const hit = this.scene.hit(origin, direction);
    if (!hit) return this.scene.surroundings(direction, origin, false);
    const surface = this.#surface(hit, false);
    const light = this.#gathered(hit, surface, bounces);
    return light.map((v, c) => v * surface.albedo[c] + (surface.emission?.[c] ?? 0));
  }

  /** Radiance mirrored towards the eye, by Schlick's Fresnel and a lobe of the surface's roughness. */
  #reflected(hit, surface, direction) {
    const { specular, roughness, tint = [1, 1, 1] } = surface;
    const [u, v] = this.pair();
    // A microfacet normal of the GGX distribution stands in for the whole lobe.
    const spread = roughness * roughness;
    const cosine = Math.sqrt((1 - u) / (1 + (spread * spread - 1) * u));
    const sine = Math.sqrt(Math.max(0, 1 - cosine * cosine));
    const around = cosineFrame(surface.normal, cosine, sine, 2 * Math.PI * v);
    const out = mirrored(direction, around);
    if (dot(out, hit.face) <= 0) return [0, 0, 0];
    const grazing = (1 - Math.max(0, -dot(direction, around))) ** 5;
    // Rough surfaces shadow themselves at grazing angles.
    const fresnel = specular + (1 - specular) * grazing * (1 - roughness) ** 4;
    const start = offset(hit);
    const next = this.scene.hit(start, out);
    let seen = null;
    for (const light of this.scene.lights) seen ??= light.emitted(start, out, next?.t ?? Infinity);
    if (!seen) {
      if (next) {
        const other = this.#surface(next, false);
        const light = this.#gathered(next, other, 1);
        seen = light.map((value, c) => value * other.albedo[c] + (other.emission?.[c] ?? 0));
        if (this.scene.air) {
          const { kept, veil } = this.scene.air(next.t, out);
          seen = seen.map((v, c) => v * kept[c] + veil[c] * (1 - kept[c]));
        }
      } else {
        seen = this.scene.surroundings(out, start, true);
      }
    }
    return seen.map((value, c) => value * fresnel * tint[c]);
  }
}

/** A start for rays leaving a surface, clear of the surface itself. */
function offset(hit, side = 1) {
  return add(hit.position, times(hit.face, side * 1e-4 * Math.max(1, hit.t)));
}

function cosineFrame(normal, cosine, sine, angle) {
  const d = cosineDirection(normal, 1, angle / (2 * Math.PI));
  return unit([0, 1, 2].map(i => normal[i] * cosine + d[i] * sine));
}
