// What relief.py finds, line by line.

const EDGE = 4;
const ROUNDS = 300;
const SAME = 0.1;
const TIE = 1e-9;
const PAIRS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 2, 0],
];
const SQUARE = [
  [0, 0],
  [0, 1],
  [1, 1],
  [1, 0],
  [0, 0],
];

// Σ⁻¹ and log |A| of Σ = A Aᵀ, where A is [a, b, c, d], row by row.
export function inverse([a, b, c, d]) {
  const det = a * d - b * c;
  const [p, q, r] = [a * a + b * b, a * c + b * d, c * c + d * d];
  return { precision: [r, -q, p].map((v) => v / det ** 2), logDet: Math.log(Math.abs(det)) };
}

export function squared(precision, gx, gy) {
  return precision[0] * gx * gx + 2 * precision[1] * gx * gy + precision[2] * gy * gy;
}

// The nodes [row, column] that are higher than all around them.
function summits(heights, n, highest) {
  const at = (i, j) => (i < 0 || j < 0 || i >= n || j >= n ? -1 : heights[i * n + j]);
  const found = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const here = at(i, j);
      if (here <= 1e-9 * highest) continue;
      let top = true;
      for (let k = 0; k < 9 && top; k++) {
        top = k === 4 || here > at(i - 1 + Math.floor(k / 3), j - 1 + (k % 3));
      }
      if (top) found.push([i, j]);
    }
  }
  return found;
}

function climb(place, weights, means, inverses) {
  const constants = weights.map((weight, k) => Math.log(weight) - inverses[k].logDet);
  const logs = new Float64Array(weights.length);
  let [x, y] = place;
  for (let round = 0; round < ROUNDS; round++) {
    let top = -Infinity;
    for (let k = 0; k < logs.length; k++) {
      const { precision } = inverses[k];
      logs[k] = constants[k] - 0.5 * squared(precision, x - means[k][0], y - means[k][1]);
      top = Math.max(top, logs[k]);
    }
    let [a, b, c, u, v] = [0, 0, 0, 0, 0];
    for (let k = 0; k < logs.length; k++) {
      const r = Math.exp(logs[k] - top);
      const [mx, my] = means[k];
      const [p, q, s] = inverses[k].precision;
      a += r * p;
      b += r * q;
      c += r * s;
      u += r * (p * mx + q * my);
      v += r * (q * mx + s * my);
    }
    const det = a * c - b * b;
    x = (c * u - b * v) / det;
    y = (a * v - b * u) / det;
  }
  return [x, y];
}

export function tops(weights, means, axes, heights, n) {
  const inverses = axes.map(inverse);
  const highest = heights.reduce((a, b) => Math.max(a, b));
  const kept = [];
  for (const [row, column] of summits(heights, n, highest)) {
    const start = [column, row].map((v) => v * ((2 * EDGE) / (n - 1)) - EDGE);
    const place = climb(start, weights, means, inverses);
    if (kept.every(([x, y]) => Math.hypot(place[0] - x, place[1] - y) > SAME)) kept.push(place);
  }
  return kept;
}

// terms: n × n × 3, row by row.
export function borders(terms, n) {
  const step = (2 * EDGE) / (n - 1);
  const lines = [];
  for (const [i, j, third] of PAIRS) {
    const gap = (node) => terms[3 * node + i] - terms[3 * node + j];
    const above = new Uint8Array(n * n);
    for (let node = 0; node < n * n; node++) above[node] = gap(node) > TIE;
    for (let row = 0; row < n - 1; row++) {
      for (let column = 0; column < n - 1; column++) {
        const node = row * n + column;
        const corners = above[node] + above[node + 1] + above[node + n] + above[node + n + 1];
        if (corners === 0 || corners === 4) continue;
        const found = [];
        for (let k = 0; k < 4; k++) {
          const [from, to] = [SQUARE[k], SQUARE[k + 1]];
          const [a, b] = [from, to].map(([up, across]) => node + up * n + across);
          if (above[a] === above[b]) continue;
          const t = gap(a) / (gap(a) - gap(b));
          const mix = (l) => (1 - t) * terms[3 * a + l] + t * terms[3 * b + l];
          const across = column + from[1] + t * (to[1] - from[1]);
          const up = row + from[0] + t * (to[0] - from[0]);
          found.push([across, up, (mix(i) + mix(j)) / 2 - mix(third)]);
        }
        for (let k = 0; k < found.length; k += 2) {
          const [one, two] = [found[k], found[k + 1]];
          if ((one[2] + two[2]) / 2 < 0) continue;
          lines.push(...[one[0], one[1], two[0], two[1]].map((v) => v * step - EDGE));
        }
      }
    }
  }
  return { data: Float64Array.from(lines), shape: [lines.length / 4, 2, 2] };
}
