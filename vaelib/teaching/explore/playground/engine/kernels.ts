// What takes the time, two numbers at once: AssemblyScript, which `make kernels` compiles to the
// bytes in wasm.js. kernels.js says the same in JavaScript, one number at a time, and slower.
//
// A place says at which number of the memory something begins. Examples lie beside each other: a
// row is one unit's numbers for all n examples, n a multiple of 4.

// For e^x: a number is read from memory faster than written in the code.
const CONSTANTS = memory.data<f64>([
  700, -700, // the limits of x
  1.4426950408889634, // 1 / ln 2
  6755399441055744, // 1.5 · 2⁵²: what is added to it is rounded to a whole number, in the last bits
  0.6931471803691238, 1.9082149292705877e-10, // ln 2 in two parts
  1, 1, 1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880,
  1.0 / 3628800, 1.0 / 39916800, // 1 / k!
]);

@inline
function constant(i: i32): v128 {
  return v128.load64_splat(CONSTANTS + (i << 3));
}

@inline
function plus(sum: v128, a: v128, b: v128): v128 {
  return f64x2.add(sum, f64x2.mul(a, b));
}

@inline
function both(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

// e^x = 2^k e^r with x = k ln 2 + r, |r| < 0.35; e^r by its power series, right to 1e-14.
@inline
function exp(x: v128): v128 {
  x = f64x2.pmax(f64x2.pmin(x, constant(0)), constant(1));
  const k = plus(constant(3), x, constant(2));
  const whole = f64x2.sub(k, constant(3));
  const rest = f64x2.sub(x, f64x2.mul(whole, constant(4)));
  const r = f64x2.sub(rest, f64x2.mul(whole, constant(5)));
  const r2 = f64x2.mul(r, r);
  const first = plus(plus(constant(6), r, constant(7)), r2, plus(constant(8), r, constant(9)));
  const middle = plus(plus(constant(10), r, constant(11)), r2, plus(constant(12), r, constant(13)));
  const last = plus(plus(constant(14), r, constant(15)), r2, plus(constant(16), r, constant(17)));
  const r4 = f64x2.mul(r2, r2);
  return i64x2.add(plus(first, r4, plus(middle, r4, last)), i64x2.shl(k, 52));
}

@inline
function biasOf(bias: i32, a: i32): v128 {
  return f64x2.splat(bias < 0 ? 0 : load<f64>((bias + a) << 3));
}

// C = M X + b: row a of C is Σ_b M_ab (row b of X) + b_a. M_ab lies at m + a · down + b · right, so
// that down and right exchanged is Mᵀ; bias −1: none. Four rows and four examples go together;
// a row beyond the last is the last once more.
export function product(
  c: i32, m: i32, down: i32, right: i32, x: i32, bias: i32, A: i32, B: i32, n: i32,
): void {
  const row = n << 3;
  for (let a = 0; a < A; a += 4) {
    const a1 = min(a + 1, A - 1), a2 = min(a + 2, A - 1), a3 = min(a + 3, A - 1);
    const b0 = biasOf(bias, a), b1 = biasOf(bias, a1), b2 = biasOf(bias, a2), b3 = biasOf(bias, a3);
    const m0 = (m + a * down) << 3;
    const d1 = ((a1 - a) * down) << 3, d2 = ((a2 - a) * down) << 3, d3 = ((a3 - a) * down) << 3;
    const c0 = (c << 3) + a * row, c1 = (c << 3) + a1 * row;
    const c2 = (c << 3) + a2 * row, c3 = (c << 3) + a3 * row;
    for (let j = 0; j < row; j += 32) {
      let s0 = b0, s1 = b1, s2 = b2, s3 = b3;
      let t0 = b0, t1 = b1, t2 = b2, t3 = b3;
      let w = m0;
      for (let p = (x << 3) + j, end = p + B * row; p < end; p += row) {
        const u = v128.load(p), v = v128.load(p, 16);
        const w0 = v128.load64_splat(w), w1 = v128.load64_splat(w + d1);
        const w2 = v128.load64_splat(w + d2), w3 = v128.load64_splat(w + d3);
        s0 = plus(s0, w0, u);
        s1 = plus(s1, w1, u);
        s2 = plus(s2, w2, u);
        s3 = plus(s3, w3, u);
        t0 = plus(t0, w0, v);
        t1 = plus(t1, w1, v);
        t2 = plus(t2, w2, v);
        t3 = plus(t3, w3, v);
        w += right << 3;
      }
      v128.store(c0 + j, s0);
      v128.store(c1 + j, s1);
      v128.store(c2 + j, s2);
      v128.store(c3 + j, s3);
      v128.store(c0 + j, t0, 16);
      v128.store(c1 + j, t1, 16);
      v128.store(c2 + j, t2, 16);
      v128.store(c3 + j, t3, 16);
    }
  }
}

// W = D Xᵀ, (A, B), from A rows of D and B rows of X; sums: Σ over the examples of each row of D.
export function outer(w: i32, sums: i32, d: i32, x: i32, A: i32, B: i32, n: i32): void {
  const row = n << 3;
  for (let a = 0; a < A; a++) {
    let sum = f64x2.splat(0);
    for (let p = (d << 3) + a * row, end = p + row; p < end; p += 16) {
      sum = f64x2.add(sum, v128.load(p));
    }
    store<f64>((sums + a) << 3, both(sum));
  }
  for (let a = 0; a < A; a += 4) {
    const a1 = min(a + 1, A - 1), a2 = min(a + 2, A - 1), a3 = min(a + 3, A - 1);
    const d1 = (a1 - a) * row, d2 = (a2 - a) * row, d3 = (a3 - a) * row;
    for (let b = 0; b < B; b += 2) {
      const b1 = min(b + 1, B - 1);
      let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
      let t0 = s0, t1 = s0, t2 = s0, t3 = s0;
      let q = (x << 3) + b * row;
      const next = (b1 - b) * row;
      for (let p = (d << 3) + a * row, end = p + row; p < end; p += 16) {
        const u = v128.load(q), v = v128.load(q + next);
        const e0 = v128.load(p), e1 = v128.load(p + d1);
        const e2 = v128.load(p + d2), e3 = v128.load(p + d3);
        s0 = plus(s0, e0, u);
        s1 = plus(s1, e1, u);
        s2 = plus(s2, e2, u);
        s3 = plus(s3, e3, u);
        t0 = plus(t0, e0, v);
        t1 = plus(t1, e1, v);
        t2 = plus(t2, e2, v);
        t3 = plus(t3, e3, v);
        q += 16;
      }
      store<f64>((w + a * B + b) << 3, both(s0));
      store<f64>((w + a1 * B + b) << 3, both(s1));
      store<f64>((w + a2 * B + b) << 3, both(s2));
      store<f64>((w + a3 * B + b) << 3, both(s3));
      store<f64>((w + a * B + b1) << 3, both(t0));
      store<f64>((w + a1 * B + b1) << 3, both(t1));
      store<f64>((w + a2 * B + b1) << 3, both(t2));
      store<f64>((w + a3 * B + b1) << 3, both(t3));
    }
  }
}

@inline
function siluAt(a: i32, g: i32): void {
  const one = constant(6), x = v128.load(a);
  const s = f64x2.div(one, f64x2.add(one, exp(f64x2.neg(x))));
  const h = f64x2.mul(x, s);
  v128.store(a, h);
  v128.store(g, plus(s, h, f64x2.sub(one, s)));
}

// h = a s(a) in the place of a, and its slope g = s (1 + a (1 − s)), for so many numbers.
export function silu(a: i32, g: i32, count: i32): void {
  for (let p = a << 3, q = g << 3, end = p + (count << 3); p < end; p += 32, q += 32) {
    siluAt(p, q);
    siluAt(p + 16, q + 16);
  }
}

// d ← d g
export function times(d: i32, g: i32, count: i32): void {
  for (let p = d << 3, q = g << 3, end = p + (count << 3); p < end; p += 16, q += 16) {
    v128.store(p, f64x2.mul(v128.load(p), v128.load(q)));
  }
}

@inline
function squareAt(p: i32, row: i32, x1: v128, x2: v128): v128 {
  const u = f64x2.sub(v128.load(p), x1), v = f64x2.sub(v128.load(p + row), x2);
  return plus(f64x2.mul(u, u), v, v);
}

// One point x and J nodes, J a multiple of 4: terms t_j = log p(z_j) − |x − μ_j|² / 2σ², half being
// −1 / 2σ². Leaves e^(t_j − top) in `to`, or 0 where that is below e^−30, the largest term behind
// them, and returns their sum. Two rows of μ lie at mu.
export function share(
  to: i32, mu: i32, logWeights: i32, J: i32, x1: f64, x2: f64, half: f64,
): f64 {
  const row = J << 3, here = to << 3, end = here + row;
  const X1 = f64x2.splat(x1), X2 = f64x2.splat(x2), H = f64x2.splat(half);
  let top = f64x2.splat(-Infinity);
  for (let p = here, q = mu << 3, l = logWeights << 3; p < end; p += 16, q += 16, l += 16) {
    const term = plus(v128.load(l), H, squareAt(q, row, X1, X2));
    v128.store(p, term);
    top = f64x2.pmax(top, term);
  }
  const largest = max(f64x2.extract_lane(top, 0), f64x2.extract_lane(top, 1));
  top = f64x2.splat(largest);
  const limit = f64x2.splat(-30);
  let sum = f64x2.splat(0);
  for (let p = here; p < end; p += 32) {
    const far0 = f64x2.sub(v128.load(p), top), far1 = f64x2.sub(v128.load(p, 16), top);
    const near0 = f64x2.gt(far0, limit), near1 = f64x2.gt(far1, limit);
    let e0 = f64x2.splat(0), e1 = e0;
    if (v128.any_true(v128.or(near0, near1))) {
      e0 = v128.and(exp(far0), near0);
      e1 = v128.and(exp(far1), near1);
      sum = f64x2.add(sum, f64x2.add(e0, e1));
    }
    v128.store(p, e0);
    v128.store(p, e1, 16);
  }
  store<f64>(end, largest);
  return both(sum);
}

// What `share` left at e, times `part`, pulls its nodes: adds part e_j (μ_j − x) to two rows at
// `pull`, and returns Σ part e_j |x − μ_j|².
export function answer(
  pull: i32, e: i32, mu: i32, J: i32, x1: f64, x2: f64, part: f64,
): f64 {
  const row = J << 3;
  const X1 = f64x2.splat(x1), X2 = f64x2.splat(x2), P = f64x2.splat(part);
  let sum = f64x2.splat(0);
  for (let p = pull << 3, q = mu << 3, f = e << 3, end = f + row; f < end; f += 16) {
    const share = v128.load(f);
    if (v128.any_true(share)) {
      const r = f64x2.mul(P, share);
      v128.store(p, plus(v128.load(p), r, f64x2.sub(v128.load(q), X1)));
      v128.store(p + row, plus(v128.load(p + row), r, f64x2.sub(v128.load(q + row), X2)));
      sum = plus(sum, r, squareAt(q, row, X1, X2));
    }
    p += 16;
    q += 16;
  }
  return both(sum);
}
