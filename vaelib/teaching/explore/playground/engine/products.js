// The three products of a linear layer y = x Wᵀ + b, by rows. W is (outputs, inputs).
//
// What is read is used as often as may be: four rows and two columns go together. `rows` is a
// multiple of 4, with 0 behind the last example; an odd last column is its own neighbour.

export const padded = (n) => 4 * Math.ceil(n / 4);

// y = x Wᵀ + b
export function linear(y, x, W, b, rows, inputs, outputs) {
  for (let r = 0; r < rows; r += 4) {
    const x0 = r * inputs,
      x1 = x0 + inputs,
      x2 = x1 + inputs,
      x3 = x2 + inputs;
    for (let o = 0; o < outputs; o += 2) {
      const p = Math.min(o + 1, outputs - 1);
      let s0 = b[o],
        s1 = s0,
        s2 = s0,
        s3 = s0;
      let t0 = b[p],
        t1 = t0,
        t2 = t0,
        t3 = t0;
      for (let i = 0, w = o * inputs, v = p * inputs; i < inputs; i++, w++, v++) {
        const first = W[w],
          second = W[v];
        const a0 = x[x0 + i],
          a1 = x[x1 + i],
          a2 = x[x2 + i],
          a3 = x[x3 + i];
        s0 += first * a0;
        s1 += first * a1;
        s2 += first * a2;
        s3 += first * a3;
        t0 += second * a0;
        t1 += second * a1;
        t2 += second * a2;
        t3 += second * a3;
      }
      put(y, r * outputs + o, outputs, s0, s1, s2, s3);
      put(y, r * outputs + p, outputs, t0, t1, t2, t3);
    }
  }
}

// ∂x = ∂y W
export function toInputs(dx, dy, W, rows, inputs, outputs) {
  for (let r = 0; r < rows; r += 4) {
    const y0 = r * outputs,
      y1 = y0 + outputs,
      y2 = y1 + outputs,
      y3 = y2 + outputs;
    for (let i = 0; i < inputs; i += 2) {
      const p = Math.min(i + 1, inputs - 1);
      let s0 = 0,
        s1 = 0,
        s2 = 0,
        s3 = 0;
      let t0 = 0,
        t1 = 0,
        t2 = 0,
        t3 = 0;
      for (let o = 0, w = i, v = p; o < outputs; o++, w += inputs, v += inputs) {
        const first = W[w],
          second = W[v];
        const d0 = dy[y0 + o],
          d1 = dy[y1 + o],
          d2 = dy[y2 + o],
          d3 = dy[y3 + o];
        s0 += first * d0;
        s1 += first * d1;
        s2 += first * d2;
        s3 += first * d3;
        t0 += second * d0;
        t1 += second * d1;
        t2 += second * d2;
        t3 += second * d3;
      }
      put(dx, r * inputs + i, inputs, s0, s1, s2, s3);
      put(dx, r * inputs + p, inputs, t0, t1, t2, t3);
    }
  }
}

// ∂W = ∂yᵀ x and ∂b = Σ ∂y
export function toWeights(dW, db, dy, x, rows, inputs, outputs) {
  dW.fill(0);
  db.fill(0);
  for (let r = 0; r < rows; r += 4) {
    const x0 = r * inputs,
      x1 = x0 + inputs,
      x2 = x1 + inputs,
      x3 = x2 + inputs;
    const y0 = r * outputs,
      y1 = y0 + outputs,
      y2 = y1 + outputs,
      y3 = y2 + outputs;
    for (let o = 0; o < outputs; o += 2) {
      const p = Math.min(o + 1, outputs - 1);
      const d0 = dy[y0 + o],
        d1 = dy[y1 + o],
        d2 = dy[y2 + o],
        d3 = dy[y3 + o];
      const e0 = dy[y0 + p],
        e1 = dy[y1 + p],
        e2 = dy[y2 + p],
        e3 = dy[y3 + p];
      db[o] += d0 + d1 + d2 + d3;
      if (p > o) db[p] += e0 + e1 + e2 + e3;
      for (let i = 0, w = o * inputs, v = p * inputs; i < inputs; i++, w++, v++) {
        const a0 = x[x0 + i],
          a1 = x[x1 + i],
          a2 = x[x2 + i],
          a3 = x[x3 + i];
        const second = dW[v] + e0 * a0 + e1 * a1 + e2 * a2 + e3 * a3;
        dW[w] += d0 * a0 + d1 * a1 + d2 * a2 + d3 * a3;
        dW[v] = second;
      }
    }
  }
}

function put(to, at, width, v0, v1, v2, v3) {
  to[at] = v0;
  to[at + width] = v1;
  to[at + 2 * width] = v2;
  to[at + 3 * width] = v3;
}
