// The scene of mixture.py, line by line.

import { beneath, chosen, listed, logSum, made, named, shares, THREE } from "./maker.js";
import { rounded } from "./words.js";

const EDGE = 8; // the line goes from −EDGE to EDGE
const BIN = 0.25; // a bin's width in the pile
const BINS = (2 * EDGE) / BIN;
const MOST = 1000;
const LATEST = 20; // samples still fall, but at the end none
const SKY = 0.57; // from where they fall
const CLOSE = 0.02; // a share of the samples is about a weight if it is as near
const NAME = 0.03; // a bump's name stands so far above its top
const STEPS = Array.from({ length: 71 }, (_, i) => (i - 35) / 10); // widths to both sides

const rows = (points, width = 2) => ({
  data: Float64Array.from(points.flat()),
  shape: [points.length, width],
});

// log π_k N(x | μ_k, σ_k²) for each k.
function logTerms(x, weights, mu, std) {
  return mu.map((m, k) => {
    const square = ((x - m) / std[k]) ** 2;
    return Math.log(weights[k]) - 0.5 * (Math.log(2 * Math.PI) + square) - Math.log(std[k]);
  });
}

// [k, place] of the first n samples.
function sample(n, weights, mu, std, draws) {
  return Array.from({ length: n }, (_, i) => {
    const [u, eps] = [draws[2 * i], draws[2 * i + 1]];
    const k = chosen(u, weights);
    return [k, mu[k] + std[k] * eps];
  });
}

// A band under blocks, one for each sample: two rows for each bin.
function pile(x) {
  const counts = Array(BINS).fill(0);
  for (const value of x) {
    const bin = Math.floor((value + EDGE) / BIN);
    if (bin >= 0 && bin < BINS) counts[bin]++;
  }
  const band = counts.flatMap((count, i) =>
    [i, i + 1].map((edge) => [edge * BIN - EDGE, 0, count / (MOST * BIN)]),
  );
  return rows(band, 3);
}

// The latest samples, [k, place] each, the newest last: under the sky, and faster and faster to
// their piles.
function falling(latest, piles) {
  return latest.map(([k, x], i) => {
    const age = (latest.length - 1 - i) / LATEST;
    const bin = Math.max(0, Math.min(BINS - 1, Math.floor((x + EDGE) / BIN)));
    const ground = piles[k].data[6 * bin + 2];
    return [k, [x, SKY - (SKY - ground) * age ** 2]];
  });
}

// Which share of the samples the heaviest k made, beside its weight.
function rained(came, weights) {
  const n = came.reduce((sum, own) => sum + own);
  if (!n) return "";
  const k = weights.indexOf(Math.max(...weights));
  const share = came[k] / n;
  const [more, less] = [share > weights[k] + CLOSE, share < weights[k] - CLOSE];
  const beside = more ? "more than" : less ? "less than" : "about";
  return ` Of the samples ${named(k)} made ${beside} its weight π.`;
}

export function scene({ x, n, ...sliders }, fixed) {
  const three = (name) => THREE.map((k) => sliders[name + k]);
  const mu = three("mean");
  const std = three("width");
  const weights = shares(three("weight"));
  const at = Array.from({ length: 20 * EDGE + 1 }, (_, i) => i / 10 - EDGE);
  const terms = at.map((a) => logTerms(a, weights, mu, std));
  const logP = terms.map(logSum);
  const there = logTerms(x, weights, mu, std);
  const logPx = logSum(there);
  const resp = there.map((term) => Math.exp(term - logPx));
  const count = Math.floor(n);
  const drawn = sample(count, weights, mu, std, fixed.draws.data);
  const landed = count - Math.min(count, LATEST, MOST - count);
  const own = (k, some) => some.filter(([by]) => by === k - 1).map(([, place]) => place);
  const arrays = {
    probe: rows([[x, -1], [x, 1]]),
    log_probe: rows([[x, -100], [x, 100]]),
    p: rows(at.map((a, i) => [a, Math.exp(logP[i])])),
    log_p: rows(at.map((a, i) => [a, logP[i]])),
    p_there: rows([[x, Math.exp(logPx)]]),
    log_p_there: rows([[x, logPx]]),
    resp: { data: Float64Array.from(resp), shape: [3] },
  }; // prettier-ignore
  const piles = THREE.map((k) => pile(own(k, drawn.slice(0, landed))));
  const fall = falling(drawn.slice(landed), piles);
  for (const k of THREE) {
    const around = STEPS.map((step) => mu[k - 1] + std[k - 1] * step);
    const bump = around.map((a) => [a, Math.exp(logTerms(a, weights, mu, std)[k - 1])]);
    arrays[`area${k}`] = rows(
      bump.map(([a, high]) => [a, 0, n < 1 ? high : 0]),
      3,
    );
    arrays[`term${k}`] = rows(bump);
    arrays[`name${k}`] = rows(Array(2).fill([mu[k - 1], bump[35][1] + NAME]));
    const { data } = (arrays[`pile${k}`] = piles[k - 1]);
    arrays[`rim${k}`] = { data: data.filter((_, i) => i % 3 !== 1), shape: [2 * BINS, 2] };
    arrays[`falling${k}`] = rows(own(k, fall));
    arrays[`log_term${k}`] = rows(at.map((a, i) => [a, terms[i][k - 1]]));
  }
  const far = mu.map((m) => Math.abs(x - m));
  const place = `x = [${rounded(x, 2)}](x)`;
  const came = THREE.map((k) => own(k, drawn).length);
  const pX = logPx < Math.log(0.0005) ? "under 0.001" : rounded(Math.exp(logPx), 3);
  const more =
    `p(x) = ${pX}, log p(x) = ${rounded(logPx, 2)} nats. ` +
    `r = ${listed(resp)} for k = 1, 2, 3; the weights are ${listed(weights)}. Of ${count} ` +
    `samples ${listed(came, 0)} came from k = 1, 2, 3; all ` +
    "thousand have the area of p(x). The dots, the latest, still fall.";
  const inWidths = far.map((d, k) => d / std[k]);
  const said = made(place, resp, far, inWidths) + beneath(logPx) + rained(came, weights);
  return { arrays, sentence: said, more };
}
