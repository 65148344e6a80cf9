// The line z: its prior, and the rules that turn an integral over it into a sum.
//
// Every prior here is N(0, 1) on a line ζ, bent: z = T(ζ). So q is one Gaussian on ζ, KL(q‖p) is
// the closed form whatever the prior, for a one-to-one map of both changes no KL.

const ROOT3 = Math.sqrt(3);
export const LOG_2PI = Math.log(2 * Math.PI);

// The error function, to 1.2e-7: Numerical Recipes in C (second edition), section 6.2, erfcc.
export function erf(x) {
  const t = 1 / (1 + 0.5 * Math.abs(x));
  const c = [-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807,
             -1.13520398, 1.48851587, -0.82215223, 0.17087277]; // prettier-ignore
  const sum = c.reduceRight((total, value) => total * t + value, 0);
  const tail = t * Math.exp(-x * x + sum);
  return x >= 0 ? 1 - tail : tail - 1;
}

// name: z = T(ζ) and its slope. "two humps" has its density's tops near ±1.4.
export const PRIORS = {
  normal: { bend: (u) => u, slope: () => 1 },
  uniform: {
    bend: (u) => ROOT3 * erf(u / Math.SQRT2),
    slope: (u) => ROOT3 * Math.sqrt(2 / Math.PI) * Math.exp(-0.5 * u * u),
  },
  "two humps": {
    bend: (u) => 0.5 * u + Math.tanh(2 * u),
    slope: (u) => 0.5 + 2 / Math.cosh(2 * u) ** 2,
  },
};

// `count` cells of −EDGE < ζ < EDGE in each of d dimensions: their middles, and the logarithm of
// the prior's share in each.
const EDGE = 4.5;
export function grid(d, count) {
  const line = Float64Array.from(
    { length: count },
    (_, j) => -EDGE + (2 * EDGE * (j + 0.5)) / count,
  );
  const J = count ** d;
  const nodes = new Float64Array(J * d);
  const logWeights = new Float64Array(J);
  for (let j = 0; j < J; j++) {
    for (let c = 0, rest = j; c < d; c++, rest = Math.floor(rest / count)) {
      const u = line[rest % count];
      nodes[j * d + c] = u;
      logWeights[j] -= 0.5 * u * u;
    }
  }
  const total = logSumExp(logWeights, 0, J);
  for (let j = 0; j < J; j++) logWeights[j] -= total;
  return { d, J, nodes, logWeights };
}

// The Gauss–Hermite rule for N(0, 1) with `count` nodes in each of d dimensions.
export function gaussHermite(d, count) {
  const { nodes: line, weights } = hermite(count);
  const J = count ** d;
  const nodes = new Float64Array(J * d);
  const shares = new Float64Array(J).fill(1);
  for (let j = 0; j < J; j++) {
    for (let c = 0, rest = j; c < d; c++, rest = Math.floor(rest / count)) {
      nodes[j * d + c] = line[rest % count];
      shares[j] *= weights[rest % count];
    }
  }
  return { d, J, nodes, weights: shares };
}

// Nodes: the roots of the normalised Hermite polynomial h_n, each between two of h_{n−1}; weights
// 1 / (n h_{n−1}²).
function hermite(count) {
  const both = (n, x) => {
    let [before, now] = [0, 1];
    for (let k = 0; k < n; k++) {
      [before, now] = [now, (x * now - Math.sqrt(k) * before) / Math.sqrt(k + 1)];
    }
    return [before, now];
  };
  let roots = [];
  for (let n = 1; n <= count; n++) {
    const edges = [-2 * Math.sqrt(n) - 1, ...roots, 2 * Math.sqrt(n) + 1];
    roots = edges.slice(1).map((right, i) => bisect((x) => both(n, x)[1], edges[i], right));
  }
  const weights = roots.map((x) => 1 / (count * both(count, x)[0] ** 2));
  return { nodes: roots, weights };
}

function bisect(f, left, right) {
  const sign = Math.sign(f(left));
  for (let i = 0; i < 60; i++) {
    const middle = (left + right) / 2;
    if (Math.sign(f(middle)) === sign) left = middle;
    else right = middle;
  }
  return (left + right) / 2;
}

// log Σ exp of terms[from … to); a term 40 below the largest adds nothing to twelve digits.
export function logSumExp(terms, from, to) {
  let top = -Infinity;
  for (let j = from; j < to; j++) if (terms[j] > top) top = terms[j];
  if (top === -Infinity) return top;
  let sum = 0;
  for (let j = from; j < to; j++) if (terms[j] > top - 40) sum += Math.exp(terms[j] - top);
  return top + Math.log(sum);
}
