// The scene of gradient.py, line by line.

import { LITTLE, numbers, said, twoVotes } from "./gradient_words.js";
import { clip, CURVES, estimator, exact, means, MOST_DRAWS, RUNS } from "./two_estimators.js";

export const ONE = "one draw";
export const MEAN = "K draws";
export const ALL = `${RUNS} runs`;
const SHOWN = 4; // draws that vote in the picture
const EDGE = 3.4; // of the line z
const REACH = 6; // of the runs' gradients
export const FLOOR = -7.6; // where q stands
export const BELL = 2; // and how high
const [LANE, LANES, APART] = [-8.3, 1, 0.42]; // the first draw's votes; to the next; to the slope
const RULE = LANE - SHOWN * LANES + 0.1; // the line below which the means are
const BELOW = LANE - 1.6 * LANES; // the exact gradient, where one draw votes alone
const ROWS = [0, 1, 2].map((row) => RULE - 0.7 - 0.9 * row); // by height, by slope, exactly
const LOW = ROWS[2] - 0.7;
export const UP = RUNS + 28; // the runs by slope stand under those by height
const TOP = UP + RUNS + 28;
const SCALE = 0.4; // the length of an arrow for a gradient of 1
const HEAD = [0.1, 0.15];
const NAMED = -2.2; // where f's name stands, beside its grip
const TICK = 0.24; // half a piece of slope
const CLOUDS = ["scores", "paths", "beyond"];
const BANDS = ["wrong", "within_score", "within_path"];

const range = (low, high, n) =>
  Array.from({ length: n }, (_, i) => low + ((high - low) * i) / (n - 1));
const flat = (points, ...shape) => ({ data: Float64Array.from(points.flat(Infinity)), shape });
const rows = (points, width = 2) => flat(points, points.length, width);
const without = (names, width) => Object.fromEntries(names.map((each) => [each, rows([], width)]));

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

// The run's first draws on the curve, or at the line's edge, and what each says in its lane.
function inHand({ f, m, std, b }, eps, said) {
  const n = eps.length;
  const z = eps.map((e) => m + std * e);
  const [height, slope] = CURVES[f].map((part) => z.map(part));
  const lane = z.map((_, i) => LANE - LANES * i);
  const edge = z.map((at, i) => [clip(at, -EDGE, EDGE), Math.max(height[i], FLOOR)]);
  const tail = (i) => [edge[i][0], lane[i] - APART / 2];
  const piece = (at, i) => [-TICK, TICK].map((h) => [at + h, height[i] + h * slope[i]]);
  const votes = (j, down) => z.map((at, i) => arrow(at, lane[i] - down, SCALE * said[i][j]));
  return {
    heights: flat(
      z.map((at, i) => [[at, b], edge[i]]),
      n,
      2,
      2,
    ),
    slopes: flat(z.map(piece), n, 2, 2),
    says_score: flat(votes(0, 0), n, 11, 2),
    says_path: flat(votes(1, APART), n, 11, 2),
    drawn: rows(edge.filter((_, i) => Math.abs(z[i]) <= EDGE)),
    drawn_off: rows(edge.filter((_, i) => !(Math.abs(z[i]) <= EDGE))),
    falls: flat(
      edge.map((at, i) => [at, tail(i)]),
      n,
      2,
      2,
    ),
    voters: rows(edge.map((_, i) => tail(i))),
  };
}

// A line of no length: a name stands beside it.
const name = (x, y, n = 2) => Array(n).fill([x, y]);

// An arrow from q's middle in a row of its own, whose name is far from q.
const farFrom = (m) => (m < 0 ? EDGE : -EDGE);
const inRow = (m, value, row) =>
  flat([name(farFrom(m), row, 11), arrow(m, row, SCALE * value)], 2, 11, 2);

// What is left out while one draw votes alone, and its own row for the exact gradient.
const alone = (m, gradient) => ({
  ...without(["rule", "baseline", "mean_score", "mean_path"]),
  exact: inRow(m, gradient, BELOW),
});

export function scene({ show, f, by, m, std, b, count, run }, fixed) {
  const place = { f, by, m, std, b };
  const k = show === ONE ? 1 : Math.floor(count);
  const which = Math.floor(run) - 1;
  const says = estimator(place);
  const draws = fixed.draws.data;
  const eps = Array.from(draws.slice(which * MOST_DRAWS).slice(0, Math.min(k, SHOWN)));
  const true_ = exact(place);
  const of = means(says, k, draws);
  const points = of.map((all, j) =>
    Array.from(all, (at, i) => [clip(at, -REACH, REACH), [UP, 0][j] + i + 1]),
  );
  const cloud = (j, off) => points[j].filter((_, i) => Math.abs(of[j][i]) > REACH === off);
  const within = (middle, sd, low) => {
    const error = sd / Math.sqrt(k);
    return rows(
      [middle - error, middle + error].map((at) => [at, low, low + RUNS + 1]),
      3,
    );
  };
  const side = Math.abs(true_.gradient) >= LITTLE ? -Math.sign(true_.gradient) : 0;
  const across = (y) => [
    [-EDGE, y],
    [EDGE, y],
  ];
  const arrays = {
    rule: rows(across(RULE)),
    middle: rows([
      [m, FLOOR],
      [m, LOW],
    ]),
    baseline: rows(across(b)),
    ...inHand(place, eps, eps.map(says)),
    f: rows(curve(place)),
    f_name: rows(name(NAMED, CURVES[f][0](NAMED))),
    q: rows(
      range(-EDGE, EDGE, 161).map((z) => [z, FLOOR + BELL * Math.exp(-(((z - m) / std) ** 2) / 2)]),
    ),
    mean_score: inRow(m, of[0][which], ROWS[0]),
    mean_path: inRow(m, of[1][which], ROWS[1]),
    exact: inRow(m, true_.gradient, ROWS[2]),
    wrong: rows(
      [
        [0, 0, TOP],
        [side * REACH, 0, TOP],
      ],
      3,
    ),
    within_score: within(true_.gradient, true_.score, UP),
    within_path: within(true_.bySlope, true_.path, 0),
    by_height: rows(name(-REACH, TOP - 14)),
    by_slope: rows(name(-REACH, UP - 14)),
    scores: rows(cloud(0, false)),
    paths: rows(cloud(1, false)),
    beyond: rows([...cloud(0, true), ...cloud(1, true)]),
    gradient: rows([
      [true_.gradient, 0],
      [true_.gradient, TOP],
    ]),
    this: rows(points.map((all) => all[which])),
  };
  if (show === ONE) Object.assign(arrays, alone(m, true_.gradient));
  if (show !== ALL) Object.assign(arrays, without(CLOUDS), without(BANDS, 3));
  const sentence =
    show === ONE ? twoVotes(place, true_, says(eps[0]), eps[0]) : said(place, true_, of, k, which);
  return { arrays, sentence, more: numbers(place, true_, of, k, which, SHOWN, REACH) };
}
