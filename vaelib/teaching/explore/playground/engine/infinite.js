// The infinite mixture: a network takes z to the place of a Gaussian, and there is one σ for all z.
//
//   p(x) = ∫ p(z) N(x; μ(z), σ² I) dz ≈ Σ_j p(z_j) N(x; μ_j, σ² I)          over the grid's nodes
//
// Points are rows x₁, x₂ of one array; losses are means over the points, in nats.

import { Adam, Network } from "./network.js";
import { LOG_2PI, PRIORS } from "./rules.js";

export const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
export const LOGVAR = [-9, 2]; // the limits of log σ²

export class InfiniteMixture {
  constructor({ d, width, prior = "normal" }, random) {
    this.d = d;
    this.prior = prior;
    this.decoder = new Network([d, width, width, 2], random);
    this.logvar = Float64Array.of(-1); // log σ²
    this.slope = new Float64Array(1); // of the loss by log σ²
    this.adam = new Adam(this.decoder.theta.length);
    this.adamLogvar = new Adam(1);
  }

  // z = T(ζ), one row a node.
  bend(nodes) {
    return nodes.map(PRIORS[this.prior].bend);
  }

  // μ(z) of J nodes ζ, (J, 2).
  decode(nodes, J) {
    return this.decoder.forward(this.bend(nodes), J);
  }

  // log p(x) of one x, as log Σ_j p(z_j) N(x; μ_j, σ² I); leaves the share of each node,
  // p(z_j | x), in `shares`. A node e³⁰ times less likely than the best one has none.
  share(x1, x2, mu, logWeights, shares) {
    const J = logWeights.length;
    const half = -0.5 * Math.exp(-this.logvar[0]);
    let top = -Infinity;
    for (let j = 0; j < J; j++) {
      const u = x1 - mu[2 * j];
      const v = x2 - mu[2 * j + 1];
      const term = logWeights[j] + half * (u * u + v * v);
      shares[j] = term;
      if (term > top) top = term;
    }
    let sum = 0;
    for (let j = 0; j < J; j++) {
      const far = shares[j] - top;
      shares[j] = far > -30 ? Math.exp(far) : 0;
      sum += shares[j];
    }
    for (let j = 0; j < J; j++) shares[j] /= sum;
    return top + Math.log(sum) - LOG_2PI - this.logvar[0];
  }

  // log p(x) of n points: the integral is a sum over the grid's nodes.
  logProb(x, n, { nodes, logWeights, J }) {
    const mu = this.decode(nodes, J);
    const shares = new Float64Array(J);
    const each = (_, i) => this.share(x[2 * i], x[2 * i + 1], mu, logWeights, shares);
    return Float64Array.from({ length: n }, each);
  }

  // p(z_j | x) of one x for all nodes.
  posterior(x1, x2, { nodes, logWeights, J }) {
    const shares = new Float64Array(J);
    this.share(x1, x2, this.decode(nodes, J), logWeights, shares);
    return shares;
  }

  // The gradient of −(1/n) Σ log p(x): by Bayes, each node answers for its share of each point.
  gradient(x, n, { nodes, logWeights, J }) {
    const mu = this.decode(nodes, J);
    const shares = new Float64Array(J);
    const dmu = new Float64Array(2 * J);
    const precision = Math.exp(-this.logvar[0]);
    this.slope[0] = 0;
    for (let i = 0; i < n; i++) {
      const x1 = x[2 * i];
      const x2 = x[2 * i + 1];
      this.share(x1, x2, mu, logWeights, shares);
      for (let j = 0; j < J; j++) {
        if (shares[j] === 0) continue;
        const part = shares[j] / n;
        const u = mu[2 * j] - x1;
        const v = mu[2 * j + 1] - x2;
        dmu[2 * j] += part * precision * u;
        dmu[2 * j + 1] += part * precision * v;
        this.slope[0] += part * (1 - 0.5 * precision * (u * u + v * v));
      }
    }
    this.decoder.backward(dmu);
  }

  step(x, n, rule, { rate, sigma }) {
    this.fix(sigma);
    this.gradient(x, n, rule);
    this.update(rate, sigma);
  }

  // σ is learned where no number is given.
  fix(sigma) {
    if (sigma) this.logvar[0] = 2 * Math.log(sigma);
  }

  update(rate, sigma) {
    this.adam.step(this.decoder.theta, this.decoder.gradient, rate);
    if (sigma) return;
    this.adamLogvar.step(this.logvar, this.slope, rate);
    this.logvar[0] = clamp(this.logvar[0], ...LOGVAR);
  }
}
