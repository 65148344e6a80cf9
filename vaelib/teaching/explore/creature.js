// The scene of creature.py, line by line.

import { number } from "./words.js";

const TRAITS = [
  "body", "ears", "eyes", "mouth", "limbs", "pattern", "hue", "accent", "size", "lightness",
];
const NAMES = ["z₁", "z₂", "z₃", "z₄", "z₅", "z₆", "z₇", "z₈", "z₉", "z₁₀"];

// 26 codes, 10 numbers each: the sliders', then the sheet's, row by row.
function codesOf(z, across, down) {
  const codes = new Float64Array(260);
  for (let k = 0; k < 26; k++) {
    codes.set(z, 10 * k);
    if (k === 0) continue;
    codes[10 * k + down] = Math.floor((k - 1) / 5) - 2;
    codes[10 * k + across] = ((k - 1) % 5) - 2;
  }
  return codes;
}

// One layer for n codes h, two of them at a time: weight = scale · (byte − 128), one scale for
// each input.
function linear(h, n, { weights, scale, bias }) {
  const width = scale.length;
  const out = bias.length;
  const next = new Float64Array(n * out);
  const row = new Float64Array(width);
  const scaled = h.map((value, i) => value * scale[i % width]);
  for (let j = 0; j < out; j++) {
    for (let i = 0; i < width; i++) row[i] = weights[j * width + i] - 128;
    for (let k = 0; k < n; k += 2) {
      const here = k * width;
      const there = here + width;
      let one = bias[j];
      let two = bias[j];
      for (let i = 0; i < width; i++) {
        one += row[i] * scaled[here + i];
        two += row[i] * scaled[there + i];
      }
      next[k * out + j] = one;
      next[(k + 1) * out + j] = two;
    }
  }
  return next;
}

// Each right half and its mirror, 24 × 24 in colour; values that never change are not the
// decoder's.
function mirrored(moving, n, background, moves) {
  const images = new Uint8Array(n * 1728);
  let at = 0;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < 864; i++) {
      const value = moves[i]
        ? Math.max(0, Math.min(255, Math.floor(256 * moving[at++])))
        : background[i];
      const start = 1728 * k + 72 * Math.floor(i / 36) + (i % 3);
      const column = Math.floor((i % 36) / 3);
      images[start + 3 * (12 + column)] = value;
      images[start + 3 * (11 - column)] = value;
    }
  }
  return images;
}

// z_j, and the two traits that explain most of its variance.
function made(j, table) {
  const share = (t) => table[10 * j + t];
  const traits = TRAITS.map((_, t) => t);
  const [first, second] = traits.sort((a, b) => share(b) - share(a) || a - b);
  return (
    `${NAMES[j]}: ${share(first)} % of its variance comes from ${TRAITS[first]}, ` +
    `${share(second)} % from ${TRAITS[second]}`
  );
}

export function scene(parameters, fixed) {
  const data = (name) => fixed[name].data;
  const z = NAMES.map((_, i) => parameters[`z${i + 1}`]);
  const across = NAMES.indexOf(parameters.across);
  const down = NAMES.indexOf(parameters.down);
  let h = codesOf(z, across, down);
  for (let k = 1; k <= 4; k++) {
    const [weights, scale, bias] = ["weights", "scale", "bias"].map((name) => data(`${name}_${k}`));
    if (k > 1) h = h.map((v) => v / (1 + Math.exp(-v)));
    h = linear(h, 26, { weights, scale, bias });
  }
  const images = mirrored(h, 26, data("background"), data("moves"));
  const table = data("table");
  const other =
    across === down
      ? "Down is the same number: the rows are alike."
      : `Down varies ${made(down, table)}.`;
  const [low, high] = Array.from(data("lengths"), (length) => number(length, 1));
  const length = number(Math.hypot(...z), 1);
  return {
    arrays: {
      creature: { data: images.slice(0, 1728), shape: [24, 24, 3] },
      sheet: { data: images.slice(1728), shape: [25, 24, 24, 3] },
    },
    sentence:
      `Across varies ${made(across, table)}. ${other} The code lies ${length} from 0; of ` +
      `held-out creatures' codes nine in ten lie ${low} to ${high} from it.`,
  };
}
