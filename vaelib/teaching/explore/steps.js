// The scene of steps.py, line by line.

import { climb, HALF_STEPS, points, top } from "./em.js";
import { number } from "./words.js";

const TONES = 5;
const SIZES = [2, 3, 5];
const SHOWN = 4;
const DENSE = 9;
const STRINGS = [
  [0.35, -0.4],
  [-0.4, 0.35],
  [0.45, 0.3],
]; // from means that begin alike to their handles
const FLOOR = 5e-5;

const rows = (some, width = 2) => ({
  data: Float64Array.from(some.flat()),
  shape: [some.length, width],
});

function ellipse({ mean: [mx, my], cov: [a, b, c] }, n = 33) {
  const p = Math.sqrt(a);
  const q = b / p;
  const s = Math.sqrt(c - q * q);
  return Array.from({ length: n }, (_, i) => {
    const angle = (2 * Math.PI * i) / (n - 1);
    return [mx + p * Math.cos(angle), my + q * Math.cos(angle) + s * Math.sin(angle)];
  });
}

const stairs = (first, values, dense = 2) =>
  values.flatMap((value, i) =>
    Array.from({ length: dense }, (_, at) => [first + i + at / (dense - 1), value]),
  );

// Before the first E-step the points' q is the same for all.
const before = (state) => ({ ...state, lower: state.even });

function closeUp(states) {
  const last = states.length > 1 ? states.slice(-SHOWN - 1) : [before(states[0]), ...states];
  const [low, high] = [last[0].lower, last.at(-1).logP];
  const span = Math.max(high - low, 1e-7);
  const part = (value) => (value - low) / span;
  return {
    lower: stairs(
      1 - last.length,
      last.map((state) => part(state.lower)),
      DENSE,
    ),
    logP: stairs(
      1 - last.length,
      last.map((state) => part(state.logP)),
      DENSE,
    ),
    span: high - low,
  };
}

// The random starts' distances from the top, as [half-step, distance], one line each.
function others({ before }, k) {
  const [, lines, n] = before.shape;
  const from = SIZES.indexOf(k) * lines * n;
  const data = Float64Array.from({ length: 2 * lines * n }, (_, i) =>
    i % 2 ? before.data[from + (i - 1) / 2] : 2 * ((i / 2) % n),
  );
  return { data, shape: [lines, n, 2] };
}

const gained = (nats) => (nats >= 1e-3 ? number(nats, 3) : "under 0.001");

function said(states, step, best) {
  const [now, old] = [states.at(-1), states.at(-2) ?? states[0]];
  if (states.length <= step) {
    return (
      `EM ends before half-step [${step}](step): a Gaussian has shrunk onto one point or a ` +
      "line of points, where the likelihood has no top."
    );
  }
  const below = best - now.logP;
  let place = `${number(below, 3)} nats below the best result known`;
  if (below < 5e-4) place = below > -5e-4 ? "as high as the best result known" : "above all known";
  const due = step === HALF_STEPS - 1 ? "" : ` Next: ${step % 2 ? "E" : "M"}-step.`;
  if (step === 0) {
    return (
      "E-step [0](step): each point takes the colours of those who may have made it. A mixed " +
      `colour: nobody knows.${due}`
    );
  }
  if (step % 2 === 0) {
    return (
      `E-step [${step}](step): the points take new colours, nothing else moves. L ` +
      `rises by ${gained(now.lower - old.lower)} to log p(x), ${place}.${due}`
    );
  }
  return (
    `M-step [${step}](step): the Gaussians move to their points. log p(x) rises by ` +
    `${gained(now.logP - old.logP)} nats and leaves L behind; it is ${place}.${due}`
  );
}

// Python rounds a half to the even neighbour.
const rounded = (value) => (value % 1 === 0.5 ? 2 * Math.round(value / 2) : Math.round(value));

export function scene(parameters, fixed) {
  const k = Number(parameters.k);
  const step = rounded(parameters.step);
  const moved = [1, 2, 3].map((i) => [parameters[`right${i}`], parameters[`up${i}`]]);
  const data = points(fixed);
  const states = climb(fixed, k, parameters.start, moved);
  const best = top(fixed, k);
  const soFar = states.slice(0, step + 1);
  const now = soFar.at(-1);
  const run = states.map(({ logP }) => Math.max(best - logP, FLOOR));
  const { lower, logP, span } = closeUp(soFar);
  const mixed = new Float64Array(data.n * (2 + k));
  for (let i = 0; i < data.n; i++) {
    mixed.set([data.x[i], data.y[i]], i * (2 + k));
    mixed.set(now.q.subarray(i * k, (i + 1) * k), i * (2 + k) + 2);
  }
  const grey = others(fixed, k);
  const arrays = {
    x: { data: mixed, shape: [data.n, 2 + k] },
    others: grey,
    run: rows(stairs(0, run)),
    gap: rows(stairs(0, run.slice(0, soFar.length))),
    here: rows([[soFar.length - 0.5, run[soFar.length - 1]]]),
    kl: rows(
      lower.map((end, i) => [...end, logP[i][1]]),
      3,
    ),
    log_p: rows(logP),
    lower: rows(lower),
  };
  const ways = [states[0], ...soFar.filter((_, i) => i % 2)];
  for (let i = 0; i < TONES; i++) {
    const own = i < k;
    arrays[`ellipse${i + 1}`] = rows(own ? ellipse(now.theta[i]) : []);
    arrays[`centre${i + 1}`] = rows(own ? [now.theta[i].mean] : []);
    arrays[`way${i + 1}`] = rows(own ? ways.map(({ theta }) => theta[i].mean) : []);
  }
  for (let i = 0; i < 3; i++) {
    const at = now.theta[i]?.mean;
    const by = parameters.start === "almost alike" ? STRINGS[i] : [0, 0];
    arrays[`string${i + 1}`] = rows(at ? [at, at.map((value, axis) => value + by[axis])] : []);
  }
  const n = grey.shape[1];
  const ends = Array.from({ length: grey.shape[0] }, (_, i) => grey.data[2 * n * (i + 1) - 1]);
  const more =
    `L = ${number(now.lower, 4)}, log p(x) = ${number(now.logP, 4)}, KL = ` +
    `${number(now.logP - now.lower, 4)} nats per point. The close-up is ${number(span, 4)} nats ` +
    `high. The best result known for K = ${k} is ${number(best, 4)}. Random starts, in grey, ` +
    "that are still 0.1 nats or more below it after 40 half-steps: " +
    `${ends.filter((end) => end > 0.1).length} of ${ends.length}. The weights are ` +
    `${now.theta.map(({ weight }) => number(weight, 2)).join(", ")}.`;
  return { arrays, sentence: said(soFar, step, best), more };
}
