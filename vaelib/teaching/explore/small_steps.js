// The scene of small_steps.py, line by line.

import {
  bell,
  COUNTS,
  doubt,
  exactly,
  FIRST,
  kept,
  LAST,
  lostHere,
  of,
  PEAKS,
  range,
  S,
  schedule,
  stepBack,
  WALKS,
  walks,
} from "./line_chain.js";
import { between, numbers, said } from "./small_steps_words.js";

const EDGE = 3.5; // the line's end
export const BASE = 0.032; // where x stands, below the first ratio
export const HEIGHT = 0.48; // of the tallest density, in powers of ten of the ratio
const [THREADS, BIN] = [10, 0.25]; // walks that are drawn; a bin's width
const [LEAST, PRICE] = [1e-3, 6]; // nats lost on the axis, which lines may leave; and prices
const TINY = 1e-6; // where a line of zeros is, far under the axis

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

const standing = (p, top, level) => level * 10 ** ((HEIGHT * p) / top);

// The data's density, and the share of the walks' ends in each bin, over its width.
function atTheBottom(d, ends) {
  const x = range(-EDGE, EDGE, 141);
  const p = x.map((at) => (bell(at, d, S) + bell(at, -d, S)) / 2);
  const top = Math.max(...p);
  const counts = Array(Math.round((2 * EDGE) / BIN)).fill(0);
  for (const end of ends) {
    const bin = Math.floor((end + EDGE) / BIN);
    if (bin >= 0 && bin < counts.length) counts[bin]++;
  }
  const ended = counts.flatMap((count, i) => {
    const up = standing(count / (WALKS * BIN), top, BASE);
    return [i, i + 1].map((edge) => [edge * BIN - EDGE, BASE, up]);
  });
  return {
    data: rows(x.map((at, i) => [at, standing(p[i], top, BASE)])),
    ends: rows(ended, 3),
  };
}

// Three densities on the level to which the step goes, and how many humps the exact one has.
function oneStep(back, level) {
  const reach =
    Math.max(...back.means.map((mean) => Math.abs(mean - back.mean))) +
    4.5 * Math.max(back.std, back.width);
  const x = range(-1, 1, 241).map((part) => back.mean + reach * part);
  const p = {
    exact: x.map((at) => exactly(back, at)),
    best: x.map((at) => bell(at, back.mean, back.full)),
    step: x.map((at) => bell(at, back.mean, back.width)),
  };
  const top = Math.max(...Object.values(p).flat());
  const q = p.exact;
  const floor = 0.05 * Math.max(...q);
  const humps = q.filter((v, i) => v > q[i - 1] && v > q[i + 1] && v > floor).length;
  const curves = Object.entries(p).map(([name, each]) => [
    name,
    rows(each.map((value, i) => [x[i], standing(value, top, level)])),
  ]);
  return [Object.fromEntries(curves), humps];
}

// Some walks at about a hundred of their ratios at most.
function threads(walk, ratio) {
  const T = ratio.length - 1;
  const every = Math.ceil(T / 100);
  const at = [];
  for (let row = 0; row < T; row += every) at.push(row);
  at.push(T);
  const points = Array.from({ length: THREADS }, (_, j) =>
    at.map((row) => [walk[row * WALKS + j], row < T ? ratio[T - row] : BASE]),
  );
  return { ...rows(points.flat()), shape: [THREADS, at.length, 2] };
}

// Nats a tenfold noise that each step pays.
const paidFor = kept((d, T) => {
  const ratio = schedule(T);
  const tenfold = Math.log10(ratio[2] / ratio[1]);
  return ratio.slice(2).map((r, i) => ((ratio[i + 1] ** -2 - r ** -2) * doubt(d, r)) / 2 / tenfold);
});

// And those needed at each ratio.
const neededFor = kept((d) =>
  Array.from({ length: 81 }, (_, k) => {
    const at = FIRST * (LAST / FIRST) ** (k / 80);
    return [at, (Math.log(10) * doubt(d, at)) / (at * at)];
  }),
);

// Both; what this step pays; those cut off.
function prices(d, ratio, before, after) {
  const paid = paidFor(d, ratio.length - 1);
  const low = before || after;
  const tenfold = Math.log10(Math.max(after / low, 1 + 1e-9));
  const own = ((low ** -2 - after ** -2) * doubt(d, after)) / 2 / tenfold;
  const stairs = paid.flatMap((price, i) => [
    [ratio[i + 1], price],
    [ratio[i + 2], price],
  ]);
  const cut = paid.flatMap((price, i) =>
    price > PRICE ? [[Math.sqrt(ratio[i + 1] * ratio[i + 2]), 0.97 * PRICE]] : [],
  );
  return {
    this_step: rows(
      [low, after].map((r) => [r, 0, Math.min(own, PRICE)]),
      3,
    ),
    needed: rows(neededFor(d)),
    paid: rows(stairs),
    cut: rows(cut),
  };
}

const nearest = (values, value) => {
  const gaps = values.map((each) => Math.abs(each - value));
  return gaps.indexOf(Math.min(...gaps));
};

export function scene(parameters, fixed) {
  const { z, noise } = parameters;
  const which = nearest(COUNTS, parameters.steps);
  const peak = nearest(PEAKS, parameters.d);
  const [T, d] = [COUNTS[which], PEAKS[peak]];
  const ratio = schedule(T);
  const before = noise > FIRST ? Math.max((noise * ratio[1]) / ratio[2], FIRST) : 0;
  const back = stepBack(d, z, before, noise);
  const level = before || BASE;
  const [curves, humps] = oneStep(back, level);
  const walk = walks(d, T, fixed.normals.data);
  const ends = walk.subarray(T * WALKS);
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
    threads: threads(walk, ratio),
    ...atTheBottom(d, ends),
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
    now_best: rows([best[which]]),
    under: rows(best[which][1] < LEAST ? [[T, 1.4 * LEAST]] : []),
    ...prices(d, ratio, before, noise),
  };
  const here = lostHere(back);
  const total = [lost(which, 0), lost(which, 1)];
  const sentence = said(T, here[0], total[0], humps, back.width > back.full);
  const real = between(d, T, fixed.normals.data);
  const more = numbers(T, before, noise, z, back, here, total, one) + real;
  return { arrays, sentence, more };
}
