// The scene of balance.py, line by line.

import { rounded } from "./words.js";

const POINTS = ["two peaks", "one peak", "lopsided"];
const EDGE = 4.5; // of the line z, as drawn
const DEPTH = 6; // nats from the glass's rim to where its picture ends
const TENTHS = 10; // threads
const STEP = 0.02; // between the points of −20 < z < 20 over which sums go
const LINE = Float64Array.from({ length: 2001 }, (_, j) => (j - 1000) * STEP);

const range = (low, high, n) =>
  Array.from({ length: n }, (_, i) => low + ((high - low) * i) / (n - 1));

const rows = (points) => ({
  data: Float64Array.from(points.flat()),
  shape: [points.length, points[0].length],
});

const floats = ({ data }) => Float64Array.from(new Float32Array(Uint8Array.from(data).buffer));

function logSum(terms) {
  const top = terms.reduce((a, b) => Math.max(a, b));
  return top + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - top), 0));
}

// The decoder, 1 → 32 → 32 → 4, its weights as parameters_to_vector leaves them.
function decoder(theta) {
  const layer = (input, outputs, at) => {
    const sums = theta.slice(at + outputs * input.length, at + outputs * (input.length + 1));
    for (let i = 0; i < outputs; i++) {
      for (let k = 0; k < input.length; k++) sums[i] += theta[at + i * input.length + k] * input[k];
    }
    return sums;
  };
  const silu = (h) => h.map((v) => v / (1 + Math.exp(-v)));
  return (z) => {
    const [mu1, mu2, ...logvar] = layer(silu(layer(silu(layer([z], 32, 0)), 32, 64)), 4, 1120);
    return { mu: [mu1, mu2], logvar };
  };
}

// What does not change with q, of all three points: log p(x, z) at LINE, log p(x), the best
// Gaussian and the network's q as [m, s], the posterior's mean and std, and ten z of equal shares.
function prepared(fixed) {
  const decode = decoder(floats(fixed.weights));
  const own = floats(fixed.own);
  const decoded = Array.from(LINE, decode);
  const each = POINTS.map((_, i) => {
    const [x1, x2, ...q] = own.slice(6 * i, 6 * i + 6);
    const x = [x1, x2];
    const logJoint = LINE.map((z, j) => {
      const { mu, logvar } = decoded[j];
      const squares = x.map((xi, k) => logvar[k] + (xi - mu[k]) ** 2 / Math.exp(logvar[k]));
      return -(z * z + squares[0] + squares[1] + 3 * Math.log(2 * Math.PI)) / 2;
    });
    const total = logSum(logJoint);
    const share = logJoint.map((v) => Math.exp(v - total));
    const mean = share.reduce((sum, r, j) => sum + r * LINE[j], 0);
    const square = share.reduce((sum, r, j) => sum + r * (LINE[j] - mean) ** 2, 0);
    return {
      x,
      logJoint,
      logPx: total + Math.log(STEP),
      best: q.slice(0, 2),
      network: q.slice(2),
      moments: [mean, Math.sqrt(square)],
      likely: equalShares(share),
    };
  });
  return { decode, each };
}

// The z in the middle of ten equal shares of the posterior.
function equalShares(share) {
  let total = 0;
  const reached = share.map((r) => (total += r));
  return Array.from({ length: TENTHS }, (_, i) => {
    const part = (i + 0.5) / TENTHS;
    const j = reached.findIndex((r) => r > part);
    return LINE[j - 1] + ((part - reached[j - 1]) / (reached[j] - reached[j - 1])) * STEP;
  });
}

const known = new WeakMap(); // by the weights

function of(fixed) {
  if (!known.has(fixed.weights)) known.set(fixed.weights, prepared(fixed));
  return known.get(fixed.weights);
}

// KL(q ‖ p(z|x)) of q = N(m, s²) in nats, and q's shares of z < −2 and of z > 2. What lies beyond
// 9 s is nothing.
function lost({ logJoint, logPx }, m, s) {
  const from = Math.max(0, Math.ceil((m - 9 * s) / STEP) + 1000);
  const to = Math.min(LINE.length - 1, Math.floor((m + 9 * s) / STEP) + 1000);
  let [mass, left, right, sum] = [0, 0, 0, 0];
  for (let j = from; j <= to; j++) {
    const q = Math.exp(-(((LINE[j] - m) / s) ** 2) / 2);
    mass += q;
    if (LINE[j] < -2) left += q;
    if (LINE[j] > 2) right += q;
    sum += q * logJoint[j];
  }
  const entropy = 0.5 * Math.log(2 * Math.PI * Math.E * s * s);
  return { kl: logPx - sum / mass - entropy, ends: [left / mass, right / mass] };
}

// The KL, in nats, of a q for one of the points.
export function klOf({ point, mean, width }, fixed) {
  return lost(of(fixed).each[POINTS.indexOf(point)], mean, width).kl;
}

// The KL at 91 means along the line, five steps apart: q's weights are the same at each of them.
function lostAlong({ logJoint, logPx }, s) {
  const reach = Math.floor((9 * s) / STEP);
  const weights = Array.from({ length: reach + 1 }, (_, k) =>
    Math.exp(-(((k * STEP) / s) ** 2) / 2),
  );
  const entropy = 0.5 * Math.log(2 * Math.PI * Math.E * s * s);
  return Array.from({ length: 91 }, (_, i) => {
    const at = 775 + 5 * i;
    const [from, to] = [Math.max(0, at - reach), Math.min(LINE.length - 1, at + reach)];
    let [mass, sum] = [0, 0];
    for (let j = from; j <= to; j++) {
      const q = weights[Math.abs(j - at)];
      mass += q;
      sum += q * logJoint[j];
    }
    return [LINE[at], -(logPx - sum / mass - entropy)];
  });
}

// The density of N(m, s²).
function bell([m, s]) {
  const density = (u) => Math.exp((-u * u) / 2) / (s * Math.sqrt(2 * Math.PI));
  return rows(range(-4, 4, 81).map((u) => [m + s * u, density(u)]));
}

const across = (...heights) => rows([-EDGE, EDGE].map((z) => [z, ...heights]));

// An arrow out of the glass where q loses more than the glass is deep.
function downwards(mean, kl) {
  const high = 0.4 - DEPTH;
  const arrow = [mean - 0.3, high, mean, 0.1 - DEPTH, mean + 0.3, high];
  const data = Float64Array.from(kl > DEPTH ? arrow : []);
  return { data, shape: [data.length / 2, 2] };
}

const hundredths = (nats) => Math.floor(100 * nats + 0.500001) / 100;

function clause({ point, mean, width }, kl, least, best, ends) {
  if (point === "two peaks") {
    if (Math.min(...ends) > 0.02) {
      return "q reaches for both peaks and pays for the empty middle";
    }
    if (Math.max(...ends) < 0.5) return "q stands in the empty middle, where no peak is";
    const [peak, other] = mean > 0 ? ["heavier", "lighter"] : ["lighter", "heavier"];
    if (kl < 1.2) return `q has taken the ${peak} peak and given up the ${other}`;
    return `q stands on the side of the ${peak} peak, but not well on it`;
  }
  if (kl < least + 0.03) return "q loses as little as a Gaussian can";
  if (Math.abs(mean - best[0]) > best[1]) return "q stands beside the posterior";
  if (width > 1.15 * best[1]) return "q is too wide";
  return width < best[1] / 1.15 ? "q is too narrow" : "q is almost right";
}

export function scene({ point, mean, width }, fixed) {
  const { decode, each } = of(fixed);
  const own = each[POINTS.indexOf(point)];
  const { x, logJoint, logPx, best, network, moments } = own;
  const { kl, ends } = lost(own, mean, width);
  const least = lost(own, ...best).kl;
  const byNetwork = lost(own, ...network).kl;
  const lower = logPx - kl;
  const shownLower = hundredths(logPx) - hundredths(kl);
  const likely = own.likely.map((z) => decode(z).mu);
  const edge = Math.round(EDGE / STEP);
  const shown = Array.from({ length: 2 * edge + 1 }, (_, i) => 1000 - edge + i);
  const arrays = {
    posterior: rows(shown.map((j) => [LINE[j], Math.exp(logJoint[j] - logPx)])),
    network: bell(network),
    best: bell(best),
    q: bell([mean, width]),
    filled: across(Math.min(-DEPTH, -kl), -kl),
    lost: across(-kl, 0),
    network_level: across(-byNetwork),
    best_level: across(-least),
    hill: rows(lostAlong(own, width)),
    here: rows([[mean, -kl]]),
    deeper: downwards(mean, kl),
    threads: { ...rows(likely.flatMap((mu) => [x, mu])), shape: [TENTHS, 2, 2] },
    likely: rows(likely),
    stretch: rows(range(-2, 2, 81).map((u) => decode(mean + width * u).mu)),
    x: rows([x]),
  };
  const sentence =
    `${clause({ point, mean, width }, kl, least, best, ends)}: [${rounded(kl, 2)} nats](accent) ` +
    `are lost. [log p(x)](ink) stays ${rounded(logPx, 2)}: the bound ` +
    `[L = ${rounded(shownLower, 2)}](blue) plus the KL, what is lost.`;
  const price = (width ** 2 + mean ** 2 - 1 - 2 * Math.log(width)) / 2;
  const more =
    `x = (${rounded(x[0], 2)}, ${rounded(x[1], 2)}). q has mean ${rounded(mean, 2)} and standard ` +
    `deviation ${rounded(width, 3)}, the posterior ${rounded(moments[0], 2)} and ` +
    `${rounded(moments[1], 3)}. L is also q's fit, the average of log p(x|z), ` +
    `${rounded(lower + price, 2)}, less its price, KL(q ‖ p(z)) = ${rounded(price, 2)}. Of all ` +
    `Gaussians the one with mean ${rounded(best[0], 2)} and standard deviation ` +
    `${rounded(best[1], 3)} loses least, ${rounded(least, 3)} nats; the network's q loses ` +
    `${rounded(byNetwork, 3)}.`;
  return { arrays, sentence, more };
}
