// A network with SiLU between its layers, and Adam.
//
//   forward    a_l = W_l h_{l−1} + b_l,   h_l = a_l s(a_l),   y = a_L          s: the sigmoid
//   backward   ∂W_l = ∂a_l h_{l−1}ᵀ,   ∂h_{l−1} = W_lᵀ ∂a_l,   ∂a_l = ∂h_l s (1 + a_l (1 − s))
//
// Examples are rows of what goes in and out, and columns on the heap. All weights lie in one array
// `theta`, layer after layer, W before b.

import { heap, padded } from "./heap.js";

const CHUNK = 512; // examples that go forward together

export class Network {
  // sizes: of the layers, as [2, 32, 32, 1]. The start is PyTorch's: uniform within 1 / √inputs.
  constructor(sizes, random) {
    heap.start();
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
    for (const layer of this.layers) {
      const { inputs, W, b } = layer;
      const edge = 1 / Math.sqrt(inputs);
      for (let i = W.from; i < b.to; i++) this.theta[i] = edge * (2 * random.uniform() - 1);
      layer.weights = this.theta.subarray(W.from, W.to);
      layer.biases = this.theta.subarray(b.from, b.to);
    }
  }

  // The outputs of n inputs, (n, outputs).
  forward(x, n) {
    const [inputs, outputs] = [this.sizes[0], this.sizes.at(-1)];
    const y = new Float64Array(n * outputs);
    const bottom = heap.top;
    for (let from = 0; from < n; from += CHUNK) {
      const part = x.subarray(from * inputs);
      y.set(this.record(part, Math.min(CHUNK, n - from)), from * outputs);
      heap.top = bottom;
    }
    return y;
  }

  // The same for `backward`, which must follow: until then it lies on the heap. What is recorded
  // last goes back first.
  record(x, n) {
    const { layers, sizes } = this;
    const bottom = heap.top;
    const rows = padded(n);
    const theta = heap.put(this.theta);
    const h = [heap.putColumns(x, n, sizes[0])];
    const slopes = [];
    layers.forEach(({ inputs, outputs, W, b }, l) => {
      const a = heap.take(outputs * rows);
      h.push(a);
      slopes.push(heap.take(outputs * rows));
      const { product, silu } = heap.kernels;
      product(a, theta + W.from, inputs, 1, h[l], theta + b.from, outputs, inputs, rows);
      if (l < layers.length - 1) silu(a, slopes[l], outputs * rows);
    });
    this.recorded = { bottom, n, rows, theta, h, slopes };
    return heap.columns(h.at(-1), n, sizes.at(-1));
  }

  // From the gradient by the last outputs to that by the weights, left in `gradient`, and by the
  // inputs, which it returns.
  backward(dy) {
    const { layers, sizes } = this;
    const { bottom, n, rows, theta, h, slopes } = this.recorded;
    const gradient = heap.take(this.theta.length);
    let d = heap.putColumns(dy, n, sizes.at(-1));
    for (let l = layers.length - 1; l >= 0; l--) {
      const { inputs, outputs, W, b } = layers[l];
      const dh = heap.take(inputs * rows);
      const { outer, product, times } = heap.kernels;
      outer(gradient + W.from, gradient + b.from, d, h[l], outputs, inputs, rows);
      product(dh, theta + W.from, 1, inputs, d, -1, inputs, outputs, rows);
      if (l > 0) times(dh, slopes[l - 1], inputs * rows);
      d = dh;
    }
    this.gradient.set(heap.numbers.subarray(gradient, gradient + this.gradient.length));
    heap.top = bottom;
    return heap.columns(d, n, sizes[0]);
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
