// The scene of creature.py, line by line.

import { changed } from "./creature_look.js";
import { rounded } from "./words.js";

const TRAITS = [
  "body", "ears", "eyes", "mouth", "limbs", "pattern", "hue", "accent", "size", "lightness",
]; // prettier-ignore
export const LABELS = Array.from({ length: 10 }, (_, j) => `number ${j + 1}`);
const TURNS = [51, 125]; // degrees, from −2 to 2, least and most
const KEPT = [61, 74]; // % of the outline
export const START = [1, 0.3, 0, -0.5, 1.4, -1.3, 0.8, 0.2, 2.2, -0.8]; // the first creature
export const STRANGERS = 40;
const TICKS = [-2.4, -1.2, 0, 1.2, 2.4]; // the middles of the map's tiles
const TOP = 180; // of the lengths' axis

// What is made of a pack's arrays and kept: its weights, and the last map with what it was for.
const kept = new WeakMap();
const own = (fixed) => {
  if (!kept.has(fixed)) kept.set(fixed, {});
  return kept.get(fixed);
};

// Weights, row by row, and bias of the four layers: weight = scale · (byte − 128), one scale for
// each input.
function layers(fixed) {
  own(fixed).layers ??= [1, 2, 3, 4].map((k) => {
    const [bytes, scale, bias] = ["weights", "scale", "bias"].map(
      (name) => fixed[`${name}_${k}`].data,
    );
    const width = scale.length;
    return { weights: Float64Array.from(bytes, (b, i) => scale[i % width] * (b - 128)), bias };
  });
  return own(fixed).layers;
}

// One layer for n codes, (n, width) → (n, out), in blocks of four codes and two outputs, which
// halves the time; n is a multiple of four.
function linear(h, n, { weights, bias }) {
  const out = bias.length;
  const width = weights.length / out;
  const next = new Float64Array(n * out);
  for (let k = 0; k < n; k += 4) {
    const p = k * width;
    const q = p + width;
    const r = q + width;
    const s = r + width;
    for (let j = 0; j < out; j += 2) {
      const row = j * width;
      let p1 = bias[j];
      let q1 = p1;
      let r1 = p1;
      let s1 = p1;
      let p2 = bias[j + 1];
      let q2 = p2;
      let r2 = p2;
      let s2 = p2;
      for (let i = 0; i < width; i++) {
        const one = weights[row + i];
        const two = weights[row + width + i];
        p1 += one * h[p + i];
        q1 += one * h[q + i];
        r1 += one * h[r + i];
        s1 += one * h[s + i];
        p2 += two * h[p + i];
        q2 += two * h[q + i];
        r2 += two * h[r + i];
        s2 += two * h[s + i];
      }
      const at = k * out + j;
      next[at] = p1;
      next[at + 1] = p2;
      next[at + out] = q1;
      next[at + out + 1] = q2;
      next[at + 2 * out] = r1;
      next[at + 2 * out + 1] = r2;
      next[at + 3 * out] = s1;
      next[at + 3 * out + 1] = s2;
    }
  }
  return next;
}

// Each right half and its mirror, 24 × 24 in colour; values that never change are not the
// decoder's.
function mirrored(moving, n, { background, moves }) {
  const images = new Uint8Array(n * 1728);
  let at = 0;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < 864; i++) {
      const value = moves.data[i]
        ? Math.max(0, Math.min(255, Math.floor(256 * moving[at++])))
        : background.data[i];
      const start = 1728 * k + 72 * Math.floor(i / 36) + (i % 3);
      const column = Math.floor((i % 36) / 3);
      images[start + 3 * (12 + column)] = value;
      images[start + 3 * (11 - column)] = value;
    }
  }
  return images;
}

// The creatures of codes, each ten numbers: 1,728 bytes each, one after the other.
export function drawCodes(codes, fixed) {
  const n = 4 * Math.ceil(codes.length / 4);
  let h = new Float64Array(10 * n);
  codes.forEach((z, k) => h.set(z, 10 * k));
  layers(fixed).forEach((layer, k) => {
    if (k > 0) h = h.map((v) => v / (1 + Math.exp(-v)));
    h = linear(h, n, layer);
  });
  return mirrored(h, codes.length, fixed);
}

// The map's 25 creatures, row by row from the top; the last ones are kept while only the two
// numbers change that vary on it.
function mapOf(z, j, i, fixed) {
  const others = z.map((value, k) => (k === i || k === j ? null : value));
  const key = JSON.stringify([others, i, j]);
  const memory = own(fixed);
  if (memory.key === key) return memory.map;
  const codes = [...TICKS].reverse().flatMap((high) =>
    TICKS.map((right) => {
      const code = z.slice();
      code[i] = high;
      code[j] = right;
      return code;
    }),
  );
  Object.assign(memory, { key, map: drawCodes(codes, fixed) });
  return memory.map;
}

// In words, a code so far from 0 among those of creatures held out.
function where(length, [least, low, high, most]) {
  if (length < least) return "Nearer to 0 than all creatures";
  if (length < low) return "Nearer to 0 than nineteen in twenty creatures";
  if (length <= high) return "Among the creatures";
  return `Farther from 0 than ${length <= most ? "nineteen in twenty" : "all"} creatures`;
}

// Why a picture near 0 is pale, where it is.
const pale = (length, [, low]) =>
  length < low ? " Each pixel is a mean over all that the code can be: unsure is pale." : "";

// z_j, and the two traits that explain most of its variance.
function made(j, table) {
  const share = (t) => table[10 * j + t];
  const traits = TRAITS.map((_, t) => t);
  const [first, second] = traits.sort((a, b) => share(b) - share(a) || a - b);
  return (
    `${share(first)} % of ${LABELS[j]}'s variance comes from ${TRAITS[first]}, ` +
    `${share(second)} % from ${TRAITS[second]}`
  );
}

// All numbers: what the two of the map are made of, and how far codes lie from 0.
function numbers(j, i, fixed) {
  const table = fixed.table.data;
  const [, low, high] = Array.from(fixed.quantiles.data, (value) => rounded(value, 1));
  const flat =
    i === j ? "; upwards is the same number, so the rows are alike" : `; ${made(i, table)}`;
  return (
    `Over all creatures ${made(j, table)}${flat}. ` +
    "Such a share averages over creatures: in yours a " +
    "number may change something else. From −2 to 2 a number turns the mean colour by " +
    `${TURNS[0]} to ${TURNS[1]} degrees, and ${KEPT[0]} to ${KEPT[1]} % of both outlines are in ` +
    `both, on average over the ${STRANGERS} strangers. ` +
    "Of 1,000 creatures held out nine in ten have a code " +
    `(the encoder's mean) ${low} to ${high} from 0. Draws of the prior N(0, I) lie a little ` +
    "nearer."
  );
}

const rows = (points, width = points[0].length) => ({
  data: Float64Array.from(points.flat()),
  shape: [points.length, width],
});
const upright = (x) => rows([[x, 0], [x, TOP]]); // prettier-ignore

// Colour and outline against the first creature: a point, or one too grey to have a colour.
function painted(image, fixed) {
  own(fixed).first ??= drawCodes([START], fixed);
  const [turn, kept, hasHue] = changed(own(fixed).first, image);
  const point = [[turn, kept]];
  return { painted: rows(hasHue ? point : [], 2), grey: rows(hasHue ? [] : point, 2) };
}

export const codeOf = (p) => LABELS.map((_, i) => p[`z${i + 1}`]);
export const strangerOf = ({ stranger }, { strangers }) => {
  const from = 10 * (Math.floor(stranger) - 1);
  return Array.from(strangers.data.slice(from, from + 10));
};

export function scene(parameters, fixed) {
  const z = codeOf(parameters);
  const theirs = strangerOf(parameters, fixed);
  const j = LABELS.indexOf(parameters.across);
  const i = LABELS.indexOf(parameters.up);
  const middle = z.map((value, k) => (value + theirs[k]) / 2);
  const four = drawCodes([z, theirs, middle, z.map(() => 0)], fixed);
  const [yours, away, between] = [z, theirs, middle].map((code) => Math.hypot(...code));
  const quantiles = Array.from(fixed.quantiles.data);
  return {
    arrays: {
      mine: { data: four.subarray(0, 1728), shape: [24, 24, 3] },
      others: { data: four.subarray(1728), shape: [3, 24, 24, 3] },
      map: { data: mapOf(z, j, i, fixed), shape: [25, 24, 24, 3] },
      here: rows([[z[j], i === j ? 0 : z[i]]]),
      shell: rows(quantiles.slice(1, 3).map((edge) => [edge, 0, TOP])),
      theirs: upright(away),
      yours: upright(yours),
      goal: rows([[120, 90, 100], [180, 90, 100]]), // prettier-ignore
      ...painted(four.subarray(0, 1728), fixed),
    },
    sentence:
      `${where(yours, quantiles)}: your ten numbers lie [${rounded(yours, 1)}](pink) from 0, the ` +
      `[stranger's](orange) ${rounded(away, 1)}, half-way between them ${rounded(between, 1)}.` +
      pale(yours, quantiles),
    more: numbers(j, i, fixed),
  };
}
