// The scene of small_steps.py, line by line.

import {
  bell,
  COUNTS,
  exactly,
  FIRST,
  kept,
  LAST,
  lostHere,
  of,
  PEAKS,
  range,
  realPoints,
  S,
  schedule,
  stepBack,
  WALKS,
  walks,
} from "./line_chain.js";
import { allWalks, between, numbers, oneStepSays } from "./small_steps_words.js";

const EDGE = 3.5; // the line's end
const LOW = 0.0085; // under x hang real points
export const BASE = 0.032; // where x stands, below the first ratio
export const HEIGHT = 0.48; // of the data's density, in powers of ten of the ratio
const RISE = 0.8; // of a step's
const [THREADS, BIN] = [16, 0.25]; // walks that are drawn, the last that fell; a bin's width
const TINY = 1e-6; // where a line of zeros is, far under the axis
export const WALK = "all walks";
export const STEP = "one step";
const [CROWDED, FEW] = [50, 5]; // from so many steps on, walks jitter: so few of them are drawn
const OF_WALKS = ["threads", "astray", "falling", "ball"];
const OF_STEP = ["aim", "ways", "exact", "step", "tops", "step_top"];

function rows(points, width = 2) {
  const data = new Float64Array(points.length * width);
  points.forEach((point, i) => data.set(point, i * width));
  return { data, shape: [points.length, width] };
}

// q(z_t) from much noise, above, to little.
const haze = kept((d) => {
  const p = new Float64Array(2800);
  for (let i = 0; i < 40; i++) {
    const [a, b] = of(LAST * (FIRST / LAST) ** ((i + 0.5) / 40));
    const std = Math.sqrt(a * a * S * S + b * b);
    for (let j = 0; j < 70; j++) {
      const z = -EDGE + (2 * EDGE * (j + 0.5)) / 70;
      p[70 * i + j] = bell(z, a * d, std) + bell(z, -a * d, std);
    }
  }
  const top = p.reduce((most, value) => Math.max(most, value), 0);
  return { data: Uint8Array.from(p, (v) => Math.floor((80 * v) / top + 0.5)), shape: [40, 70] };
});

const standing = (p, top, level, height = HEIGHT) => level * 10 ** ((height * p) / top);

// A line of no length: a name stands beside it.
const foot = (x, level) =>
  rows([
    [x, level],
    [x, level],
  ]);

// Whether it lies nearer to 0 than to a peak; never for peaks that are near each other.
const inValley = (d) => (x) => Math.abs(x) < d / 2 && d >= 2 * S;

// A point for each end, in stacks: 128 are as high as the density that they sample.
function pile(ends, top) {
  const seen = {};
  return Array.from(ends, (end) => {
    const bin = Math.floor(end / BIN);
    seen[bin] = (seen[bin] ?? 0) + 1;
    return [end, standing((seen[bin] - 0.5) / (WALKS * BIN), top, BASE)];
  });
}

// The data's density, the walks' ends, those in the valley, real points, and the valley.
function atTheBottom(d, ends, normals) {
  const x = range(-EDGE, EDGE, 141);
  const p = x.map((at) => (bell(at, d, S) + bell(at, -d, S)) / 2);
  const top = Math.max(...p);
  const points = pile(ends, top);
  const stray = inValley(d);
  const half = d >= 2 * S ? d / 2 : 0;
  return {
    data: rows(x.map((at, i) => [at, standing(p[i], top, BASE)])),
    data_name: foot(Math.max(d, 0.8) + 1, BASE),
    ends: rows(points.filter(([at]) => !stray(at))),
    stray: rows(points.filter(([at]) => stray(at))),
    real: rows(pile(realPoints(d, normals), top).map(([at, high]) => [at, BASE ** 2 / high])),
    valley: rows(
      [-half, half].map((at) => [at, LOW, FIRST]),
      3,
    ),
    valley_name: foot(half ? 0 : 9, 1.2 * LOW),
  };
}

// Two densities on the level to which the step goes, with their tops.
function oneStep(back, level) {
  const reach =
    Math.max(...back.means.map((mean) => Math.abs(mean - back.mean))) +
    3.5 * Math.max(back.std, back.width);
  const x = range(-1, 1, 241).map((part) => back.mean + reach * part);
  const q = x.map((at) => exactly(back, at));
  const p = x.map((at) => bell(at, back.mean, back.width));
  const top = Math.max(...q, ...p);
  const floor = 0.05 * Math.max(...q);
  const rise = Math.max(HEIGHT, Math.min(RISE, Math.log10((1.25 * LAST) / level)));
  const curve = (values) => values.map((value, i) => [x[i], standing(value, top, level, rise)]);
  const [exact, step] = [curve(q), curve(p)];
  return {
    ways: rows(
      exact.map(([at, high]) => [at, level, high]),
      3,
    ),
    exact: rows(exact),
    step: rows(step),
    tops: rows(exact.filter((_, i) => q[i] > q[i - 1] && q[i] > q[i + 1] && q[i] > floor)),
    step_top: rows([step[p.indexOf(Math.max(...p))]]),
  };
}

// Walks at about a hundred of their ratios at most: home, astray, and falling.
function threads(d, walk, ratio, fallen) {
  const T = ratio.length - 1;
  const every = Math.ceil(T / 100);
  const at = [];
  for (let row = 0; row < T; row += every) at.push(row);
  at.push(T);
  const way = (j) => at.map((row) => [walk[row * WALKS + j], row < T ? ratio[T - row] : BASE]);
  const n = Math.floor(fallen);
  const drawn = Math.min(n, T < CROWDED ? THREADS : FEW);
  const lines = Array.from({ length: drawn }, (_, j) => way(n - drawn + j));
  const stray = inValley(d);
  const those = (some) => ({ ...rows(some.flat()), shape: [some.length, at.length, 2] });
  const falling = fallen > n ? fall(way(n), fallen - n) : [];
  return {
    threads: those(lines.filter((line) => !stray(line.at(-1)[0]))),
    astray: those(lines.filter((line) => stray(line.at(-1)[0]))),
    falling: rows(falling),
    ball: rows(falling.slice(-1)),
  };
}

// The walk's first part, to the place where the ball is.
function fall(way, part) {
  const to = part * (way.length - 1);
  const k = Math.floor(to);
  const [[z, y], [z1, y1]] = way.slice(k, k + 2);
  return [...way.slice(0, k + 1), [z + (to - k) * (z1 - z), y * (y1 / y) ** (to - k)]];
}

const nearest = (values, value) => {
  const gaps = values.map((each) => Math.abs(each - value));
  return gaps.indexOf(Math.min(...gaps));
};

// The arrays, those of the names without points.
const without = (arrays, names) => ({
  ...arrays,
  ...Object.fromEntries(
    names.map((name) => [
      name,
      { data: new Float64Array(0), shape: [0, ...arrays[name].shape.slice(1)] },
    ]),
  ),
});

export function scene(parameters, fixed) {
  const { z, noise, fallen } = parameters;
  const which = nearest(COUNTS, parameters.steps);
  const peak = nearest(PEAKS, parameters.d);
  const [T, d] = [COUNTS[which], PEAKS[peak]];
  const ratio = schedule(T);
  const before = noise > FIRST ? Math.max((noise * ratio[1]) / ratio[2], FIRST) : 0;
  const back = stepBack(d, z, before, noise);
  const level = before || BASE;
  const curves = oneStep(back, level);
  const walk = walks(d, T, fixed.normals.data);
  const ends = walk.subarray(T * WALKS, T * WALKS + Math.floor(fallen));
  const lost = (i, kind) => fixed.lost.data[2 * (peak * COUNTS.length + i) + kind];
  const run = (kind) => COUNTS.map((count, i) => [count, Math.max(lost(i, kind), TINY)]);
  const [known, best] = [run(0), run(1)];
  const one = fixed.one.data[peak];
  const flatLine = Math.max(one, TINY);
  const arrays = {
    haze: haze(d),
    rungs: {
      ...rows(
        [BASE, ...ratio.slice(1)].map((r) => [-EDGE, r, 0.2 - EDGE, r]),
        4,
      ),
      shape: [T + 1, 2, 2],
    },
    ...threads(d, walk, ratio, fallen),
    ...atTheBottom(d, ends, fixed.normals.data),
    ...curves,
    aim: rows([
      [z, noise],
      [back.mean, level],
    ]),
    here: rows([[z, noise]]),
    one: rows([
      [COUNTS[0], flatLine],
      [COUNTS.at(-1), flatLine],
    ]),
    best_width: rows(best),
    known: rows(known),
    now: rows([known[which]]),
  };
  const here = lostHere(back);
  const total = [lost(which, 0), lost(which, 1)];
  const humps = curves.tops.shape[0];
  const stray = arrays.stray.shape[0];
  const real = between(d, T, fixed.normals.data);
  const more = numbers(T, before, noise, z, back, here, total, one) + real;
  return parameters.show === WALK
    ? {
        arrays: without(arrays, OF_STEP),
        sentence: allWalks(d, T, total[0], stray, ends.length),
        more,
      }
    : {
        arrays: without(arrays, OF_WALKS),
        sentence: oneStepSays(T, here[0], humps, back.width > back.full),
        more,
      };
}
