// kernels.ts once more, in JavaScript: for browsers that lack WebAssembly or its two numbers at once.
// heap.numbers is the memory; what each does is said there.

export const kernelsIn = (heap) => ({
  product(c, m, down, right, x, bias, A, B, n) {
    const { numbers } = heap;
    for (let a = 0; a < A; a++) {
      const to = c + a * n;
      numbers.fill(bias < 0 ? 0 : numbers[bias + a], to, to + n);
      for (let b = 0; b < B; b++) {
        const weight = numbers[m + a * down + b * right];
        for (let j = 0; j < n; j++) numbers[to + j] += weight * numbers[x + b * n + j];
      }
    }
  },

  outer(w, sums, d, x, A, B, n) {
    const { numbers } = heap;
    for (let a = 0; a < A; a++) {
      const from = d + a * n;
      numbers[sums + a] = numbers.subarray(from, from + n).reduce((sum, value) => sum + value, 0);
      for (let b = 0; b < B; b++) {
        let sum = 0;
        for (let j = 0; j < n; j++) sum += numbers[from + j] * numbers[x + b * n + j];
        numbers[w + a * B + b] = sum;
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
