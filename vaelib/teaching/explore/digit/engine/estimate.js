// log p(x) by importance sampling, a batch of draws at a time (lesson 08):
//
//   log w_s = log p(x|z_s) + log p(z_s) − log q(z_s|x),   z_s = m + √v ε_s,   p̂_k = (1/k) Σ w_s
//
// L_k is the mean of log p̂_k. From n draws it is read as the average over the n / k blocks of k, so
// that L_1 ≤ L_2 ≤ … ≤ L_n = log p̂_n holds exactly: log of a mean ≥ mean of logs, block by block.

import { PIXELS } from "./ink.js";
import { klEach, price, sum } from "./vae.js";

export const MOST = 4096;
export const BATCH = 16;

export class Estimate {
  // noise: ε of all draws, (MOST, d), the same for every x, so that numbers do not tremble.
  constructor(vae, x, noise) {
    Object.assign(this, { vae, x, noise, k: 0 });
    this.q = vae.encode(x);
    this.std = this.q.logv.map((value) => Math.exp(value / 2));
    this.kl = sum(klEach(this.q));
    this.logW = new Float64Array(MOST);
    this.paid = new Float64Array(PIXELS); // Σ over draws of −log p(x_i|z)
  }

  // One batch more; at every doubling `found` is renewed.
  more() {
    const { vae, noise, k, q, std } = this;
    const { d } = vae;
    const epsilon = noise.subarray(k * d, (k + BATCH) * d);
    const z = epsilon.map((e, i) => q.m[i % d] + std[i % d] * e);
    const logits = vae.logits(z, BATCH);
    for (let s = 0; s < BATCH; s++) this.logW[k + s] = this.weigh(z, epsilon, logits, s);
    this.k += BATCH;
    if ((this.k & (this.k - 1)) === 0) this.found = this.measure();
  }

  weigh(z, epsilon, logits, s) {
    const { x, paid, q } = this;
    const { d } = this.vae;
    let log = 0;
    for (let i = 0; i < PIXELS; i++) {
      const nats = price(x[i], logits[s * PIXELS + i]);
      paid[i] += nats;
      log -= nats;
    }
    for (let j = 0; j < d; j++) {
      const at = s * d + j;
      log += 0.5 * (epsilon[at] ** 2 - z[at] ** 2 + q.logv[j]);
    }
    return log;
  }

  // What k draws say: both terms of L, L_1 … L_k, and the standard error of log p̂_k.
  measure() {
    const { k, kl, q } = this;
    const prices = this.paid.map((nats) => nats / k);
    const reconstruction = -sum(prices);
    const logW = this.logW.subarray(0, k);
    const bounds = boundsOf(logW);
    const logp = bounds.at(-1);
    const spread = sum(logW.map((value) => (Math.exp(value - logp) - 1) ** 2));
    return {
      k,
      q,
      kl,
      reconstruction,
      L: reconstruction - kl,
      bounds,
      logp,
      prices,
      dearest: prices.reduce((a, b) => Math.max(a, b)),
      se: Math.sqrt(spread / (k - 1) / k),
    };
  }
}

// [L_1, L_2, L_4, …] from a power of 2 of log-weights.
export function boundsOf(logW) {
  const bounds = [];
  for (let level = logW; ;) {
    bounds.push(sum(level) / level.length);
    if (level.length === 1) return bounds;
    const pairs = level;
    level = Float64Array.from({ length: pairs.length / 2 }, (_, i) =>
      logMean(pairs[2 * i], pairs[2 * i + 1]),
    );
  }
}

const logMean = (a, b) => Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b))) - Math.LN2;
