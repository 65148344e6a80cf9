// The scene of plane.py, line by line.

import { beneath, chosen, listed, logSum, made, shares, THREE } from "./maker.js";
import { borders, inverse, squared, tops } from "./relief.js";
import { rounded } from "./words.js";

const EDGE = 4; // of the plane
const PIXELS = 96;
const NODES = 81;

// Weights, means [x, y] and axes, A row by row, of the sliders.
function gaussians(sliders) {
  const three = (name) => THREE.map((k) => sliders[name + k]);
  const [first, second] = [three("first"), three("second")];
  const axes = three("turn").map((degrees, k) => {
    const angle = (degrees * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return [first[k] * cos, -second[k] * sin, first[k] * sin, second[k] * cos];
  });
  const up = three("up");
  return {
    weights: shares(three("weight")),
    means: three("across").map((x, k) => [x, up[k]]),
    axes,
  };
}

// For each k, (x, y) → log π_k N(x | μ_k, Σ_k).
function joint({ weights, means, axes }) {
  return means.map(([mx, my], k) => {
    const { precision, logDet } = inverse(axes[k]);
    const constant = Math.log(weights[k]) - Math.log(2 * Math.PI) - logDet;
    return (x, y) => constant - 0.5 * squared(precision, x - mx, y - my);
  });
}

// log p and the three terms on a lattice of n² places, the lowest row first.
function survey(n, inside, terms) {
  const along = Array.from({ length: n }, (_, i) =>
    inside ? (i + 0.5) * ((2 * EDGE) / n) - EDGE : i * ((2 * EDGE) / (n - 1)) - EDGE,
  );
  const found = { terms: new Float64Array(3 * n * n), logP: new Float64Array(n * n) };
  let node = 0;
  for (const y of along) {
    for (const x of along) {
      const [a, b, c] = [terms[0](x, y), terms[1](x, y), terms[2](x, y)];
      const top = Math.max(a, b, c);
      const sum = Math.exp(a - top) + Math.exp(b - top) + Math.exp(c - top);
      found.terms[3 * node] = a;
      found.terms[3 * node + 1] = b;
      found.terms[3 * node + 2] = c;
      found.logP[node++] = top + Math.log(sum);
    }
  }
  return found;
}

const rows = (points) => ({ data: Float64Array.from(points.flat()), shape: [points.length, 2] });

// A times a vector.
const along = ([a, b, c, d], [u, v]) => [a * u + b * v, c * u + d * v];

const moved = ([x, y], [u, v]) => [x + u, y + v];

const CIRCLE = Array.from({ length: 49 }, (_, i) => {
  const angle = (2 * Math.PI * i) / 48;
  return [Math.cos(angle), Math.sin(angle)];
});

// The places of the first n samples, for each component that made them.
function sample(n, { weights, means, axes }, draws) {
  const own = [[], [], []];
  for (let i = 0; i < n; i++) {
    const k = chosen(draws[3 * i], weights);
    own[k].push(moved(means[k], along(axes[k], [draws[3 * i + 1], draws[3 * i + 2]])));
  }
  return own;
}

// p(x) on the pixels, the highest row first.
function picture(logP) {
  const highest = logP.reduce((a, b) => Math.max(a, b));
  const data = new Uint8Array(PIXELS * PIXELS);
  for (let row = 0; row < PIXELS; row++) {
    for (let column = 0; column < PIXELS; column++) {
      const level = logP[(PIXELS - 1 - row) * PIXELS + column];
      data[row * PIXELS + column] = Math.floor(255 * Math.exp((level - highest) / 2) + 0.5);
    }
  }
  return { data, shape: [PIXELS, PIXELS] };
}

// How many tops there are, and whether that is strange.
function counted(count) {
  if (count > THREE.length)
    return `Three Gaussians, and ${count === 4 ? "four" : "more than four"} tops! `;
  return count === 1 ? "One top. " : `${count === 2 ? "Two" : "Three"} tops. `;
}

export function scene({ x1, x2, n, ...sliders }, fixed) {
  const mixture = gaussians(sliders);
  const { weights, means, axes } = mixture;
  const terms = joint(mixture);
  const at = (x, y) => terms.map((term) => term(x, y));
  const nodes = survey(NODES, false, terms);
  const level = Array.from({ length: 161 }, (_, i) => i / 20 - EDGE);
  const line = level.map((x) => at(x, x2));
  const there = at(x1, x2);
  const logPx = logSum(there);
  const resp = there.map((term) => Math.exp(term - logPx));
  const count = Math.floor(n);
  const own = sample(count, mixture, fixed.draws.data);
  const heights = nodes.logP.map((v) => Math.exp(v));
  const peaks = tops(weights, means, axes, heights, NODES);
  const arrays = {
    p: picture(survey(PIXELS, true, terms).logP),
    borders: borders(nodes.terms, NODES),
    level: rows([[-EDGE, x2], [EDGE, x2]]),
    tops: rows(peaks),
    x: rows([[x1, x2]]),
    log_probe: rows([[x1, -100], [x1, 100]]),
    log_p: rows(level.map((x, i) => [x, logSum(line[i])])),
    log_p_there: rows([[x1, logPx]]),
  }; // prettier-ignore
  THREE.forEach((k, i) => {
    const ring = (size) =>
      CIRCLE.map(([u, v]) => moved(means[i], along(axes[i], [size * u, size * v])));
    arrays[`ellipse${k}`] = { ...rows([...ring(2), ...ring(1)]), shape: [2, CIRCLE.length, 2] };
    arrays[`before${k}`] = rows([
      [k - 0.42, weights[i]],
      [k + 0.42, weights[i]],
    ]);
    arrays[`after${k}`] = {
      data: Float64Array.of(k - 0.3, 0, resp[i], k + 0.3, 0, resp[i]),
      shape: [2, 3],
    };
    arrays[`samples${k}`] = rows(own[i]);
    arrays[`log_term${k}`] = rows(level.map((x, j) => [x, line[j][i]]));
  });
  const gaps = means.map(([x, y]) => [x1 - x, x2 - y]);
  const far = gaps.map(([u, v]) => Math.hypot(u, v));
  const inWidths = gaps.map(([u, v], k) => Math.sqrt(squared(inverse(axes[k]).precision, u, v)));
  const place = `x = ([${rounded(x1, 2)}](x1), [${rounded(x2, 2)}](x2))`;
  const more =
    `log p(x) = ${rounded(logPx, 2)} nats. r = ${listed(resp)} for k = 1, 2, 3; the weights ` +
    `are ${listed(weights)}, the distances ${listed(far)}, and counted in the σ of that ` +
    `direction ${listed(inWidths)}. The density has ${peaks.length} tops.`;
  const rain = count ? " Each sample has its maker's colour." : "";
  const said = counted(peaks.length) + made(place, resp, far, inWidths) + beneath(logPx) + rain;
  return { arrays, sentence: said, more };
}

// r at the four corners of the plane.
export function corners(sliders) {
  const terms = joint(gaussians(sliders));
  return [-EDGE, EDGE].flatMap((x) =>
    [-EDGE, EDGE].map((y) => {
      const here = terms.map((term) => term(x, y));
      const all = logSum(here);
      return here.map((term) => Math.exp(term - all));
    }),
  );
}
