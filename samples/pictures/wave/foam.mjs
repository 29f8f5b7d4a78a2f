/** Foam that ends in claws. */
import { FOAM, LINE, MIDDLE, scaledBy } from './palette.mjs';

/** A hook of foam: the points of its spine and its width along them, then two smaller hooks from its bend. */
function hook({ x, y, way, size, hand }, depth, out) {
  const path = [];
  let angle = way;
  for (let i = 0; i <= 16; i++) {
    path.push([x, y]);
    angle += hand * (0.05 + 0.2 * (i / 16));
    x += (Math.cos(angle) * size) / 13;
    y += (Math.sin(angle) * size) / 13;
    if (depth > 0 && (i === 6 || i === 10))
      hook({ x, y, way: angle - hand * 0.95, size: size * 0.52, hand }, depth - 1, out);
  }
  out.push({ path, wide: size * 0.34 });
}

/** White foam with one outline around the whole: everything is cut a little wider in line colour first. */
export function foam(print, s, random, claws, bodies) {
  const hooks = [];
  for (const claw of claws) hook(claw, 1, hooks);
  const blots = bodies.map(([x, y, r]) => [
    x + random.normal(0, 0.004),
    y + random.normal(0, 0.004),
    r * random.uniform(0.7, 1.1),
  ]);
  for (const [color, extra] of [
    [LINE, 0.0064],
    [FOAM, 0],
  ]) {
    for (const [x, y, r] of blots) print.line(scaledBy([[x, y]], s), () => s * (r + extra), color);
    for (const { path, wide } of hooks)
      print.line(scaledBy(path, s), t => s * (wide * (1 - t) ** 0.75 + extra * (1 - 0.4 * t)), color);
  }
  // Blue shadow within the foam, on its under side.
  for (const [x, y, r] of blots) {
    if (random.uniform() < 0.55) continue;
    const bend = [
      [x - r * 0.3, y + r * 0.1],
      [x, y + r * 0.28],
      [x + r * 0.32, y + r * 0.1],
    ];
    print.line(scaledBy(bend, s), () => s * 0.004, MIDDLE);
  }
  for (const { path, wide } of hooks) {
    if (wide < 0.008) continue;
    print.line(
      scaledBy(
        path.slice(1, 11).map(([x, y]) => [x + wide * 0.14, y + wide * 0.14]),
        s,
      ),
      t => s * 0.0036 * (1 - t),
      MIDDLE,
    );
  }
}
