// What the explorer `small_steps` says: small_steps_words.py, line by line.

import { realBetween, S, valley, WALKS } from "./line_chain.js";
import { rounded } from "./words.js";

const ENOUGH = 32; // walks, from which on they are compared with real points

// Two digits; what is tiny, as a bound.
function nats(value) {
  if (value < 0.0095) return "under 0.01";
  return rounded(value, value > 9.95 ? 0 : value > 0.995 ? 1 : 2);
}

// What to notice of one step from the dot.
export function oneStepSays(T, here, humps, isWide) {
  const step = "the [model's step](blue)";
  const wrong = isWide ? "wide" : "narrow";
  let what = `[one way back](green), and ${step} is too ${wrong}`;
  if (here < 0.0095) what = `so short a step has the shape of the truth, and ${step} fits`;
  else if (humps > 1) what = `[two ways back](green), and ${step} aims between them`;
  return `One of [${T}](steps) steps, from the dot: ${what}.`;
}

// What to notice of all steps; of n walks stray are in the valley.
export function allWalks(d, T, total, stray, n) {
  if (d < 2 * S)
    return `In [${T}](steps) steps from noise to data, walks lose ${nats(total)} nats.`;
  if (!n) return `In [${T}](steps) steps each walk falls from noise to data. Where will it end?`;
  const end = stray === 1 ? "ends" : "end";
  const said = `In [${T}](steps) steps [${stray} of ${n} walks](accent) ${end} in the valley`;
  if (n < ENOUGH) return `${said}.`;
  const real = n * realBetween(d);
  const more = stray > real + 2 * Math.sqrt(real) + 1;
  return `${said}, ${more ? "far more than" : "about as many as"} [real points](green).`;
}

// All other numbers.
export function numbers(T, before, after, z, back, here, total, one) {
  const what = before ? `A step as long as one of ${T}` : "The last step";
  const to = before ? rounded(before, 3) : "x";
  return (
    `${what}, from b/a = ${rounded(after, 3)} to ${to}: z is ` +
    `${rounded(z, 2)}, the best guess of x is ${rounded(back.guess, 2)}. The exact step back ` +
    `has mean ${rounded(back.mean, 2)} and standard deviation ${rounded(back.full, 3)}; the ` +
    `model's has the same mean and ${rounded(back.width, 3)}. It loses ${rounded(here[0], 3)} ` +
    `nats from here, a Gaussian of the best width ${rounded(here[1], 3)}. All steps and both ` +
    `ends lose ${rounded(total[0], 3)} nats a point against the true density, with best ` +
    `widths ${rounded(total[1], 4)}; one Gaussian without steps loses ${rounded(one, 3)}.`
  );
}

// How many walks end between the peaks, and how many real x would; nothing for near peaks.
export function between(d, T, normals) {
  if (d < 2 * S) return "";
  const { share, real, error, realError } = valley(d, T, normals);
  return (
    ` Of ${WALKS} walks ${rounded(100 * share, 1)} ± ${rounded(100 * error, 1)} % end in the ` +
    `valley, nearer to 0 than ${rounded(d / 2, 2)}; of ${WALKS} real x it would be ` +
    `${rounded(100 * real, 1)} ± ${rounded(100 * realError, 1)} %.`
  );
}
