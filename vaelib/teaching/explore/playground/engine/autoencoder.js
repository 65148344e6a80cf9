// The autoencoder: no noise, no KL, no density; the loss is |x − x̂|². What it is lent is below.

import { clamp, Density, LOGVAR } from "./infinite.js";
import { Adam, Network } from "./network.js";

export class Autoencoder {
  constructor({ d, width }, random) {
    this.d = d;
    this.width = width;
    this.encoder = new Network([2, width, width, d], random);
    this.decoder = new Network([d, width, width, 2], random);
    this.adamEncoder = new Adam(this.encoder.theta.length);
    this.adam = new Adam(this.decoder.theta.length);
  }

  // The gradient of (1/n) Σ |x − x̂|².
  gradient(x, n) {
    const out = this.decoder.record(this.encoder.record(x, n), n);
    const dout = out.map((value, k) => (2 * (value - x[k])) / n);
    this.encoder.backward(this.decoder.backward(dout));
  }

  step(x, n, { rate }) {
    this.gradient(x, n);
    this.adam.step(this.decoder.theta, this.decoder.gradient, rate);
    this.adamEncoder.step(this.encoder.theta, this.encoder.gradient, rate);
  }

  // The mean squared miss of a coordinate.
  miss(x, n, codes = this.encoder.forward(x, n)) {
    const out = this.decoder.forward(codes, n);
    return out.reduce((sum, value, k) => sum + (value - x[k]) ** 2, 0) / (2 * n);
  }

  // An autoencoder has no p(x). This lends it one: the Gaussian of the points' codes for a prior,
  // and the noise that its miss implies.
  lend(x, n, codes = this.encoder.forward(x, n)) {
    return new Lent(this, codes, n, this.miss(x, n, codes));
  }
}

class Lent extends Density {
  constructor({ d, decoder }, codes, n, miss) {
    super(d, decoder, clamp(Math.log(miss), ...LOGVAR));
    this.mean = meanOf(codes, n, d);
    this.factor = cholesky(codes, n, d, this.mean);
  }

  // z = mean + C ζ, where C Cᵀ is the codes' covariance.
  bend(nodes) {
    const { d, mean, factor } = this;
    return nodes.map((_, k) => {
      const c = k % d;
      let sum = mean[c];
      for (let e = 0; e <= c; e++) sum += factor[c * d + e] * nodes[k - c + e];
      return sum;
    });
  }

  // ζ of codes z.
  unbend(codes) {
    const { d, mean, factor } = this;
    const zeta = new Float64Array(codes.length);
    codes.forEach((code, k) => {
      const c = k % d;
      const known = c === 1 ? factor[2] * zeta[k - 1] : 0;
      zeta[k] = (code - mean[c] - known) / factor[c * d + c];
    });
    return zeta;
  }
}

function meanOf(codes, n, d) {
  const mean = new Float64Array(d);
  codes.forEach((code, k) => (mean[k % d] += code / n));
  return mean;
}

// The lower factor of the covariance of one or two numbers.
function cholesky(codes, n, d, mean) {
  const cov = (a, b) => {
    let sum = 1e-9 * (a === b);
    for (let i = 0; i < n; i++) {
      sum += ((codes[i * d + a] - mean[a]) * (codes[i * d + b] - mean[b])) / n;
    }
    return sum;
  };
  const first = Math.sqrt(cov(0, 0));
  if (d === 1) return [first];
  const below = cov(1, 0) / first;
  return [first, 0, below, Math.sqrt(Math.max(cov(1, 1) - below ** 2, 1e-9))];
}
