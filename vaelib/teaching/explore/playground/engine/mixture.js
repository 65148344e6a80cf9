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
    const { mean, covariance } = moments(x, n, new Float64Array(n).fill(1));
    this.weights = Array(K).fill(1 / K);
    this.means = K === 1 ? [mean] : spread(K, x, n, random);
    this.covariances = this.means.map(() => [...covariance]);
  }

  // A mixture of plain arrays, which `copy` gives: {weights, means, covariances}.
  static of(arrays) {
    return Object.assign(Object.create(Mixture.prototype), Mixture.prototype.copy.call(arrays));
  }

  copy() {
    const rows = (array) => array.map((row) => [...row]);
    const { weights, means, covariances } = this;
    return { weights: [...weights], means: rows(means), covariances: rows(covariances) };
  }

  get K() {
    return this.weights.length;
  }

  // What log π_k N(x; μ_k, Σ_k) = c − ½ (p u² − 2 q u v + r v²) takes, with (u, v) = x − μ_k: c, p,
  // q and r of each k.
  forms() {
    return Float64Array.from(
      this.covariances.flatMap(([a, b, c], k) => {
        const det = a * c - b * b;
        const constant = Math.log(this.weights[k]) - LOG_2PI - 0.5 * Math.log(det);
        return [constant, c / det, b / det, a / det];
      }),
    );
  }

  // log p(x) of n points; with `resp` (n, K), also r.
  logProb(x, n, resp = new Float64Array(n * this.K)) {
    const { K } = this;
    const forms = this.forms();
    const means = Float64Array.from(this.means.flat());
    return Float64Array.from({ length: n }, (_, i) => {
      for (let k = 0; k < K; k++) {
        const u = x[2 * i] - means[2 * k];
        const v = x[2 * i + 1] - means[2 * k + 1];
        const f = 4 * k;
        const square = forms[f + 1] * u * u - 2 * forms[f + 2] * u * v + forms[f + 3] * v * v;
        resp[i * K + k] = forms[f] - 0.5 * square;
      }
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
      const { total, mean, covariance } = moments(x, n, resp, k, K);
      this.weights[k] = total / n;
      if (total < 1e-9) continue;
      this.means[k] = mean;
      this.covariances[k] = covariance;
    }
  }
}

// Σ w, the mean and the covariance of points with weights w, which lie at k, k + K, k + 2 K, …
function moments(x, n, weights, k = 0, K = 1) {
  let [total, x1, x2] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const w = weights[k + i * K];
    total += w;
    x1 += w * x[2 * i];
    x2 += w * x[2 * i + 1];
  }
  const mean = [x1 / total, x2 / total];
  let [a, b, c] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const w = weights[k + i * K] / total;
    const u = x[2 * i] - mean[0];
    const v = x[2 * i + 1] - mean[1];
    a += w * u * u;
    b += w * u * v;
    c += w * v * v;
  }
  return { total, mean, covariance: [a + FLOOR, b, c + FLOOR] };
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
