/**
 * A bounding volume hierarchy over axis-aligned boxes, built by the binned surface area heuristic.
 * Nodes lie in flat arrays; a node with count > 0 is a leaf over order[first … first + count), otherwise its children
 * are first and first + 1.
 */
const BINS = 12;

export class Bvh {
  /** @param {Float32Array} boxes six numbers an item: the minimum corner, then the maximum */
  constructor(boxes, leafSize = 4) {
    const n = boxes.length / 6;
    this.order = Uint32Array.from({ length: n }, (_, i) => i);
    this.bounds = new Float32Array(Math.max(1, 2 * n) * 6);
    this.first = new Int32Array(Math.max(1, 2 * n));
    this.count = new Int32Array(Math.max(1, 2 * n));
    this.#build(boxes, n, leafSize);
  }

  #build(boxes, n, leafSize) {
    const { order, bounds, first, count } = this;
    let nodes = 1;
    const work = [[0, 0, n]];
    while (work.length > 0) {
      const [node, start, end] = work.pop();
      const centre = enclose(boxes, order, start, end, bounds, node * 6);
      const split = end - start > leafSize ? bestSplit(boxes, order, start, end, centre) : null;
      if (!split) {
        first[node] = start;
        count[node] = end - start;
        continue;
      }
      const middle = partition(boxes, order, start, end, split);
      first[node] = nodes;
      work.push([nodes, start, middle], [nodes + 1, middle, end]);
      nodes += 2;
    }
    this.bounds = bounds.slice(0, nodes * 6);
    this.first = first.slice(0, nodes);
    this.count = count.slice(0, nodes);
  }
}

/** Writes the box around items [start, end) and returns the box around their centres (doubled). */
function enclose(boxes, order, start, end, out, at) {
  const centre = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
  for (let a = 0; a < 3; a++) {
    let low = Infinity;
    let high = -Infinity;
    for (let i = start; i < end; i++) {
      const item = order[i] * 6;
      low = Math.min(low, boxes[item + a]);
      high = Math.max(high, boxes[item + a + 3]);
      const middle = boxes[item + a] + boxes[item + a + 3];
      centre[a] = Math.min(centre[a], middle);
      centre[a + 3] = Math.max(centre[a + 3], middle);
    }
    out[at + a] = low;
    out[at + a + 3] = high;
  }
  return centre;
}

function bestSplit(boxes, order, start, end, centre) {
  let best = null;
  let bestCost = Infinity;
  for (let axis = 0; axis < 3; axis++) {
    const low = centre[axis];
    const extent = centre[axis + 3] - low;
    if (extent <= 1e-12) continue;
    const bins = Array.from({ length: BINS }, () => ({
      count: 0,
      box: [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity],
    }));
    const scale = BINS / extent;
    for (let i = start; i < end; i++) {
      const item = order[i] * 6;
      const bin = bins[Math.min(BINS - 1, ((boxes[item + axis] + boxes[item + axis + 3] - low) * scale) | 0)];
      bin.count++;
      grow(bin.box, boxes, item);
    }
    const rightCost = new Float64Array(BINS);
    let box = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
    let items = 0;
    for (let b = BINS - 1; b > 0; b--) {
      items += bins[b].count;
      if (bins[b].count > 0) grow(box, bins[b].box, 0);
      rightCost[b] = items === 0 ? 0 : items * area(box);
    }
    box = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
    items = 0;
    for (let b = 0; b < BINS - 1; b++) {
      items += bins[b].count;
      if (bins[b].count > 0) grow(box, bins[b].box, 0);
      if (items === 0 || items === end - start) continue;
      const cost = items * area(box) + rightCost[b + 1];
      if (cost < bestCost) {
        bestCost = cost;
        best = { axis, low, scale, bin: b };
      }
    }
  }
  return best;
}

function partition(boxes, order, start, end, { axis, low, scale, bin }) {
  let i = start;
  let j = end;
  while (i < j) {
    const item = order[i] * 6;
    if (Math.min(BINS - 1, ((boxes[item + axis] + boxes[item + axis + 3] - low) * scale) | 0) <= bin) i++;
    else [order[i], order[j]] = [order[--j], order[i]];
  }
  return i;
}

function grow(box, other, at) {
  for (let a = 0; a < 3; a++) {
    if (other[at + a] < box[a]) box[a] = other[at + a];
    if (other[at + a + 3] > box[a + 3]) box[a + 3] = other[at + a + 3];
  }
}

function area(box) {
  const x = box[3] - box[0];
  const y = box[4] - box[1];
  const z = box[5] - box[2];
  return x * y + y * z + z * x;
}
