// The scene of noise.py, line by line.

import { rounded } from "./words.js";

const SIGMA_X = 0.2;
const EDGE = 4; // of the line z
const [LEAST, MOST] = [0.05, 1.2]; // σ
const HIDDEN = 0.01; // nats: a miss under it is drawn here, below the axis
const NAME = [0.82, 1.05]; // a bell's name stands above its top, so far from the other's
const SIDE = 28; // pixels of a moon
const TILES = 16; // the strip's pictures

const range = (low, high, n) =>
  Array.from({ length: n }, (_, i) => low + ((high - low) * i) / (n - 1));

const EPS = range(-8, 8, 321);
const WEIGHTS = EPS.map((eps) => Math.exp((-eps * eps) / 2));
const MASS = WEIGHTS.reduce((sum, weight) => sum + weight);
const GRID = range(Math.log10(LEAST), Math.log10(MOST), 64).map((power) => 10 ** power);

const rows = (points) => ({
  data: Float64Array.from(points.flat()),
  shape: [points.length, points[0].length],
});

// The full moon's part in the best picture at z.
const fullShare = (z, m, sigma) => 1 / (1 + Math.exp((-2 * m * z) / sigma ** 2));

// The means over the noise of a half moon's share of full moon, and of its square.
function returned(m, sigma) {
  let [mean, square] = [0, 0];
  EPS.forEach((eps, i) => {
    const share = fullShare(-m + sigma * eps, m, sigma);
    mean += WEIGHTS[i] * share;
    square += WEIGHTS[i] * share * share;
  });
  return [mean / MASS, square / MASS];
}

// ‖full − half‖².
function apart(moons) {
  let sum = 0;
  for (let i = 0; i < SIDE * SIDE; i++) sum += ((moons[SIDE * SIDE + i] - moons[i]) / 255) ** 2;
  return sum;
}

// The miss and the KL of either moon.
function costs(m, sigma, square) {
  const miss = (returned(m, sigma)[1] * square) / (2 * SIGMA_X ** 2);
  return [miss, (sigma ** 2 + m ** 2 - 1 - 2 * Math.log(sigma)) / 2];
}

// Draw a half moon with that share of a full one, its left edge at that column.
function blend(picture, moons, share, left) {
  const width = picture.shape[1];
  for (let i = 0; i < SIDE * SIDE; i++) {
    const level = (1 - share) * moons[i] + share * moons[SIDE * SIDE + i];
    const at = Math.floor(i / SIDE) * width + left + (i % SIDE);
    picture.data[at] = Math.floor(level + 0.500001);
  }
}

const dark = (width) => ({ data: new Uint8Array(SIDE * width), shape: [SIDE, width] });

// What the noise does to the moons, in words.
function clause(share, sigma, cheapest) {
  if (share > 0.25) {
    return "The bells lie on each other: nearly the same mixture comes back for both";
  }
  if (share > 0.02) return "The bells overlap: the moons come back mixed";
  if (sigma > 1.15 * cheapest) {
    return "The bells begin to overlap: the mixing, hardly seen, costs more than the noise saves";
  }
  if (sigma < cheapest / 1.15) {
    return "The moons come back clean, but a vaguer code would tell less, so cost less: add noise";
  }
  return "The bells just touch: as much noise as the pictures can bear";
}

export function scene({ m, sigma }, fixed) {
  const moons = fixed.moons.data;
  const square = apart(moons);
  const [share] = returned(m, sigma);
  const sky = dark(80);
  blend(sky, moons, share, 10);
  blend(sky, moons, 1 - share, 42);
  const strip = dark(TILES * SIDE);
  for (let k = 0; k < TILES; k++) {
    blend(strip, moons, fullShare(k / 2 - 3.75, m, sigma), SIDE * k);
  }
  const bell = range(-3.5, 3.5, 71).map((u) => [u, Math.exp((-u * u) / 2)]);
  const blur = (z) => Math.exp(-(((z + m) / sigma) ** 2) / 2) * fullShare(z, m, sigma);
  const all = GRID.map((s) => [s, ...costs(m, s, square)]);
  const [missNow, klNow] = costs(m, sigma, square);
  const totals = all.map(([, miss, kl]) => miss + kl);
  const least = totals.reduce((a, b) => Math.min(a, b));
  const cheapest = GRID[totals.indexOf(least)];
  const name = (sign) => Array(2).fill([sign * Math.max(m, NAME[0]), NAME[1]]);
  const arrays = {
    sky,
    strip,
    blur: rows(range(-EDGE, EDGE, 321).map((z) => [z, 0, blur(z)])),
    half_name: rows(name(-1)),
    full_name: rows(name(1)),
    half: rows(bell.map(([u, height]) => [-m + sigma * u, height])),
    full: rows(bell.map(([u, height]) => [m + sigma * u, height])),
    kl: rows(all.map(([s, , kl]) => [s, kl])),
    miss: rows(all.map(([s, miss]) => [s, Math.max(miss, HIDDEN)])),
    total: rows(GRID.map((s, i) => [s, totals[i]])),
    now: rows([[sigma, klNow + missNow]]),
    bill: { data: Float64Array.of(missNow, klNow, missNow + klNow), shape: [3] },
  };
  const parts = [missNow, klNow].map((part) => Math.floor(100 * part + 0.500001) / 100);
  const mixed = share >= 0.0005 ? ` ${rounded(100 * share, 1)} % of each is the other's.` : "";
  const sentence =
    `${clause(share, sigma, cheapest)}.${mixed} ` +
    `[Miss ${rounded(parts[0], 2)}](pink) + [KL ${rounded(parts[1], 2)}](green) nats.`;
  const more =
    `Codes at −${rounded(m, 2)} and ${rounded(m, 2)}, noise of standard deviation σ = ` +
    `${rounded(sigma, 3)}: variance v = σ² = ${rounded(sigma ** 2, 4)}, log v = ` +
    `${rounded(2 * Math.log(sigma), 2)}. On average each moon comes back with ` +
    `${rounded(100 * share, 2)} % of the other. At this m the sum is least, ` +
    `${rounded(least, 2)} nats, at σ = ${rounded(cheapest, 2)}; the KL alone at σ = 1. m² + v = ` +
    `${rounded(m ** 2 + sigma ** 2, 2)}.`;
  return { arrays, sentence, more };
}
