// Lesson 06's two estimators: two_estimators.py, line by line.

import { erf } from "./playground/engine/rules.js";

// f, its slope, and its mean under q.
export const CURVES = {
  "a hill": [(z) => -0.5 * z * z, (z) => -z, (m, v) => -0.5 * (m * m + v)],
  ripples: [
    (z) => -0.5 * z * z + 0.5 * Math.cos(6 * z),
    (z) => -z - 3 * Math.sin(6 * z),
    (m, v) => -0.5 * (m * m + v) + 0.5 * Math.cos(6 * m) * Math.exp(-18 * v),
  ],
  "a step": [(z) => (z < 0 ? -3 : 0), () => 0, (m, v) => -1.5 * (1 - erf(m / Math.sqrt(2 * v)))],
  flat: [() => -2, () => 0, () => -2],
};
export const RUNS = 128;
export const STEPS = 32;
export const EDGE = 3.4; // of the line z, where a climber stops
const DRAWS = 256; // of a run
const RATE = 0.1; // of a step, times the gradient
const CELLS = 150; // of the integral, on either side of the jump
const GAUSS = [
  [-Math.sqrt(0.6), 5],
  [0, 8],
  [Math.sqrt(0.6), 5],
];

export const clip = (value, low, high) => Math.min(Math.max(value, low), high);

// What one draw says, by its height (6.2) and by its slope (6.3), and ∇ log q.
export function estimator({ f, m, std, b }) {
  const [height, slope] = CURVES[f];
  return (eps) => {
    const z = m + std * eps;
    return [(height(z) - b) * (eps / std), slope(z), eps / std];
  };
}

// ε of the draws that a step of a run sees.
export const seen = (draws, run, step, count) =>
  Array.from(draws.slice(run * DRAWS + step * count, run * DRAWS + (step + 1) * count));

// Where the climbers by height and by slope stand: for each, of each run, steps + 1 numbers.
export function climb(place, draws, runs, count, steps) {
  return [0, 1].map((k) =>
    runs.map((run) => {
      const way = [place.m];
      for (let t = 0; t < steps; t++) {
        const says = estimator({ ...place, m: way[t] });
        const eps = seen(draws, run, t, count);
        const said = eps.reduce((sum, each) => sum + says(each)[k], 0) / count;
        way.push(clip(way[t] + RATE * said, -EDGE, EDGE));
      }
      return way;
    }),
  );
}

// Everything exact, by Gauss's three points in each cell; a cell ends where f may jump.
export function exact(place) {
  const { f, m, std } = place;
  const says = estimator(place);
  const split = clip(-m / std, -8, 8);
  let [mean, bySlope, meanF, weighted, squares, score2, path2] = [0, 0, 0, 0, 0, 0, 0];
  for (const [low, high] of [
    [-8, split],
    [split, 8],
  ]) {
    const h = (high - low) / CELLS;
    for (let i = 0; i < CELLS; i++) {
      for (const [part, share] of GAUSS) {
        const eps = low + h * (i + 0.5) + (part * h) / 2;
        const p = (((share * h) / 18) * Math.exp(-(eps * eps) / 2)) / Math.sqrt(2 * Math.PI);
        const [score, path, slopeOfQ] = says(eps);
        const value = CURVES[f][0](m + std * eps);
        mean += p * score;
        bySlope += p * path;
        meanF += p * value;
        weighted += p * value * slopeOfQ * slopeOfQ;
        squares += p * slopeOfQ * slopeOfQ;
        score2 += p * score * score;
        path2 += p * path * path;
      }
    }
  }
  const spread = (square, middle) => Math.sqrt(Math.max(square - middle * middle, 0));
  return {
    gradient: mean,
    bySlope,
    meanF,
    bestB: weighted / squares,
    score: spread(score2, mean),
    path: spread(path2, bySlope),
  };
}
