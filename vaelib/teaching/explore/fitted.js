// The scene of fitted.py, line by line.

import { rounded } from "./words.js";

const EDGE = 3.2; // of the plane
const Z_EDGE = 6; // of the line z
const J = 1200; // cells of −12 < z < 12
const SHARES = 20;

const range = (low, high, n) =>
  Array.from({ length: n }, (_, i) => low + ((high - low) * i) / (n - 1));

const rows = (points) => ({
  data: Float64Array.from(points.flat()),
  shape: [points.length, points[0].length],
});

function logSum(terms) {
  const top = Math.max(...terms);
  return top + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - top), 0));
}

const silu = (h) => h.map((v) => v / (1 + Math.exp(-v)));

// The decoder, 1 → 32 → 32 → 4, its weights as parameters_to_vector leaves them.
function decoder(theta) {
  const layer = (input, outputs, at) =>
    Array.from({ length: outputs }, (_, i) => {
      let sum = theta[at + outputs * input.length + i];
      for (let k = 0; k < input.length; k++) sum += theta[at + i * input.length + k] * input[k];
      return sum;
    });
  return (z) => {
    const out = layer(silu(layer(silu(layer([z], 32, 0)), 32, 64)), 4, 1120);
    return { mu: out.slice(0, 2), logvar: out.slice(2) };
  };
}

// log p(x), the posterior's share in each cell and its log density but for a constant, at z.
function posterior(x, z, decode) {
  const logPrior = z.map((v) => (-v * v) / 2);
  const logTotal = logSum(logPrior);
  const logJoint = z.map((v, j) => {
    const { mu, logvar } = decode(v);
    const squares = x.map((xi, i) => logvar[i] + (xi - mu[i]) ** 2 / Math.exp(logvar[i]));
    return logPrior[j] - logTotal - (squares[0] + squares[1]) / 2 - Math.log(2 * Math.PI);
  });
  const logPx = logSum(logJoint);
  return { logPx, logJoint, resp: logJoint.map((v) => Math.exp(v - logPx)) };
}

// The z that cut the posterior into equal shares.
function equalShares(resp, z) {
  let total = 0;
  const reached = resp.map((r) => (total += r));
  return Array.from({ length: SHARES }, (_, i) => {
    const share = (i + 0.5) / SHARES;
    const j = reached.findIndex((part) => part > share);
    if (j === 0) return z[0];
    return z[j - 1] + ((share - reached[j - 1]) / resp[j]) * (z[j] - z[j - 1]);
  });
}

// The 1σ circle of the Gaussian that a z owns.
const circle = ({ mu, logvar }) =>
  range(0, 2 * Math.PI, 41).map((angle) =>
    [Math.cos(angle), Math.sin(angle)].map((at, i) => mu[i] + Math.exp(logvar[i] / 2) * at),
  );

export function scene({ start, step, x1, x2 }, fixed) {
  const steps = Array.from(fixed.steps.data);
  const n = steps.length;
  const run = start === "worst of five" ? 1 : 0;
  const gaps = steps.map((s) => Math.abs(s - step));
  const moment = gaps.indexOf(Math.min(...gaps));
  const size = fixed.weights.shape[2];
  const from = (run * n + moment) * size;
  const decode = decoder(fixed.weights.data.slice(from, from + size));

  const z = Array.from({ length: J }, (_, j) => -12 + (24 * (j + 0.5)) / J);
  const { logPx, logJoint, resp } = posterior([x1, x2], z, decode);
  const mean = resp.reduce((sum, r, j) => sum + r * z[j], 0);
  const std = Math.sqrt(resp.reduce((sum, r, j) => sum + r * (z[j] - mean) ** 2, 0));
  const peak = Math.max(...logJoint);
  const bell = z.map((v, j) => [v, Math.exp(logJoint[j] - peak)]);

  const curve = range(-2.5, 2.5, 101).map((v) => decode(v).mu);
  const marked = range(-2, 2, 5).map(decode);
  const below = (of, i) => fixed.below.data[of * n + i];
  const climb = (of) => steps.map((s, i) => [Math.log10(s + 1), Math.log10(below(of, i))]);
  const arrays = {
    curve: rows(curve),
    widths: { ...rows(marked.flatMap(circle)), shape: [5, 41, 2] },
    marked: rows(marked.map(({ mu }, k) => [...mu, k])),
    likely: rows(equalShares(resp, z).map((v) => decode(v).mu)),
    x: rows([[x1, x2]]),
    posterior: rows(bell.filter(([v]) => Math.abs(v) < Z_EDGE)),
    other: rows(climb(1 - run)),
    run: rows(climb(run)),
    now: rows([climb(run)[moment]]),
  };

  const lost = below(run, moment);
  const off = curve.flat().some((v) => Math.abs(v) > EDGE);
  const inside = resp.reduce((sum, r, j) => sum + (Math.abs(z[j]) < Z_EDGE ? r : 0), 0);
  const sentence =
    `Step ${steps[moment]} of ${steps[n - 1]}: held-out log p(x) is ` +
    `${rounded(fixed.truth.data[0] - lost, 2)} nats per point, ${rounded(lost, 2)} below the ` +
    `true density's. At x = (${rounded(x1, 1)}, ${rounded(x2, 1)}) log p(x) is ` +
    `${rounded(logPx, 1)} nats; the exact posterior has mean z = ${rounded(mean, 2)} and ` +
    `standard deviation ${rounded(std, 2)}, the prior 0 and 1.` +
    (off ? " Part of the curve lies off the plane." : "") +
    (inside < 0.5 ? " Most of the posterior lies beyond −6 < z < 6." : "");
  return { arrays, sentence };
}
