// The VAE: the infinite mixture's p(x), trained through an encoder q(z|x) = N(m, v).
//
//   L = E_q[log N(x; μ(z), σ² I)] − β KL(q ‖ p(z)),   KL = ½ Σ (m² + v − 1 − log v)
//
// The gradient takes one draw ζ = m + √v ε a point; what is shown, E_q by the Gauss–Hermite rule.

import { clamp, InfiniteMixture } from "./infinite.js";
import { Adam, Network } from "./network.js";
import { LOG_2PI, PRIORS } from "./rules.js";

const LOGVAR_Q = [-12, 4]; // the limits of log v

export class Vae extends InfiniteMixture {
  constructor(sizes, random) {
    super(sizes, random);
    this.encoder = new Network([2, sizes.width, sizes.width, 2 * sizes.d], random);
    this.adamEncoder = new Adam(this.encoder.theta.length);
  }

  // q(ζ|x) of n points: m and log v, each (n, d).
  encode(x, n) {
    return this.split(this.encoder.forward(x, n), n);
  }

  split(out, n) {
    const { d } = this;
    const m = new Float64Array(n * d);
    const logv = new Float64Array(n * d);
    for (let i = 0; i < n; i++) {
      for (let c = 0; c < d; c++) {
        m[i * d + c] = out[2 * d * i + c];
        logv[i * d + c] = clamp(out[2 * d * i + d + c], ...LOGVAR_Q);
      }
    }
    return { m, logv };
  }

  // The gradient of −(1/n) Σ L with one draw ζ = m + √v ε a point, ε (n, d); 0 is no noise.
  gradient(x, n, epsilon, beta) {
    const { d, encoder, decoder } = this;
    const { m, logv } = this.split(encoder.record(x, n), n);
    const draws = m.map((value, k) => value + Math.exp(logv[k] / 2) * epsilon[k]);
    const mu = decoder.record(this.bend(draws), n);
    const precision = Math.exp(-this.logvar[0]);
    const dmu = new Float64Array(2 * n);
    this.slope[0] = 1;
    for (let k = 0; k < 2 * n; k++) {
      const miss = mu[k] - x[k];
      dmu[k] = (precision * miss) / n;
      this.slope[0] -= (0.5 * precision * miss * miss) / n;
    }
    const dz = decoder.backward(dmu);
    const { slope } = PRIORS[this.prior];
    const dout = new Float64Array(2 * d * n);
    for (let k = 0; k < n * d; k++) {
      const at = 2 * d * Math.floor(k / d) + (k % d);
      const through = dz[k] * slope(draws[k]);
      const inside = logv[k] > LOGVAR_Q[0] && logv[k] < LOGVAR_Q[1];
      dout[at] = through + (beta * m[k]) / n;
      const byNoise = 0.5 * through * epsilon[k] * Math.exp(logv[k] / 2);
      if (inside) dout[at + d] = byNoise + (0.5 * beta * (Math.exp(logv[k]) - 1)) / n;
    }
    encoder.backward(dout);
  }

  step(x, n, epsilon, { rate, sigma, beta }) {
    this.fix(sigma);
    this.gradient(x, n, epsilon, beta);
    this.update(rate, sigma);
    this.adamEncoder.step(this.encoder.theta, this.encoder.gradient, rate);
  }

  // L (with β = 1) and its KL for n points and their q; E_q by the Gauss–Hermite rule, no draws.
  bound(x, n, rule, { m, logv } = this.encode(x, n)) {
    const { d } = this;
    const mu = this.decode(around(m, logv, rule, n), n * rule.J);
    const [constant, precision] = [-LOG_2PI - this.logvar[0], Math.exp(-this.logvar[0])];
    const kl = new Float64Array(n);
    const bound = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      for (let k = i * d; k < (i + 1) * d; k++) {
        kl[i] += 0.5 * (m[k] ** 2 + Math.exp(logv[k]) - 1 - logv[k]);
      }
      for (let j = 0, at = 2 * i * rule.J; j < rule.J; j++, at += 2) {
        const square = (x[2 * i] - mu[at]) ** 2 + (x[2 * i + 1] - mu[at + 1]) ** 2;
        bound[i] += rule.weights[j] * (constant - 0.5 * precision * square);
      }
      bound[i] -= kl[i];
    }
    return { bound, kl };
  }

  // The best Gaussian q for each point, by Adam from the encoder's: what is left of the gap then
  // is no fault of the encoder.
  bestQ(x, n, rule, steps = 200, rate = 0.03) {
    const { d } = this;
    const { m, logv } = this.encode(x, n);
    const precision = Math.exp(-this.logvar[0]);
    const { slope } = PRIORS[this.prior];
    const [adamM, adamV] = [new Adam(n * d), new Adam(n * d)];
    for (let t = 0; t < steps; t++) {
      const nodes = around(m, logv, rule, n);
      const mu = this.decoder.record(this.bend(nodes), n * rule.J);
      const dmu = new Float64Array(mu.length);
      for (let row = 0; row < n * rule.J; row++) {
        const i = Math.floor(row / rule.J);
        const weight = rule.weights[row % rule.J] * precision;
        dmu[2 * row] = weight * (mu[2 * row] - x[2 * i]);
        dmu[2 * row + 1] = weight * (mu[2 * row + 1] - x[2 * i + 1]);
      }
      const dz = this.decoder.backward(dmu);
      const dm = m.slice();
      const dv = logv.map((value) => 0.5 * (Math.exp(value) - 1));
      for (let k = 0; k < dz.length; k++) {
        const [row, c] = [Math.floor(k / d), k % d];
        const [i, j] = [Math.floor(row / rule.J), row % rule.J];
        const through = dz[k] * slope(nodes[k]);
        dm[i * d + c] += through;
        dv[i * d + c] += 0.5 * through * rule.nodes[j * d + c] * Math.exp(logv[i * d + c] / 2);
      }
      const falling = rate * (1 - t / steps);
      adamM.step(m, dm, falling);
      adamV.step(logv, dv, falling);
    }
    return { m, logv };
  }
}

// The rule's nodes around each q: ζ = m + √v u, n × J rows.
function around(m, logv, { nodes, J, d }, n) {
  const moved = new Float64Array(n * J * d);
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = 0; j < J; j++) {
      for (let c = 0; c < d; c++, at++) {
        moved[at] = m[i * d + c] + Math.exp(logv[i * d + c] / 2) * nodes[j * d + c];
      }
    }
  }
  return moved;
}
