import type { FloatImage } from '../src/nst/image';

/** A square of smooth waves with grain: neither constant nor pure noise, so that activations are as sparse as in practice. */
export function picture(side: number, phase: number): FloatImage {
  const data = Float32Array.from({ length: 3 * side * side }, (_, i) => {
    const [x, y, c] = [i % side, Math.floor(i / side) % side, Math.floor(i / side / side)];
    const grain = ((i * 2654435761) % 1009) / 1009 - 0.5;
    return (
      0.5 + 0.2 * Math.sin(phase + (x * (c + 3)) / 23) + 0.2 * Math.cos(phase * 2 + y / 17) + 0.2 * grain
    );
  });
  return { width: side, height: side, data };
}
