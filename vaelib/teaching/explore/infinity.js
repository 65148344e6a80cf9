// The scene of infinity.py, line by line.

import { COUNTS, decoder, errorOf, KNOTS, middles, weightsOf } from "./curves.js";
import { fog } from "./fog.js";
import { number, rounded } from "./words.js";

const EDGE = 3.5; // of the plane
const FEW = 40; // so many Gaussians are drawn as large points
const MANY = 100; // and so many as small ones, more not at all
const NAMES = ["left", "mid", "right"];
const LOOKS = [
  [0.98, "separate blobs"],
  [0.25, "beads on a string"],
  [0.06, "a knobbly band"],
  [-1, "one smooth band"],
];

const rows = (points, width = 2) => ({
  data: Float64Array.from(points.flat()),
  shape: [points.length, width],
});

// What depends on the curve alone, and on J too: kept, as most moves change only z.
let kept = {};

function curveOf(curve, width, pulls, draws) {
  const key = JSON.stringify([curve, width, pulls]);
  if (kept.key !== key) {
    const decode = decoder(curve, width, pulls);
    const error = errorOf(decode, draws);
    kept = { key, decode, error, line: COUNTS.map((n) => [n, error(n)]) };
  }
  return kept;
}

function mixtureOf(own, j) {
  if (own.j !== j) {
    const z = middles(j, 3);
    const weights = weightsOf(z);
    const beads = z.map(own.decode);
    const mean = beads.map(({ mu }) => mu);
    const std = beads.map((bead) => bead.std);
    const shade = fog(
      weights,
      mean.flat(),
      std.flatMap((s) => [s, s]),
      EDGE,
    );
    const falls = dip(z, weights, beads, own.decode);
    Object.assign(own, { j, z, weights, mean, std, shade, falls, off: own.error(j) });
  }
  return own;
}

const prior = (z) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

// Cells of a width around their middles, as a band of two rows each and as their walls.
function cells(z, heights) {
  const half = 3 / z.length;
  const band = z.flatMap((v, k) => [
    [v - half, 0, heights[k]],
    [v + half, 0, heights[k]],
  ]);
  const ends = [...z.map((v) => v - half), z.at(-1) + half];
  const walls = ends.map((end, k) => {
    const top = Math.max(heights[k - 1] ?? 0, heights[k] ?? 0);
    return [end, 0, end, top];
  });
  const shown = z.length <= MANY ? walls : [];
  return [rows(band, 3), { data: Float64Array.from(shown.flat()), shape: [shown.length, 2, 2] }];
}

// How far p(x) falls from one mean to the next, as a part of what it is there; see curves.py.
function dip(z, weights, beads, decode) {
  const density = ([x, y]) =>
    beads.reduce((sum, { mu: [a, b], std }, k) => {
      const squares = ((x - a) ** 2 + (y - b) ** 2) / std ** 2;
      return sum + (weights[k] * Math.exp(-squares / 2)) / std ** 2;
    }, 0);
  const at = beads.map(({ mu }) => density(mu));
  let [sum, total] = [0, 0];
  for (let k = 1; k < z.length; k++) {
    const between = (z[k - 1] + z[k]) / 2;
    const weight = prior(between);
    const low = density(decode(between).mu) / Math.sqrt(at[k - 1] * at[k]);
    sum += weight * Math.max(0, 1 - low);
    total += weight;
  }
  return sum / total;
}

// What Gaussians look like between which p(x) falls by that part.
const look = (falls) => LOOKS.find(([least]) => falls > least)[1];

// About two digits, at most four decimals.
const nats = (value) => rounded(value, [10, 1, 0.1, 0.01].filter((least) => value < least).length);

const ring = ([a, b], radius) =>
  Array.from({ length: 41 }, (_, i) => {
    const angle = (2 * Math.PI * i) / 40;
    return [a + radius * Math.cos(angle), b + radius * Math.sin(angle)];
  });

export function scene({ curve, width, j, z, ...given }, fixed) {
  j = Math.round(j);
  const pulls = NAMES.map((name) => [given[`${name}1`], given[`${name}2`]]);
  const model = mixtureOf(curveOf(curve, width, pulls, fixed.draws.data), j);
  const { decode, mean, std, weights, falls, off } = model;
  const [band, walls] = cells(model.z, model.z.map(prior));
  const k = Math.min(Math.floor(((z + 3) / 6) * j), j - 1); // z's cell
  const { mu, std: own } = decode(z);
  const height = prior(z);
  const floor = model.line.at(-1)[1]; // what is left comes of the prior that the cells leave out
  const line = [...model.line.filter(([n]) => n !== j), [j, off]].sort((a, b) => a[0] - b[0]);
  const path = Array.from({ length: 121 }, (_, i) => decode(-3 + i / 20).mu);
  const arrays = {
    density: model.shade,
    curve: rows(path),
    few: rows(j <= FEW ? mean : []),
    many: rows(FEW < j && j <= MANY ? mean : []),
    knots: rows(KNOTS.map((knot) => decode(knot).mu)),
    between: rows([mu, mean[k]]),
    shared: rows(ring(mean[k], 2 * std[k])),
    own: rows(ring(mu, 2 * own)),
    centre: rows([mu]),
    cells: band,
    walls,
    cell: { data: band.data.slice(6 * k, 6 * k + 6), shape: [2, 3] },
    here: rows([
      [z, 0],
      [z, height],
    ]),
    top: rows([[z, height]]),
    error: rows(line),
    left_out: rows([
      [1.8, floor],
      [340, floor],
    ]),
    now: rows([[j, off]]),
  };
  const apart = Math.hypot(mean[k][0] - mu[0], mean[k][1] - mu[1]) > own / 2;
  const sentence =
    `[${j}](j) Gaussians are ${look(falls)}; their log p(x) is ` +
    `[${nats(off)} nats](accent) from that of infinitely many. Each z has its own ` +
    `Gaussian, z = [${number(z, 2)}](z) the [green](green) one` +
    (apart
      ? "; the [orange](orange) one of its cell stands in for it."
      : ", all but the same as its cell's [orange](orange).") +
    (off < 1.1 * floor ? " More would not help." : "") +
    (path.flat().some((v) => Math.abs(v) > EDGE) ? " The curve leaves the plane." : "");
  const more =
    "The J cells share −3 < z < 3 evenly. What is left out, 0.3 % of the prior, keeps the " +
    `error at a few thousandths of a nat. z = ${number(z, 2)} has the Gaussian with mean ` +
    `(${rounded(mu[0], 2)}, ${rounded(mu[1], 2)}) and σ = ` +
    `${rounded(own, 2)}, where p(z) = ${rounded(height, 3)}. Its cell has its ` +
    `middle at z = ${rounded(model.z[k], 2)} and ${rounded(100 * weights[k], 1)} % of ` +
    "the weight. The error is that of log p(x), without sign, a mean over 48 points x that lie " +
    "as samples would.";
  return { arrays, sentence, more };
}
