// Curves whose every z owns a Gaussian, and how well J stand for all: the twin of curves.py.

export const COUNTS = [
  ...Array.from({ length: 19 }, (_, k) => k + 2),
  ...[22, 24, 27, 30, 33, 36, 40, 45, 50, 60, 75, 100, 150, 300],
];
export const KNOTS = [-1.5, 0, 1.5];
const REACH = 1.5; // from a knot to the next
const LOG_2PI = Math.log(2 * Math.PI);

const CURVES = {
  spiral: (z) => [(1.2 + 0.5 * z) * Math.cos(1.5 * z), (1.2 + 0.5 * z) * Math.sin(1.5 * z)],
  "straight line": (z) => [0.8 * z, 0.6 * z],
  "figure eight": (z) => {
    const angle = (Math.PI * z) / 3;
    return [2.4 * Math.sin(angle), 1.6 * Math.sin(2 * angle)];
  },
};
const WIDTHS = {
  "growing with z": (z) => 0.1 + 0.1 / (1 + Math.exp(-2 * z)),
  "0.15 everywhere": () => 0.15,
  "0.4 everywhere": () => 0.4,
};

// z → {mu: [x₁, x₂], std}; pulls: three pairs.
export function decoder(curve, width, pulls) {
  return (z) => {
    const mu = CURVES[curve](z);
    KNOTS.forEach((knot, k) => {
      const away = Math.min(1, Math.abs(z - knot) / REACH);
      const part = (1 + Math.cos(Math.PI * away)) / 2;
      mu[0] += part * pulls[k][0];
      mu[1] += part * pulls[k][1];
    });
    return { mu, std: WIDTHS[width](z) };
  };
}

export const middles = (n, edge) =>
  Array.from({ length: n }, (_, j) => edge * ((2 * j + 1) / n - 1));

// The prior's weights of such middles; they sum to 1.
export function weightsOf(z) {
  const heights = z.map((v) => Math.exp((-v * v) / 2));
  const total = heights.reduce((sum, height) => sum + height, 0);
  return heights.map((height) => height / total);
}

// log p(x) of each x, on n cells of −edge < z < edge.
function logProb(decode, x, n, edge) {
  const z = middles(n, edge);
  const weights = weightsOf(z);
  const own = z.map(decode);
  const first = own.map(({ mu }) => mu[0]);
  const second = own.map(({ mu }) => mu[1]);
  const scale = own.map(({ std }) => -1 / (2 * std * std));
  const add = own.map(({ std }, j) => Math.log(weights[j]) - 2 * Math.log(std) - LOG_2PI);
  const terms = new Float64Array(n);
  return x.map(([a, b]) => {
    let top = -Infinity;
    for (let j = 0; j < n; j++) {
      const [p, q] = [a - first[j], b - second[j]];
      terms[j] = add[j] + scale[j] * (p * p + q * q);
      if (terms[j] > top) top = terms[j];
    }
    let sum = 0;
    for (let j = 0; j < n; j++) if (terms[j] > top - 30) sum += Math.exp(terms[j] - top);
    return top + Math.log(sum);
  });
}

// n → by how many nats log p(x) on n points is off, a mean without sign over points x that lie as
// samples would; draws: rows (z, ε₁, ε₂).
export function errorOf(decode, draws) {
  const x = [];
  for (let i = 0; i < draws.length; i += 3) {
    const { mu, std } = decode(draws[i]);
    x.push([mu[0] + std * draws[i + 1], mu[1] + std * draws[i + 2]]);
  }
  const exact = logProb(decode, x, 600, 6);
  return (n) => {
    const found = logProb(decode, x, n, 3);
    return found.reduce((sum, value, i) => sum + Math.abs(value - exact[i]), 0) / x.length;
  };
}
