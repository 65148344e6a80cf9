// The scene of gradient.py, line by line.

import { allClimbs, average, firstVotes, numbers, oneClimb, TOPPED } from "./gradient_words.js";
import {
  climb,
  clip,
  CURVES,
  EDGE,
  estimator,
  exact,
  RUNS,
  seen,
  STEPS,
} from "./two_estimators.js";

export const ALL = `${RUNS} runs`;
export const FLOOR = -8; // where q stands
export const BELL = 1.8; // and how high
const LANES = [-8.5, -9.6]; // the votes of blue and of green,
const EXACT = 0.45; // and so far below them the exact gradient
export const TRAIL = -10.8; // where both start
const DOWN = 0.2; // to the next step
const LOW = TRAIL - DOWN * STEPS - 0.5;
const ROWS = [TRAIL - 0.15, TRAIL - 3.35]; // of all runs, blue ones and green ones
const ROW = 0.024; // from run to run
const SCALE = 0.4; // the length of an arrow for a gradient of 1
const HEAD = [0.1, 0.16];
const TICK = 0.24; // half a piece of slope
const NAMED = -2.9; // where f's name stands

const range = (low, high, n) =>
  Array.from({ length: n }, (_, i) => low + ((high - low) * i) / (n - 1));
const flat = (points, ...shape) => ({ data: Float64Array.from(points.flat(Infinity)), shape });
const rows = (points) => flat(points, points.length, 2);
const several = (lines, width) => flat(lines, lines.length, width, 2);
const BEST = range(-EDGE, EDGE, 341); // where the best q is sought
const ALONE = ["heights", "slopes"];
const VOTES = ["says_height", "says_slope", "exact"];

// An arrow to the right of x; two heads where it goes on beyond the picture.
function arrow(x, y, length) {
  const tip = clip(x + length, -EDGE, EDGE);
  const back = Math.min(HEAD[0], Math.abs(tip - x)) * Math.sign(tip - x);
  const heads = [tip, x + length === tip ? tip : tip - back].map((head) => [
    [head, y],
    [head - back, y + HEAD[1]],
    [head, y],
    [head - back, y - HEAD[1]],
    [head, y],
  ]);
  return [[x, y], ...heads.flat()];
}

// f on the line; where it jumps, straight up.
function curve(height) {
  const z = [...range(-EDGE, -1e-9, 161), ...range(0, EDGE, 161)];
  return rows(z.map((at) => [at, height(at)]));
}

// q, standing under f.
const bell = (m, std) =>
  rows(
    range(-EDGE, EDGE, 161).map((z) => [z, FLOOR + BELL * Math.exp(-(((z - m) / std) ** 2) / 2)]),
  );

// What the next step sees, and what the climbers at `at` make of it.
function sight(place, at, eps) {
  const [height, slope] = CURVES[place.f];
  const own = at.map((m) => ({ ...place, m }));
  const [z, steep] = at.map((m) => eps.map((e) => m + place.std * e));
  const said = own.map((each, k) => average(eps.map((e) => estimator(each)(e)[k])));
  const right = own.map((each) => exact(each).gradient);
  const vote = (of, k, down) => arrow(at[k], LANES[k] - down, SCALE * of[k]);
  const piece = (x) => [-TICK, TICK].map((h) => [x + h, height(x) + h * slope(x)]);
  const heard = z.map((x) => [x, height(x)]);
  const arrays = {
    heights: several(
      heard.map((tip) => [[tip[0], place.b], tip]),
      2,
    ),
    slopes: several(steep.map(piece), 2),
    heard: rows(heard),
    felt: rows(steep.map((x) => [x, height(x)])),
    says_height: several([vote(said, 0, 0)], 11),
    says_slope: several([vote(said, 1, 0)], 11),
    exact: several([vote(right, 0, EXACT), vote(right, 1, EXACT)], 11),
  };
  return [said, arrays];
}

const unseen = () => ({
  ...Object.fromEntries(ALONE.map((name) => [name, several([], 2)])),
  ...Object.fromEntries(["heard", "felt"].map((name) => [name, rows([])])),
  ...Object.fromEntries(VOTES.map((name) => [name, several([], 11)])),
});

// A climber's places, the first on top.
const trail = (way) => way.map((x, t) => [x, TRAIL - DOWN * t]);

export function scene({ show, f, m, std, b, ...whole }, fixed) {
  const place = { f, m, std, b };
  const [count, step, run] = ["count", "step", "run"].map((name) => Math.floor(whole[name]));
  const all = show === ALL;
  const draws = fixed.draws.data;
  const runs = Array.from({ length: RUNS }, (_, i) => i);
  const ways = climb(place, draws, runs, count, step);
  const ends = ways.map((each) => each.map((way) => way[step]));
  const [blue, green] = ways.map((each) => each[run - 1]);
  const at = [blue[step], green[step]];
  const eps = step < STEPS ? seen(draws, run - 1, step, count) : [];
  const [said, sees] = all || !eps.length ? [null, unseen()] : sight(place, at, eps);
  const [height, , mean] = CURVES[f];
  const best = Math.max(...BEST.map((x) => mean(x, std ** 2)));
  const scored = (each) =>
    Array.from({ length: step + 1 }, (_, t) => [
      t,
      average((all ? each : [each[run - 1]]).map((way) => mean(way[t], std ** 2))),
    ]);
  const scores = ways.map(scored);
  const among = (k) => ends[k].map((x, i) => [x, ROWS[k] - i * ROW]);
  const arrays = {
    ...sees,
    top: rows(
      TOPPED.includes(f)
        ? [
            [0, 0],
            [0, LOW],
          ]
        : [],
    ),
    baseline: rows([
      [-EDGE, b],
      [EDGE, b],
    ]),
    f: curve(height),
    f_name: rows(Array(2).fill([NAMED, height(NAMED)])),
    blue: bell(at[0], std),
    green: bell(at[1], std),
    blue_way: rows(all ? [] : trail(blue)),
    green_way: rows(all ? [] : trail(green)),
    start: rows(
      all
        ? [
            [m, TRAIL + 0.35],
            [m, LOW],
          ]
        : [],
    ),
    blues: rows(all ? among(0) : []),
    greens: rows(all ? among(1) : []),
    feet: rows(all ? [] : at.map((x) => [x, TRAIL - DOWN * step])),
    best: rows([
      [0, best],
      [STEPS, best],
    ]),
    blue_score: rows(scores[0]),
    green_score: rows(scores[1]),
    now: rows([scores[0][step]]),
  };
  const true_ = exact({ ...place, m: at[0] });
  const more = numbers(place, true_, at, ends, run - 1);
  let sentence;
  if (all) sentence = allClimbs(place, ends, step);
  else if (step === 0 && count === 1) sentence = firstVotes(place, eps[0], said, true_);
  else sentence = oneClimb(place, at, step);
  return { arrays, sentence, more };
}
