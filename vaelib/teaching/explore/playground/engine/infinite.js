// The infinite mixture: a network takes z to the place of a Gaussian, and there is one σ for all z.
//
//   p(x) = ∫ p(z) N(x; μ(z), σ² I) dz ≈ Σ_j p(z_j) N(x; μ_j, σ² I)          over the grid's nodes
//
// Points are rows x₁, x₂ of one array; losses are means over the points, in nats.

import { heap, padded } from "./heap.js";
import { Adam, Network } from "./network.js";
import { LOG_2PI, PRIORS } from "./rules.js";

export const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
export const LOGVAR = [-9, 2]; // the limits of log σ²

// p(x) of a decoder.
export class Density {
  constructor(d, decoder, logvar) {
    this.d = d;
    this.decoder = decoder;
    this.logvar = Float64Array.of(logvar); // log σ²
  }

  // μ(z) of J nodes ζ, (J, 2).
  decode(nodes, J) {
    return this.decoder.forward(this.bend(nodes), J);
  }

  // Places on the heap for J nodes at μ: their μ, their log weights, and room for their shares.
  lay(mu, { logWeights, J }) {
    const laid = { mu: heap.putColumns(mu, J, 2), logWeights: heap.put(logWeights), J: padded(J) };
    heap.take(laid.J - J);
    heap.numbers.fill(-Infinity, laid.logWeights + J, laid.logWeights + laid.J);
    return { ...laid, shares: heap.take(laid.J + 4) };
  }

  // log p(x) of one x, as log Σ_j p(z_j) N(x; μ_j, σ² I), and that sum over its largest term. Leaves
  // the share of each node in it, p(z_j | x) times the sum, in `shares`. A node e³⁰ times less
  // likely than the best one has none.
  share(x1, x2, { mu, logWeights, J, shares }) {
    const half = -0.5 * Math.exp(-this.logvar[0]);
    const sum = heap.kernels.share(shares, mu, logWeights, J, x1, x2, half);
    const top = heap.numbers[shares + J];
    return { sum, logp: top + Math.log(sum) - LOG_2PI - this.logvar[0] };
  }

  // log p(x) of n points: the integral is a sum over the grid's nodes.
  logProb(x, n, rule) {
    const bottom = heap.top;
    const laid = this.lay(this.decode(rule.nodes, rule.J), rule);
    const each = (_, i) => this.share(x[2 * i], x[2 * i + 1], laid).logp;
    const found = Float64Array.from({ length: n }, each);
    heap.top = bottom;
    return found;
  }

  // Of one x: p(z_j | x) for all nodes, and log p(x).
  posterior(x1, x2, rule) {
    const bottom = heap.top;
    const laid = this.lay(this.decode(rule.nodes, rule.J), rule);
    const { sum, logp } = this.share(x1, x2, laid);
    heap.top = bottom;
    const shares = heap.numbers.slice(laid.shares, laid.shares + rule.J);
    return { shares: shares.map((share) => share / sum), logp };
  }
}

export class InfiniteMixture extends Density {
  constructor({ d, width, prior = "normal" }, random) {
    super(d, new Network([d, width, width, 2], random), -1);
    this.prior = prior;
    this.slope = new Float64Array(1); // of the loss by log σ²
    this.adam = new Adam(this.decoder.theta.length);
    this.adamLogvar = new Adam(1);
  }

  // z = T(ζ), one row a node.
  bend(nodes) {
    return this.prior === "normal" ? nodes : nodes.map(PRIORS[this.prior].bend);
  }

  // The gradient of −(1/n) Σ log p(x): by Bayes, each node answers for its share of each point.
  gradient(x, n, rule) {
    const { J } = rule;
    const mu = this.decoder.record(this.bend(rule.nodes), J);
    const bottom = heap.top;
    const laid = this.lay(mu, rule);
    const pull = heap.putColumns(new Float64Array(2 * J), J, 2); // Σ share (μ_j − x)
    let square = 0; // Σ share |x − μ_j|²
    for (let i = 0; i < n; i++) {
      const [x1, x2] = [x[2 * i], x[2 * i + 1]];
      const { sum } = this.share(x1, x2, laid);
      square += heap.kernels.answer(pull, laid.shares, laid.mu, laid.J, x1, x2, 1 / (n * sum));
    }
    const precision = Math.exp(-this.logvar[0]);
    this.slope[0] = 1 - 0.5 * precision * square;
    const dmu = heap.columns(pull, J, 2).map((sum) => precision * sum);
    heap.top = bottom;
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
