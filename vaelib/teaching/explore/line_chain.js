// Lesson 11's chain on a line: line_chain.py, line by line.

export const S = 0.3; // a peak's width
export const FIRST = 0.1; // the first ratio
export const LAST = 10; // and the last
export const COUNTS = [
  3, 4, 5, 7, 9, 10, 13, 17, 22, 30, 33, 48, 65, 100, 129, 190, 257, 300, 513, 1000,
];
export const PEAKS = Array.from({ length: 41 }, (_, k) => k / 20);
export const WALKS = 128;
const FINE = 999; // fine steps, of which each walk's noise is summed
const REAL = 1002; // the row of the real points' noise

export const range = (low, high, n) =>
  Array.from({ length: n }, (_, i) => low + ((high - low) * i) / (n - 1));

// The function, which keeps its last value, by the numbers that it was given.
export function kept(make) {
  let [key, value] = ["", null];
  return (...given) => {
    const wanted = given.filter((each) => typeof each === "number").join();
    if (wanted !== key) [key, value] = [wanted, make(...given)];
    return value;
  };
}

// b_t / a_t for t = 0 … T.
export function schedule(T) {
  return [0, ...Array.from({ length: T }, (_, k) => FIRST * (LAST / FIRST) ** (k / (T - 1)))];
}

// a and b.
export function of(ratio) {
  const a = 1 / Math.sqrt(1 + ratio * ratio);
  return [a, ratio * a];
}

export const bell = (x, mean, std) =>
  Math.exp(-(((x - mean) / std) ** 2) / 2) / (std * Math.sqrt(2 * Math.PI));

// The step from z, at the ratio `after`, to the ratio `before`.
export function stepBack(d, z, before, after) {
  const [[a0, b0], [a1, b1]] = [of(before), of(after)];
  const total = S * S + after * after;
  const u = z / a1;
  const c = 1 - (a1 / a0) ** 2;
  const pull = (a0 * c) / (b1 * b1);
  const x = [-d, d].map((peak) => (S * S * u + after * after * peak) / total);
  const right = 1 / (1 + Math.exp((-2 * d * u) / total));
  const weights = [1 - right, right];
  const means = x.map((at) => pull * at + ((a1 / a0) * b0 * b0 * z) / (b1 * b1));
  const own = (c * b0 * b0) / (b1 * b1);
  const std = Math.sqrt(own + (pull * pull * S * S * after * after) / total);
  const mean = weights[0] * means[0] + weights[1] * means[1];
  const apart = weights[0] * (means[0] - mean) ** 2 + weights[1] * (means[1] - mean) ** 2;
  return {
    guess: weights[0] * x[0] + weights[1] * x[1],
    means,
    std,
    weights,
    mean,
    width: before === 0 ? FIRST : Math.sqrt(own),
    full: Math.sqrt(std * std + apart),
  };
}

export const exactly = ({ means, std, weights }, x) =>
  weights[0] * bell(x, means[0], std) + weights[1] * bell(x, means[1], std);

// KL(exact step ‖ N(mean, width²)) for the model's width and for the best one.
export function lostHere(back) {
  const low = Math.min(...back.means) - 8 * back.std;
  const wide = Math.max(...back.means) + 8 * back.std - low;
  let entropy = 0;
  for (let i = 0; i <= 600; i++) {
    const p = exactly(back, low + (wide * i) / 600);
    entropy -= (p * Math.log(Math.max(p, 1e-300)) * wide) / 600;
  }
  return [back.width, back.full].map(
    (width) =>
      Math.log(2 * Math.PI * width * width) / 2 + back.full ** 2 / (2 * width * width) - entropy,
  );
}

// Which of the 4,096 normals the draw j of the row i is: 32 bits, mixed.
function chosen(i, j) {
  let h = (Math.imul(i, 0x9e3779b1) + Math.imul(j, 0x85ebca77)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 20;
}

// Fine steps' noise, and in the last two rows that of the start and of the end.
function noise(normals) {
  const all = new Float64Array((FINE + 2) * WALKS);
  for (let i = 0; i < FINE + 2; i++) {
    for (let j = 0; j < WALKS; j++) all[i * WALKS + j] = normals[chosen(i, j)];
  }
  return all;
}

// As many points of the data as there are walks, half of them from each peak.
export const realPoints = (d, normals) =>
  Array.from({ length: WALKS }, (_, j) => (j % 2 ? d : -d) + S * normals[chosen(REAL, j)]);

// The z of 128 walks back from pure noise, row by row, z_T … z_1 and x.
let fine = null;
export const walks = kept((d, T, normals) => {
  fine ??= noise(normals);
  const eps = fine;
  const ratio = schedule(T);
  const cut = (k) => Math.floor((k * FINE) / (T - 1) + 0.5);
  const all = new Float64Array((T + 1) * WALKS);
  all.set(eps.subarray(FINE * WALKS, (FINE + 1) * WALKS));
  for (let t = T; t > 0; t--) {
    const [[a0, b0], [a1, b1]] = [of(ratio[t - 1]), of(ratio[t])];
    const square = ratio[t] * ratio[t];
    const total = S * S + square;
    const c = 1 - (a1 / a0) ** 2;
    const pull = (a0 * c) / (b1 * b1);
    const stay = ((a1 / a0) * b0 * b0) / (b1 * b1) + (pull * S * S) / total / a1;
    const [toPeak, sharp] = [(pull * square * d) / total, (2 * d) / total / a1];
    const [from, to] = t === 1 ? [FINE + 1, FINE + 2] : [cut(t - 2), cut(t - 1)];
    const std = (t === 1 ? FIRST : (Math.sqrt(c) * b0) / b1) / Math.sqrt(to - from);
    const row = (T - t) * WALKS;
    for (let j = 0; j < WALKS; j++) {
      const z = all[row + j];
      const side = 2 / (1 + Math.exp(-sharp * z)) - 1; // tanh
      let summed = 0;
      for (let i = from; i < to; i++) summed += eps[i * WALKS + j];
      all[row + WALKS + j] = stay * z + toPeak * side + std * summed;
    }
  }
  return all;
});

// The share of real x between the peaks, nearer to 0 than d / 2.
export function realBetween(d) {
  let real = 0;
  for (let i = 0; i < 400; i++) real += (bell((d * (i + 0.5)) / 400 - d / 2, d, S) * d) / 400;
  return real;
}

// Both shares, and the standard errors of so many.
export function valley(d, T, normals) {
  const real = realBetween(d);
  const ends = walks(d, T, normals).subarray(T * WALKS);
  const share = ends.filter((end) => Math.abs(end) < d / 2).length / WALKS;
  const [error, realError] = [share, real].map((p) => Math.sqrt((p * (1 - p)) / WALKS));
  return { share, real, error, realError };
}
