// Lesson 04's fits at their moments, and the peaks of a posterior: the twin of fits.py.

import { fog } from "./fog.js";

export const EDGE = 3.2; // of the plane
export const Z_EDGE = 6; // of the line z
const SIDE = 81; // places of the grid along each axis on which threads part
const RARE = -5; // nats: from step 200 on about 1 in 100 held-out points scores less
export const J = 1200; // cells of −12 < z < 12
export const THREADS = 20;
const HIDDEN = 32;
const LOG_2PI = Math.log(2 * Math.PI);

const range = (low, high, n) =>
  Float64Array.from({ length: n }, (_, i) => low + ((high - low) * i) / (n - 1));
const middles = (edge, n) =>
  Float64Array.from({ length: n }, (_, j) => edge * ((2 * j + 1) / n - 1));
export const Z = middles(12, J);
const FOG_Z = middles(4, 150);

export const rows = (points, width = 2) => ({
  data: Float64Array.from(points.flat()),
  shape: [points.length, width],
});

// One layer for four codes side by side: outputs of `theta` from `at` on, as parameters_to_vector
// leaves them. Four sums at a time are faster than one.
function layer(input, output, theta, at) {
  const n = input.length / 4;
  const bias = at + (n * output.length) / 4;
  for (let i = 0; i < output.length / 4; i++) {
    let a = theta[bias + i];
    let [b, c, d] = [a, a, a];
    for (let k = 0; k < n; k++) {
      const weight = theta[at + i * n + k];
      a += weight * input[4 * k];
      b += weight * input[4 * k + 1];
      c += weight * input[4 * k + 2];
      d += weight * input[4 * k + 3];
    }
    output[4 * i] = a;
    output[4 * i + 1] = b;
    output[4 * i + 2] = c;
    output[4 * i + 3] = d;
  }
}

function silu(h) {
  for (let i = 0; i < h.length; i++) h[i] /= 1 + Math.exp(-h[i]);
}

// The decoder, 1 → 32 → 32 → 4: all z → μ and σ, two numbers each.
function decoder(theta) {
  const [input, first, second, out] = [1, HIDDEN, HIDDEN, 4].map((n) => new Float64Array(4 * n));
  return (z) => {
    const mu = new Float64Array(2 * z.length);
    const std = new Float64Array(2 * z.length);
    for (let j = 0; j < z.length; j += 4) {
      for (let c = 0; c < 4; c++) input[c] = z[j + c] ?? 0;
      layer(input, first, theta, 0);
      silu(first);
      layer(first, second, theta, 64);
      silu(second);
      layer(second, out, theta, 1120);
      for (let c = 0; c < 4 && j + c < z.length; c++) {
        for (let k = 0; k < 2; k++) {
          mu[2 * (j + c) + k] = out[4 * k + c];
          std[2 * (j + c) + k] = Math.exp(out[4 * (2 + k) + c] / 2);
        }
      }
    }
    return { mu, std };
  };
}

// The 1σ circle of the Gaussian j.
const circle = ({ mu, std }, j) =>
  rows(
    Array.from(range(0, 2 * Math.PI, 41), (angle) => [
      mu[2 * j] + std[2 * j] * Math.cos(angle),
      mu[2 * j + 1] + std[2 * j + 1] * Math.sin(angle),
    ]),
  );

// What depends on the moment alone is kept, as most moves change only x.
let kept = {};

export function momentOf(fixed, run, moment) {
  const [, n, size] = fixed.weights.shape;
  const from = (run * n + moment) * size;
  if (kept.from === from && kept.weights === fixed.weights.data) return kept;
  const decode = decoder(Float64Array.from(fixed.weights.data.slice(from, from + size)));
  const own = decode(FOG_Z);
  const marked = decode(range(-2, 2, 5));
  const ends = [decode(range(-Z_EDGE, -2.5, 36)).mu, decode(range(2.5, Z_EDGE, 36)).mu];
  const curve = decode(range(-2.5, 2.5, 101)).mu;
  const weights = FOG_Z.map((z) => Math.exp((-z * z) / 2));
  const arrays = {
    density: fog(weights, own.mu, own.std, EDGE),
    ends: { data: Float64Array.from([...ends[0], ...ends[1]]), shape: [2, 36, 2] },
    curve: { data: curve, shape: [101, 2] },
    ...Object.fromEntries([0, 1, 2, 3, 4].map((k) => [`at${k}`, circle(marked, k)])),
  };
  kept = { from, weights: fixed.weights.data, decode, all: decode(Z), arrays };
  return kept;
}

// log p(x), and the posterior's share in each cell.
export function posterior(x1, x2, { mu, std }) {
  const terms = new Float64Array(J);
  let [top, prior] = [-Infinity, 0];
  for (let j = 0; j < J; j++) {
    const a = (x1 - mu[2 * j]) / std[2 * j];
    const b = (x2 - mu[2 * j + 1]) / std[2 * j + 1];
    terms[j] = (-Z[j] * Z[j] - a * a - b * b) / 2 - Math.log(std[2 * j] * std[2 * j + 1]);
    if (terms[j] > top) top = terms[j];
    prior += Math.exp((-Z[j] * Z[j]) / 2);
  }
  let total = 0;
  const share = terms.map((term) => Math.exp(term - top));
  for (const part of share) total += part;
  for (let j = 0; j < J; j++) share[j] /= total;
  return { logPx: top + Math.log(total) - Math.log(prior) - LOG_2PI, share };
}

// The z that cut the posterior into equal shares.
export function equalShares(share) {
  let total = 0;
  const reached = share.map((part) => (total += part));
  return Float64Array.from({ length: THREADS }, (_, i) => {
    const wanted = (i + 0.5) / THREADS;
    const j = reached.findIndex((part) => part > wanted);
    if (j === 0) return Z[0];
    return Z[j - 1] + ((wanted - reached[j - 1]) / share[j]) * (Z[j] - Z[j - 1]);
  });
}

// The index of the least share from a up to b.
function least(share, a, b) {
  let found = a;
  for (let i = a; i < b; i++) if (share[i] < share[found]) found = i;
  return found;
}

// The peaks with 5 % of the posterior around them; between two it falls below half of the lower.
export function humps(share) {
  const peaks = [];
  for (let i = 1; i < J - 1; i++) {
    if (!(share[i - 1] < share[i] && share[i] >= share[i + 1])) continue;
    let higher = false;
    while (peaks.length) {
      const last = peaks.at(-1);
      if (share[least(share, last, i)] < Math.min(share[last], share[i]) / 2) break;
      higher = share[last] >= share[i];
      if (higher) break;
      peaks.pop();
    }
    if (!higher) peaks.push(i);
  }
  const ends = [0, ...peaks.slice(1).map((b, k) => least(share, peaks[k], b)), J];
  return peaks.filter((_, k) => {
    let mass = 0;
    for (let i = ends[k]; i < ends[k + 1]; i++) mass += share[i];
    return mass >= 0.05;
  });
}

// Whether the first one's median is far from those of the others.
// Where the likeliest z of a point x jumps by more than 1, between places of a grid.
export function ridge(decode) {
  const z = Array.from({ length: 121 }, (_, j) => -Z_EDGE + (2 * Z_EDGE * j) / 120);
  const { mu, std } = decode(z);
  const price = z.map((v, j) => (v * v) / 2 + Math.log(std[2 * j]) + Math.log(std[2 * j + 1]));
  const cell = (2 * EDGE) / (SIDE - 1);
  const [across, upwards] = [0, 1].map((axis) =>
    Array.from({ length: SIDE }, (_, i) =>
      z.map((_, j) => ((i * cell - EDGE - mu[2 * j + axis]) / std[2 * j + axis]) ** 2 / 2),
    ),
  );
  const likely = new Float64Array(SIDE * SIDE);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      let [least, best] = [Infinity, 0];
      for (let j = 0; j < 121; j++) {
        const score = across[column][j] + upwards[row][j] + price[j];
        if (score < least) [least, best] = [score, j];
      }
      likely[row * SIDE + column] = best; // its place among z, 0.1 apart
    }
  }
  const places = [];
  for (const [dx, dy] of [
    [1, 0],
    [0, 1],
  ]) {
    for (let row = 0; row < SIDE - dy; row++) {
      for (let column = 0; column < SIDE - dx; column++) {
        const from = row * SIDE + column;
        if (Math.abs(likely[from + dx + dy * SIDE] - likely[from]) <= 10) continue;
        places.push([(column + dx / 2) * cell - EDGE, (row + dy / 2) * cell - EDGE]);
      }
    }
  }
  return places;
}

export function jumps(shares) {
  const medians = shares.map((share) => {
    let sum = 0;
    return Z[share.findIndex((part) => (sum += part) > 0.5)];
  });
  return medians.some((z) => Math.abs(z - medians[0]) > 1);
}

// What to notice about which z made x; middleHalf: how long a stretch of z half of it takes.
export function firstWords(nPeaks, middleHalf, logPx, jump) {
  const bad = logPx < RARE;
  if (nPeaks > 1) {
    const count = ["Two", "Three", "Four", "Five"][Math.min(nPeaks, 5) - 2];
    const none = bad ? (nPeaks === 2 ? ", neither well" : ", none well") : "";
    return `${count} different z could have made this x${none}: the [threads](green) part.`;
  }
  if (middleHalf > 0.7) {
    const none = bad ? ", none well" : "";
    return `Many z could have made this x${none}: the [threads](green) spread.`;
  }
  const how = bad ? ", though not well" : "";
  const one =
    `One part of the curve could have made this x${how}: ` + "the [threads](green) stay together.";
  return one + (jump ? " A little aside, and they jump to another part." : "");
}
