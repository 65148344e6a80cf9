// A network with SiLU between its layers, and Adam.
//
//   forward    a_l = h_{l−1} W_lᵀ + b_l,   h_l = a_l s(a_l),   y = a_L          s: the sigmoid
//   backward   ∂W_l = ∂a_lᵀ h_{l−1},   ∂h_{l−1} = ∂a_l W_l,   ∂a_l = ∂h_l s (1 + a_l (1 − s))
//
// Rows are examples. All weights lie in one array `theta`, layer after layer, W before b.

import { linear, padded, toInputs, toWeights } from "./products.js";

export class Network {
  // sizes: of the layers, as [2, 32, 32, 1]. The start is PyTorch's: uniform within 1 / √inputs.
  constructor(sizes, random) {
    this.sizes = sizes;
    this.layers = [];
    let at = 0;
    const part = (n) => ({ from: at, to: (at += n) });
    for (let l = 1; l < sizes.length; l++) {
      const [inputs, outputs] = [sizes[l - 1], sizes[l]];
      this.layers.push({ inputs, outputs, W: part(inputs * outputs), b: part(outputs) });
    }
    this.theta = new Float64Array(at);
    this.gradient = new Float64Array(at);
    for (const { inputs, W, b } of this.layers) {
      const edge = 1 / Math.sqrt(inputs);
      for (let i = W.from; i < b.to; i++) this.theta[i] = edge * (2 * random.uniform() - 1);
    }
    for (const layer of this.layers) {
      const { W, b } = layer;
      Object.assign(layer, {
        weights: this.theta.subarray(W.from, W.to),
        biases: this.theta.subarray(b.from, b.to),
        dW: this.gradient.subarray(W.from, W.to),
        db: this.gradient.subarray(b.from, b.to),
      });
    }
    this.rooms = new Map();
  }

  // Room for n examples: h before the first layer, then a, its sigmoid, h and ∂a of each.
  reserve(n) {
    if (!this.rooms.has(n)) {
      if (this.rooms.size > 7) this.rooms.clear();
      const room = () => this.sizes.map((size) => new Float64Array(padded(n) * size));
      this.rooms.set(n, { n, rows: padded(n), h: room(), a: room(), s: room(), d: room() });
    }
    this.room = this.rooms.get(n);
    return this.room;
  }

  // The outputs of n inputs, (n, outputs); valid until the next call.
  forward(x, n) {
    const { layers } = this;
    const { h, a, s, rows } = this.reserve(n);
    h[0].set(x.subarray(0, n * this.sizes[0]));
    layers.forEach(({ weights, biases, inputs, outputs }, i) => {
      const [to, sigmoid, out] = [a[i + 1], s[i + 1], h[i + 1]];
      linear(to, h[i], weights, biases, rows, inputs, outputs);
      if (i === layers.length - 1) return;
      for (let k = 0; k < n * outputs; k++) {
        sigmoid[k] = 1 / (1 + Math.exp(-to[k]));
        out[k] = to[k] * sigmoid[k];
      }
    });
    return a[layers.length].subarray(0, n * this.sizes.at(-1));
  }

  // From the gradient by the last outputs to that by the weights, left in `gradient`, and by the
  // inputs, which it returns.
  backward(dy) {
    const { layers } = this;
    const { h, a, s, d, n, rows } = this.room;
    d[layers.length].set(dy);
    for (let l = layers.length; l > 0; l--) {
      const { weights, dW, db, inputs, outputs } = layers[l - 1];
      toWeights(dW, db, d[l], h[l - 1], rows, inputs, outputs);
      toInputs(d[l - 1], d[l], weights, rows, inputs, outputs);
      if (l === 1) break;
      for (let k = 0; k < n * inputs; k++) {
        const sigmoid = s[l - 1][k];
        d[l - 1][k] *= sigmoid * (1 + a[l - 1][k] * (1 - sigmoid));
      }
    }
    return d[0].subarray(0, n * this.sizes[0]);
  }
}

// Adam (Kingma and Ba 2015, algorithm 1): m ← .9 m + .1 g, v ← .999 v + .001 g², both freed of
// their start at 0, and θ ← θ − rate m / (√v + 10⁻⁸).
export class Adam {
  constructor(size) {
    this.m = new Float64Array(size);
    this.v = new Float64Array(size);
    this.t = 0;
  }

  step(theta, gradient, rate) {
    const { m, v } = this;
    this.t++;
    const [c1, c2] = [1 - 0.9 ** this.t, 1 - 0.999 ** this.t];
    for (let i = 0; i < theta.length; i++) {
      const g = gradient[i];
      m[i] = 0.9 * m[i] + 0.1 * g;
      v[i] = 0.999 * v[i] + 0.001 * g * g;
      theta[i] -= (rate * (m[i] / c1)) / (Math.sqrt(v[i] / c2) + 1e-8);
    }
  }
}
