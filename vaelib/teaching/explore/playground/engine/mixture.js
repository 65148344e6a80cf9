// A mixture of K Gaussians in the plane, by EM.
//
//   log p(x) = log Σ_k π_k N(x; μ_k, Σ_k)         r_nk = π_k N(x_n; μ_k, Σ_k) / p(x_n)
//   π_k = Σ_n r_nk / n      μ_k, Σ_k: the mean and covariance of the points, weighted by r_nk
//
// Σ_k is [a, b, c] for ((a, b), (b, c)); FLOOR is added to a and c, so that no Gaussian becomes a
// point.

import { LOG_2PI, logSumExp } from "./rules.js";

export const FLOOR = 1e-3;

export class Mixture {
  // The means are points far from each other (k-means++, Arthur and Vassilvitskii 2007), the
  // covariances all that of the points.
  constructor(K, x, n, random) {
    const { mean, covariance } = moments(x, n, () => 1);
    this.weights = Array(K).fill(1 / K);
    this.means = K === 1 ? [mean] : spread(K, x, n, random);
    this.covariances = this.means.map(() => [...covariance]);
  }

  get K() {
    return this.weights.length;
  }

  // log π_k N(x; μ_k, Σ_k) for all k, into `terms` from its place `at`.
  joint(x1, x2, terms, at) {
    for (let k = 0; k < this.K; k++) {
      const [a, b, c] = this.covariances[k];
      const det = a * c - b * b;
      const [u, v] = [x1 - this.means[k][0], x2 - this.means[k][1]];
      const square = (c * u * u - 2 * b * u * v + a * v * v) / det;
      terms[at + k] = Math.log(this.weights[k]) - LOG_2PI - 0.5 * (Math.log(det) + square);
    }
  }

  // log p(x) of n points; with `resp` (n, K), also r.
  logProb(x, n, resp = new Float64Array(n * this.K)) {
    const { K } = this;
    return Float64Array.from({ length: n }, (_, i) => {
      this.joint(x[2 * i], x[2 * i + 1], resp, i * K);
      const total = logSumExp(resp, i * K, (i + 1) * K);
      for (let k = i * K; k < (i + 1) * K; k++) resp[k] = Math.exp(resp[k] - total);
      return total;
    });
  }

  // One step of EM. A Gaussian that owns no point any more keeps its place, with weight 0.
  step(x, n) {
    const { K } = this;
    const resp = new Float64Array(n * K);
    this.logProb(x, n, resp);
    for (let k = 0; k < K; k++) {
      const { total, mean, covariance } = moments(x, n, (i) => resp[i * K + k]);
      this.weights[k] = total / n;
      if (total < 1e-9) continue;
      this.means[k] = mean;
      this.covariances[k] = covariance;
    }
  }
}

// Σ w, the mean and the covariance of points with weights w.
function moments(x, n, weight) {
  let [total, x1, x2] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const w = weight(i);
    total += w;
    x1 += w * x[2 * i];
    x2 += w * x[2 * i + 1];
  }
  const mean = [x1 / total, x2 / total];
  const covariance = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const w = weight(i) / total;
    const [u, v] = [x[2 * i] - mean[0], x[2 * i + 1] - mean[1]];
    covariance[0] += w * u * u;
    covariance[1] += w * u * v;
    covariance[2] += w * v * v;
  }
  covariance[0] += FLOOR;
  covariance[2] += FLOOR;
  return { total, mean, covariance };
}

// K points, each drawn with a chance in proportion to its squared distance from those before.
function spread(K, x, n, random) {
  const first = random.below(n);
  const means = [[x[2 * first], x[2 * first + 1]]];
  while (means.length < K) {
    const squares = Array.from({ length: n }, (_, i) =>
      Math.min(...means.map(([u, v]) => (x[2 * i] - u) ** 2 + (x[2 * i + 1] - v) ** 2)),
    );
    let rest = random.uniform() * squares.reduce((sum, square) => sum + square, 0);
    let i = 0;
    while (i < n - 1 && (rest -= squares[i]) > 0) i++;
    means.push([x[2 * i], x[2 * i + 1]]);
  }
  return means;
}
