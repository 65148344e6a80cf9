// The scene of weigh.py, line by line.

import { number, rounded } from "./words.js";

const [D, SIZE, SHOWN] = [784, 20, 24]; // pixels, dimensions of the code, directions shown
const [LOW, LEFT, RIGHT] = [0.08, -3300, 500]; // where the axes of noise and log p(x) begin, end
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

// What happened to the lamps, whether the noise fits, and log p(x).
function sentenceOf(sigma, count, logPx) {
  const [name] = Object.entries(RECIPES).find(([, own]) => Math.abs(sigma - own) < 1e-6) ?? [""];
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
  return `${who}${first} [log p(x) = ${whole(logPx)} nats](green).`;
}

export function scene({ sigma_x: sigma }, fixed) {
  const [spread, squares, rest] = numbers(fixed);
  const v = spread.map((own) => Math.min((sigma / own) ** 2, 1));
  const [error, kl, logPx] = terms(sigma, v, [spread, squares, rest]);
  const lamps = spread.map((own, j) => [j + 1, own]);
  const live = lamps.filter(([, own]) => own > sigma);
  const across = Array.from({ length: SHOWN + 2 }, (_, j) => [j, sigma]);
  const flood = [0, SHOWN + 1].flatMap((j) => [j, LOW, sigma]);
  const stems = live.flatMap(([j, own]) => [j, sigma, j, own]);
  const count = live.length;
  const losses = Object.entries(RECIPES).map(([name, own]) => `“${name}” ${rounded(own, 2)}`);
  return {
    arrays: {
      flood: { data: Float64Array.from(flood), shape: [2, 3] },
      stems: { data: Float64Array.from(stems), shape: [count, 2, 2] },
      dark: points(lamps.filter(([, own]) => own <= sigma)),
      lamps: points(live),
      level: points(across),
      sheet: sheet(v, fixed),
      across: points([
        [sigma > 3 ? LEFT : RIGHT, sigma],
        [logPx, sigma],
      ]),
      here: points([[logPx, sigma]]),
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
