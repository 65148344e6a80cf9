// The scene of weigh.py, line by line.

import { number, rounded } from "./words.js";

const [D, SIZE] = [784, 20]; // pixels, dimensions of the code
const [LOW, HIGH] = [0.08, 26]; // of the axis of noise,
const [LEFT, RIGHT] = [-3300, 500]; // and of that of log p(x)
export const TRACK = 12; // the noise's own line
const ABOVE = 21; // the code over it
const TOP = 285; // nats: where log p(x) is within 2 of the most

// The noise that each loss from public code assumes.
export const RECIPES = {
  "pixel mean + KL": 19.799,
  "means everywhere": 4.4272,
  "½ sum + 2 KL": 1.4142,
  "½ sum + KL": 1,
  "sum + KL (½ lost)": 0.7071,
  "pixel mean + tiny KL": 0.313,
  "σₓ learned": 0.1552,
  "σₓ = 0.1": 0.1,
};

const points = (rows) => ({ data: Float64Array.from(rows.flat()), shape: [rows.length, 2] });

// √λ of the code's directions, the held-out mean squares along them, and of the rest.
function numbers(fixed) {
  const { data } = fixed.numbers;
  const n = 2 * SIZE + 1;
  const all = Array.from({ length: n }, (_, i) => data[i] + data[n + i]);
  return [all.slice(0, SIZE), all.slice(SIZE, 2 * SIZE), all[2 * SIZE]];
}

// E ‖x − μ(z)‖², KL and log p(x) of a held-out digit.
function terms(sigma, v, [spread, squares, rest]) {
  let error = rest;
  let kl = 0;
  v.forEach((own, j) => {
    error += own ** 2 * squares[j] + sigma ** 2 * (1 - own);
    kl += 0.5 * (((1 - own) * squares[j]) / spread[j] ** 2 + own - 1 - Math.log(own));
  });
  const constant = (D / 2) * Math.log(2 * Math.PI * sigma ** 2);
  return [error, kl, -error / (2 * sigma ** 2) - constant - kl];
}

const grey = (level) => Math.round(255 * Math.max(0, Math.min(1, level)));

const GLOW = [
  [255, 190, 70],
  [90, 165, 255],
]; // where a lamp adds ink, and where it takes some
const GLASS = [34, 36, 42]; // of a lamp that is out

// What each number of the code draws.
function glow(v, { directions: { data } }) {
  const images = new Uint8Array(SIZE * D * 3);
  v.forEach((own, j) => {
    const drawn = data.slice(j * D, (j + 1) * D);
    const most = drawn.reduce((top, each) => Math.max(top, Math.abs(each)), 0);
    drawn.forEach((each, i) => {
      const bright = Math.sqrt(1 - own) * Math.abs(each / most);
      const colour = GLOW[each > 0 ? 0 : 1];
      GLASS.forEach((dark, c) => {
        images[(j * D + i) * 3 + c] = Math.floor(dark + bright * (colour[c] - dark) + 0.5);
      });
    });
  });
  return { data: images, shape: [SIZE, 28, 28, 3] };
}

// Held-out digits, and below each the decoder's mean at its code.
function sheet(v, fixed) {
  const [mean, directions, digits] = ["mean", "directions", "digits"].map((k) => fixed[k].data);
  const images = new Uint8Array(16 * D);
  images.set(digits);
  for (let k = 0; k < 8; k++) {
    const back = Float64Array.from(mean);
    for (let j = 0; j < SIZE && v[j] < 1; j++) {
      let m = 0;
      for (let i = 0; i < D; i++) {
        m += (digits[k * D + i] / 255 - mean[i]) * directions[j * D + i];
      }
      m *= 1 - v[j];
      for (let i = 0; i < D; i++) back[i] += m * directions[j * D + i];
    }
    images.set(back.map(grey), (8 + k) * D);
  }
  return { data: images, shape: [16, 28, 28] };
}

const whole = (value) => number(value, 0).replace(/\B(?=(\d{3})+$)/g, ",");

// The recipe that assumes this noise, or "".
function recipeOf(sigma) {
  return Object.keys(RECIPES).find((name) => Math.abs(sigma - RECIPES[name]) < 1e-6) ?? "";
}

// What happened to the lamps, whether the noise fits, and log p(x).
function sentenceOf(sigma, count, logPx) {
  const name = recipeOf(sigma);
  const noise = `σₓ = [${rounded(sigma, 2)}](sigma_x)`;
  let first;
  if (count === 0) {
    first =
      `[Every lamp is out](muted): ${noise} drowns all that digits differ in, and each comes ` +
      `back as the same grey blot.`;
  } else if (count < SIZE) {
    const lamps = count === 1 ? "[1 lamp](orange) burns" : `[${count} lamps](orange) burn`;
    first = `Only ${lamps}: what digits differ in by less than ${noise} is drowned.`;
  } else if (logPx > TOP) {
    first = `[Every lamp burns](orange), and ${noise} is the noise that there is: the top.`;
  } else {
    const amount = sigma < RECIPES["σₓ learned"] ? "less" : "more";
    first = `[Every lamp burns](orange), yet ${noise} claims ${amount} noise than there is.`;
  }
  const who = name ? `“${name}”. ` : "";
  const over = logPx > 0 ? ", as a density may exceed one" : "";
  return `${who}${first} [log p(x) = ${whole(logPx)} nats](green)${over}.`;
}

export function scene({ sigma_x: sigma }, fixed) {
  const [spread, squares, rest] = numbers(fixed);
  const v = spread.map((own) => Math.min((sigma / own) ** 2, 1));
  const [error, kl, logPx] = terms(sigma, v, [spread, squares, rest]);
  const lamps = spread.map((own, j) => [j + 1, own]);
  const live = lamps.filter(([, own]) => own > sigma);
  const across = Array.from({ length: SIZE + 2 }, (_, j) => [j, sigma]);
  const flood = [0, SIZE + 1].flatMap((j) => [j, 0, sigma]);
  const stems = live.flatMap(([j, own]) => [j, sigma, j, own]);
  const count = live.length;
  const said = recipeOf(sigma);
  const written = Array(2).fill([Math.sqrt(LOW * HIGH), ABOVE]);
  const codes = [...Object.keys(RECIPES), ""].map((name, k) => [
    `code${k}`,
    points(name === said ? written : []),
  ]);
  const losses = Object.entries(RECIPES).map(([name, own]) => `“${name}” ${rounded(own, 2)}`);
  return {
    arrays: {
      flood: { data: Float64Array.from(flood), shape: [2, 3] },
      stems: { data: Float64Array.from(stems), shape: [count, 2, 2] },
      dark: points(lamps.filter(([, own]) => own <= sigma)),
      lamps: points(live),
      level: points(across),
      sheet: sheet(v, fixed),
      glow: glow(v, fixed),
      noise: points([[sigma, TRACK]]),
      across: points([
        [sigma > 3 ? LEFT : RIGHT, sigma],
        [logPx, sigma],
      ]),
      here: points([[logPx, sigma]]),
      ...Object.fromEntries(codes),
    },
    sentence: sentenceOf(sigma, count, logPx),
    more:
      `${count} of the code's 20 dimensions live: digits differ along them by √λ > σₓ. On ` +
      `average, a held-out digit costs ${rounded(kl, 1)} nats of KL and misses by a squared ` +
      `error of ${rounded(error, 1)}, that is ${rounded((error / D) ** 0.5, 2)} a pixel. A loss ` +
      `that weighs the squared error by c₁ and the KL by c₂ assumes σₓ = √(c₂ / 2c₁): ` +
      `${losses.join(", ")}. “½ sum + 2 KL” is lesson 07's “½ sum + S5's penalty”, “means ` +
      `everywhere” averages over the pixels and over the code, and the tiny weight is 0.00025.`,
  };
}
