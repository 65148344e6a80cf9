// A VAE of black-and-white pixels, its weights in bytes:
//
//   q(z|x) = N(m, diag v),   p(x|z) = Π f_i^{x_i} (1 − f_i)^{1 − x_i},   f = sigmoid of the logits
//   weight = scale · (byte − 128), one scale for each output

import { Network } from "../../playground/engine/network.js";

const ANY = { uniform: () => 0.5 }; // the start, before the weights are filled in

export class Vae {
  constructor(d, arrays) {
    this.d = d;
    this.encoder = filled(`${d} encoder`, arrays);
    this.decoder = filled(`${d} decoder`, arrays);
  }

  // q(z|x) of one x: its means and log-variances.
  encode(x) {
    const out = this.encoder.forward(x, 1);
    return { m: out.slice(0, this.d), logv: out.slice(this.d) };
  }

  // Of n codes, (n, 784); valid until the next call.
  logits(z, n) {
    return this.decoder.forward(z, n);
  }
}

function filled(name, arrays) {
  const parts = [];
  while (arrays[`${name} ${parts.length} weights`]) {
    const part = (what) => arrays[`${name} ${parts.length} ${what}`];
    parts.push({ bytes: part("weights"), scale: part("scale").data, bias: part("bias").data });
  }
  const sizes = [parts[0].bytes.shape[0], ...parts.map(({ bias }) => bias.length)];
  const network = new Network(sizes, ANY);
  network.layers.forEach(({ weights, biases, inputs, outputs }, l) => {
    const { bytes, scale, bias } = parts[l]; // bytes lie input by input
    for (let o = 0; o < outputs; o++) {
      for (let i = 0; i < inputs; i++) {
        weights[o * inputs + i] = scale[o] * (bytes.data[i * outputs + o] - 128);
      }
    }
    biases.set(bias);
  });
  return network;
}

export const sigmoid = (a) => 1 / (1 + Math.exp(-a));

// −log p(x_i | logit), in nats.
export function price(x, logit) {
  const a = x ? -logit : logit;
  return Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));
}

// KL(q‖p) of each number of the code, in nats.
export const klEach = ({ m, logv }) =>
  m.map((mean, j) => 0.5 * (Math.exp(logv[j]) + mean * mean - 1 - logv[j]));

export const sum = (values) => values.reduce((a, b) => a + b, 0);
