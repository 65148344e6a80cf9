// The scene of fitted.py, line by line.

import {
  EDGE,
  J,
  THREADS,
  Z,
  Z_EDGE,
  equalShares,
  firstWords,
  humps,
  jumps,
  momentOf,
  posterior,
  ridge,
  rows,
} from "./fits.js";
import { rounded } from "./words.js";

const BREATHS = [
  [0.1, 0],
  [-0.1, 0],
  [0, 0.1],
  [0, -0.1],
];
const ridges = {}; // by run and moment

const CUT = 2.5; // the highest density that the line's panel shows

export function scene({ start, step, x1, x2 }, fixed) {
  const steps = Array.from(fixed.steps.data);
  const n = steps.length;
  const run = start === "worst at step 200" ? 1 : 0;
  const gaps = steps.map((s) => Math.abs(s - step));
  const moment = gaps.indexOf(Math.min(...gaps));
  const { decode, all, arrays: own } = momentOf(fixed, run, moment);
  const { logPx, share } = posterior(x1, x2, all);
  const shares = BREATHS.map(([a, b]) => posterior(x1 + a, x2 + b, all).share);
  const height = share.map((part) => (part * J) / 24);
  const mean = share.reduce((sum, part, j) => sum + part * Z[j], 0);
  const std = Math.sqrt(share.reduce((sum, part, j) => sum + part * (Z[j] - mean) ** 2, 0));
  const likely = equalShares(share);
  const places = decode(likely).mu;
  const peaks = humps(share);
  const highest = Math.max(...height);
  const top = Z[height.indexOf(highest)];
  const high = highest > CUT && Math.abs(top) < Z_EDGE;
  const arrow = [
    [top - 0.2, CUT - 0.15],
    [top, CUT - 0.03],
    [top + 0.2, CUT - 0.15],
  ];
  const below = (of, i) => fixed.below.data[of * n + i];
  const climb = (of) => steps.map((s, i) => [s, below(of, i)]);
  const [area, line] = [[], []];
  let inside = 0;
  for (let j = 0; j < J; j++) {
    if (Math.abs(Z[j]) >= Z_EDGE) continue;
    area.push([Z[j], 0, height[j]]);
    line.push([Z[j], height[j]]);
    inside += share[j];
  }
  const ends = Array.from({ length: THREADS }, (_, s) => [places[2 * s], places[2 * s + 1]]);
  ridges[`${run} ${moment}`] ??= ridge(decode);
  const arrays = {
    ...own,
    ridge: rows(ridges[`${run} ${moment}`]),
    threads: { ...rows(ends.map((end) => [x1, x2, ...end])), shape: [THREADS, 2, 2] },
    likely: { data: places, shape: [THREADS, 2] },
    x: rows([[x1, x2]]),
    area: rows(area, 3),
    posterior: rows(line),
    peaks: rows(peaks.map((j) => [Z[j], height[j]])),
    higher: rows(high ? arrow : []),
    other: rows(climb(1 - run)),
    run: rows(climb(run)),
    now: rows([climb(run)[moment]]),
  };

  const lost = below(run, moment);
  const truth = fixed.truth.data[0];
  const jump = jumps([share, ...shares]);
  const sentence =
    firstWords(peaks.length, likely[15] - likely[5], logPx, jump) +
    (moment < n - 1
      ? ` The curve is that of step [${steps[moment]}](step) of ${steps[n - 1]}.`
      : "") +
    (own.curve.data.some((v) => Math.abs(v) > EDGE)
      ? " Part of the curve lies off the plane."
      : "") +
    (inside < 0.5 ? " Most of the posterior lies off the line z." : "");
  const more =
    `x = (${rounded(x1, 2)}, ${rounded(x2, 2)}). Each thread is 5 % of the exact posterior: its ` +
    `mean is z = ${rounded(mean, 2)} and its standard deviation ${rounded(std, 2)}, the prior's ` +
    `0 and 1. Its highest density is about ${rounded(highest, 1)}, the prior's 0.4; the panel ` +
    `ends at 2.5. Held-out log p(x) is ${rounded(truth - lost, 2)} nats a point, the true ` +
    `density's ${rounded(truth, 2)}. Of ${steps[n - 1]} steps ${n} moments are kept; at step ` +
    `${steps[moment]} held-out points score ${rounded(lost, 2)} nats below the density that made ` +
    `them. This x has log p(x) = ${rounded(logPx, 1)} nats.`;
  return { arrays, sentence, more };
}
