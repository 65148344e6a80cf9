// kernels.ts once more, in JavaScript: for browsers that lack WebAssembly or its two numbers at once.
// heap.numbers is the memory; what each does is said there.

export const kernelsIn = (heap) => ({
  product(c, m, down, right, x, bias, A, B, n) {
    const { numbers } = heap;
    for (let a = 0; a < A; a += 2) {
      const next = Math.min(a + 1, A - 1);
      const b0 = bias < 0 ? 0 : numbers[bias + a];
      const b1 = bias < 0 ? 0 : numbers[bias + next];
      for (let j = 0; j < n; j += 4) {
        let s0 = b0;
        let s1 = b0;
        let s2 = b0;
        let s3 = b0;
        let t0 = b1;
        let t1 = b1;
        let t2 = b1;
        let t3 = b1;
        let w = m + a * down;
        let v = m + next * down;
        let p = x + j;
        for (let b = 0; b < B; b++, w += right, v += right, p += n) {
          const first = numbers[w];
          const second = numbers[v];
          const x0 = numbers[p];
          const x1 = numbers[p + 1];
          const x2 = numbers[p + 2];
          const x3 = numbers[p + 3];
          s0 += first * x0;
          s1 += first * x1;
          s2 += first * x2;
          s3 += first * x3;
          t0 += second * x0;
          t1 += second * x1;
          t2 += second * x2;
          t3 += second * x3;
        }
        put(numbers, c + a * n + j, 1, 2, 3, s0, s1, s2, s3);
        put(numbers, c + next * n + j, 1, 2, 3, t0, t1, t2, t3);
      }
    }
  },

  outer(w, sums, d, x, A, B, n) {
    const { numbers } = heap;
    for (let a = 0; a < A; a++) {
      let sum = 0;
      for (let p = d + a * n; p < d + (a + 1) * n; p++) sum += numbers[p];
      numbers[sums + a] = sum;
    }
    for (let a = 0; a < A; a += 4) {
      const a1 = Math.min(a + 1, A - 1) - a;
      const a2 = Math.min(a + 2, A - 1) - a;
      const a3 = Math.min(a + 3, A - 1) - a;
      for (let b = 0; b < B; b += 2) {
        const next = Math.min(b + 1, B - 1) - b;
        let s0 = 0;
        let s1 = 0;
        let s2 = 0;
        let s3 = 0;
        let t0 = 0;
        let t1 = 0;
        let t2 = 0;
        let t3 = 0;
        for (let p = d + a * n, q = x + b * n, end = p + n; p < end; p++, q++) {
          const first = numbers[q];
          const second = numbers[q + next * n];
          const e0 = numbers[p];
          const e1 = numbers[p + a1 * n];
          const e2 = numbers[p + a2 * n];
          const e3 = numbers[p + a3 * n];
          s0 += e0 * first;
          s1 += e1 * first;
          s2 += e2 * first;
          s3 += e3 * first;
          t0 += e0 * second;
          t1 += e1 * second;
          t2 += e2 * second;
          t3 += e3 * second;
        }
        const to = w + a * B + b;
        put(numbers, to, a1 * B, a2 * B, a3 * B, s0, s1, s2, s3);
        put(numbers, to + next, a1 * B, a2 * B, a3 * B, t0, t1, t2, t3);
      }
    }
  },

  silu(a, g, count) {
    const { numbers } = heap;
    for (let k = 0; k < count; k++) {
      const s = 1 / (1 + Math.exp(-numbers[a + k]));
      const h = numbers[a + k] * s;
      numbers[a + k] = h;
      numbers[g + k] = s + h * (1 - s);
    }
  },

  times(d, g, count) {
    const { numbers } = heap;
    for (let k = 0; k < count; k++) numbers[d + k] *= numbers[g + k];
  },

  share(to, mu, logWeights, J, x1, x2, half) {
    const { numbers } = heap;
    let top = -Infinity;
    for (let j = 0; j < J; j++) {
      const u = numbers[mu + j] - x1;
      const v = numbers[mu + J + j] - x2;
      const term = numbers[logWeights + j] + half * (u * u + v * v);
      numbers[to + j] = term;
      if (term > top) top = term;
    }
    let sum = 0;
    for (let p = to; p < to + J; p++) {
      const far = numbers[p] - top;
      numbers[p] = far > -30 ? Math.exp(far) : 0;
      sum += numbers[p];
    }
    numbers[to + J] = top;
    return sum;
  },

  answer(pull, e, mu, J, x1, x2, part) {
    const { numbers } = heap;
    let sum = 0;
    for (let j = 0; j < J; j++) {
      if (numbers[e + j] === 0) continue;
      const r = part * numbers[e + j];
      const u = numbers[mu + j] - x1;
      const v = numbers[mu + J + j] - x2;
      numbers[pull + j] += r * u;
      numbers[pull + J + j] += r * v;
      sum += r * (u * u + v * v);
    }
    return sum;
  },
});

// Four numbers, so far behind the first.
function put(numbers, at, far1, far2, far3, v0, v1, v2, v3) {
  numbers[at] = v0;
  numbers[at + far1] = v1;
  numbers[at + far2] = v2;
  numbers[at + far3] = v3;
}
