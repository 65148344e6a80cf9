// The scene of mixture.py, line by line.

import { rounded } from "./words.js";

const EDGE = 8; // the line goes from −EDGE to EDGE
const BIN = 0.5; // a bin's width in the histogram
const BINS = (2 * EDGE) / BIN;

function logSum(terms) {
  const top = Math.max(...terms);
  return top + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - top), 0));
}

// log π_k N(x | μ_k, σ_k²) for each k.
function logTerms(x, weights, mu, std) {
  return mu.map((m, k) => {
    const square = ((x - m) / std[k]) ** 2;
    return Math.log(weights[k]) - 0.5 * (Math.log(2 * Math.PI) + square) - Math.log(std[k]);
  });
}

// The places of the first n samples, for each component that made them.
function sample(n, weights, mu, std, draws) {
  const own = [[], [], []];
  for (let i = 0; i < n; i++) {
    const [u, eps] = draws.slice(2 * i, 2 * i + 2);
    const k = (u >= weights[0]) + (u >= weights[0] + weights[1]);
    own[k].push(mu[k] + std[k] * eps);
  }
  return own;
}

// The samples' share in each bin, over its width: a band of two rows for each bin.
function histogram(x) {
  const counts = Array(BINS).fill(0);
  for (const value of x) {
    const bin = Math.floor((value + EDGE) / BIN);
    if (bin >= 0 && bin < BINS) counts[bin]++;
  }
  const rows = counts.flatMap((count, i) => {
    const height = count / (Math.max(x.length, 1) * BIN);
    return [i, i + 1].flatMap((edge) => [edge * BIN - EDGE, 0, height]);
  });
  return { data: Float64Array.from(rows), shape: [2 * BINS, 3] };
}

const line = (points) => ({ data: Float64Array.from(points.flat()), shape: [points.length, 2] });

export function scene({ x, n, ...sliders }, fixed) {
  const three = (name) => [1, 2, 3].map((k) => sliders[name + k]);
  const share = three("weight");
  const mu = three("mean");
  const std = three("width");
  const weights = share.map((s) => s / (share[0] + share[1] + share[2]));
  const at = Array.from({ length: 20 * EDGE + 1 }, (_, i) => i / 10 - EDGE);
  const terms = at.map((a) => logTerms(a, weights, mu, std));
  const logP = terms.map(logSum);
  const there = logTerms(x, weights, mu, std);
  const logPx = logSum(there);
  const resp = there.map((term) => Math.exp(term - logPx));
  const count = Math.floor(n);
  const own = sample(count, weights, mu, std, fixed.draws.data);
  const arrays = {
    histogram: histogram(own.flat()),
    probe: line([[x, -1], [x, 1]]),
    log_probe: line([[x, -100], [x, 100]]),
    p: line(at.map((a, i) => [a, Math.exp(logP[i])])),
    log_p: line(at.map((a, i) => [a, logP[i]])),
    p_there: line([[x, Math.exp(logPx)]]),
    log_p_there: line([[x, logPx]]),
    resp: { data: Float64Array.from(resp), shape: [3] },
  };
  for (const k of [1, 2, 3]) {
    arrays[`samples${k}`] = line(own[k - 1].map((drawn) => [drawn, -0.04 * k]));
    arrays[`term${k}`] = line(at.map((a, i) => [a, Math.exp(terms[i][k - 1])]));
    arrays[`log_term${k}`] = line(at.map((a, i) => [a, terms[i][k - 1]]));
  }
  const sentence =
    `At x = ${rounded(x, 1)}: p(x) = ${rounded(Math.exp(logPx), 3)}, log p(x) = ` +
    `${rounded(logPx, 2)} nats. It was made by k = 1, 2, 3 with probability ` +
    `${resp.map((r) => rounded(r, 2)).join(", ")}; the weights are ` +
    `${weights.map((w) => rounded(w, 2)).join(", ")}. Of ${count} samples ` +
    `${own.map((some) => some.length).join(", ")} came from k = 1, 2, 3.`;
  return { arrays, sentence };
}
