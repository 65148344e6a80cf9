// Lesson 06's two estimators: two_estimators.py, line by line.

export const CURVES = {
  "a hill": [(z) => -0.5 * z * z, (z) => -z],
  ripples: [(z) => -0.5 * z * z + 0.5 * Math.cos(6 * z), (z) => -z - 3 * Math.sin(6 * z)],
  "a step": [(z) => (z < 0 ? -3 : 0), () => 0],
  flat: [() => -2, () => 0],
};
export const RUNS = 128;
// Draws of a run.
export const COUNTS = [1, 2, 3, 4, 6, 8, 11, 16, 23, 32, 45, 64, 91, 128, 181, 256];
export const MOST_DRAWS = 256;
const CELLS = 150; // of the integral, on either side of the jump
const GAUSS = [
  [-Math.sqrt(0.6), 5],
  [0, 8],
  [Math.sqrt(0.6), 5],
];

export const clip = (value, low, high) => Math.min(Math.max(value, low), high);

// What one draw says, by its height (6.2) and by its slope (6.3), and ∇ log q.
export function estimator({ f, by, m, std, b }) {
  const [height, slope] = CURVES[f];
  if (by === "m") {
    return (eps) => {
      const z = m + std * eps;
      return [(height(z) - b) * (eps / std), slope(z), eps / std];
    };
  }
  return (eps) => {
    const z = m + std * eps;
    const slopeOfQ = (eps * eps - 1) / 2;
    return [(height(z) - b) * slopeOfQ, slope(z) * ((std * eps) / 2), slopeOfQ];
  };
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

// The mean of what the draws of each run say, by height and by slope.
export function means(says, count, draws) {
  const of = [new Float64Array(RUNS), new Float64Array(RUNS)];
  for (let run = 0; run < RUNS; run++) {
    for (let i = 0; i < count; i++) {
      const [score, path] = says(draws[run * MOST_DRAWS + i]);
      of[0][run] += score / count;
      of[1][run] += path / count;
    }
  }
  return of;
}
