// The scene of gradient.py, line by line.

import { numbers, said } from "./gradient_words.js";
import { clip, CURVES, estimator, exact, means, MOST_DRAWS, RUNS } from "./two_estimators.js";

const SHOWN = 12; // draws that have arrows
const EDGE = 3.4; // of the line z
const REACH = 6; // of the runs' gradients
export const FLOOR = -8.5; // where q stands
export const BELL = 2.4; // and how high
const SCALE = 1 / 3; // the length of an arrow for a gradient of 1
const LEAST = 0.002; // the lowest standard error on the axis
const TINY = 1e-6; // where a line of zeros is, far under the axis
const HEAD = [0.12, 0.18];

const range = (low, high, n) =>
  Array.from({ length: n }, (_, i) => low + ((high - low) * i) / (n - 1));
const flat = (points, ...shape) => ({ data: Float64Array.from(points.flat(Infinity)), shape });
const rows = (points, width = 2) => flat(points, points.length, width);

// An arrow to the right of x; two heads where it goes on beyond the picture.
function arrow(x, y, length) {
  const tail = clip(x, -EDGE, EDGE);
  const tip = clip(x + length, -EDGE, EDGE);
  const back = Math.min(HEAD[0], Math.abs(tip - tail)) * Math.sign(tip - tail);
  const heads = [tip, x + length === tip ? tip : tip - back].map((head) => [
    [head, y],
    [head - back, y + HEAD[1]],
    [head, y],
    [head - back, y - HEAD[1]],
    [head, y],
  ]);
  return [[tail, y], ...heads.flat()];
}

// f on the line; where it jumps, straight up.
function curve({ f }) {
  const z = [...range(-EDGE, -1e-9, 161), ...range(0, EDGE, 161)];
  return z.map((at) => [at, CURVES[f][0](at)]);
}

// The run's first draws on the curve, or at the line's edge, and what each says.
function inHand({ f, by, m, std, b }, eps, said) {
  const z = eps.map((e) => m + std * e);
  const height = z.map(CURVES[f][0]);
  const out = eps.map((e) => (by === "log v" && e < 0 ? -1 : 1)); // outward: wider
  const n = eps.length;
  const of = (which, up) =>
    z.map((at, i) => arrow(at, height[i] + up, SCALE * out[i] * said[i][which]));
  const edge = z.map((at, i) => [clip(at, -EDGE, EDGE), Math.max(height[i], FLOOR)]);
  return {
    heights: flat(
      z.map((at, i) => [at, b, at, height[i]]),
      n,
      2,
      2,
    ),
    says_score: flat(of(0, 0.22), n, 11, 2),
    says_path: flat(of(1, -0.22), n, 11, 2),
    drawn: rows(edge.filter((_, i) => Math.abs(z[i]) <= EDGE)),
    drawn_off: rows(edge.filter((_, i) => !(Math.abs(z[i]) <= EDGE))),
  };
}

export function scene({ f, by, m, std, b, count, run }, fixed) {
  const place = { f, by, m, std, b };
  const k = Math.floor(count);
  const which = Math.floor(run) - 1;
  const says = estimator(place);
  const draws = fixed.draws.data;
  const eps = Array.from(draws.slice(which * MOST_DRAWS).slice(0, Math.min(k, SHOWN)));
  const true_ = exact(place);
  const of = means(says, k, draws);
  const points = of.map((all) => Array.from(all, (at, i) => [clip(at, -REACH, REACH), i + 1]));
  const cloud = (j, off) => points[j].filter((_, i) => Math.abs(of[j][i]) > REACH === off);
  const x = m + (by === "log v" ? std : 0);
  const mean = (value, row) => rows(arrow(x, FLOOR + BELL + 0.6 + 0.7 * row, SCALE * value));
  const error = [true_.score / Math.sqrt(k), true_.path / Math.sqrt(k)];
  const within = (middle, e) =>
    rows(
      [
        [middle - e, 0, RUNS + 1],
        [middle + e, 0, RUNS + 1],
      ],
      3,
    );
  const falls = (sd) => rows([1, MOST_DRAWS].map((n) => [n, Math.max(sd / Math.sqrt(n), TINY)]));
  const needed = Math.max(Math.abs(true_.gradient), TINY);
  const arrays = {
    baseline: rows([
      [-EDGE, b],
      [EDGE, b],
    ]),
    ...inHand(place, eps, eps.map(says)),
    f: rows(curve(place)),
    q: rows(
      range(-EDGE, EDGE, 161).map((z) => [z, FLOOR + BELL * Math.exp(-(((z - m) / std) ** 2) / 2)]),
    ),
    exact: mean(true_.gradient, 0),
    mean_score: mean(of[0][which], 1),
    mean_path: mean(of[1][which], 2),
    within_score: within(true_.gradient, error[0]),
    error_score: falls(true_.score),
    now_score: rows([[k, Math.max(error[0], LEAST)]]),
    within_path: within(true_.bySlope, error[1]),
    error_path: falls(true_.path),
    now_path: rows([[k, Math.max(error[1], LEAST)]]),
    under: rows(Math.min(...error) < LEAST ? [[k, 1.4 * LEAST]] : []),
    scores: rows(cloud(0, false)),
    paths: rows(cloud(1, false)),
    beyond: rows([...cloud(0, true), ...cloud(1, true)]),
    gradient: rows([
      [true_.gradient, 0],
      [true_.gradient, RUNS + 1],
    ]),
    this: rows(points.map((all) => all[which])),
    needed: rows([
      [1, needed],
      [MOST_DRAWS, needed],
    ]),
  };
  const sentence = said(place, true_, k);
  return { arrays, sentence, more: numbers(place, true_, of, k, which, SHOWN, REACH) };
}
