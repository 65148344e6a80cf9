// The density of many Gaussians on a square plane, as shades: the twin of fog.py.

const DEPTH = 10; // nats below the densest pixel that are told apart
const BINS = 256;
const LEAST = Math.exp(-DEPTH);
const PAPER = 0.005; // of the mass
const FAR = 5; // standard deviations, beyond which a Gaussian is not added up

// exp(−½ ((x − m) / s)²) / s at the pixels' middles near m, into `bell`: the first and the last.
function bellOf(bell, m, s, edge, size) {
  const pixel = (2 * edge) / size;
  const first = Math.max(0, Math.floor((m - FAR * s + edge) / pixel));
  const last = Math.min(size - 1, Math.ceil((m + FAR * s + edge) / pixel));
  for (let i = first; i <= last; i++) {
    const away = (edge * ((2 * i + 1) / size - 1) - m) / s;
    bell[i] = Math.exp((-away * away) / 2) / s;
  }
  return [first, last];
}

function addRow(p, row, height, across, left, right) {
  for (let x = left; x <= right; x++) p[row + x] += height * across[x];
}

// weights (J), mean and std (J × 2, row by row) → bytes, first row on top.
export function fog(weights, mean, std, edge, size = 96) {
  const p = new Float64Array(size * size);
  const [across, up] = [new Float64Array(size), new Float64Array(size)];
  for (let j = 0; j < weights.length; j++) {
    const [left, right] = bellOf(across, mean[2 * j], std[2 * j], edge, size);
    const [low, high] = bellOf(up, mean[2 * j + 1], std[2 * j + 1], edge, size);
    for (let y = low; y <= high; y++) {
      addRow(p, (size - 1 - y) * size, weights[j] * up[y], across, left, right);
    }
  }
  return { data: shades(p), shape: [size, size] };
}

// Densities → bytes, 255 the densest.
function shades(p) {
  let top = 0;
  for (let i = 0; i < p.length; i++) if (p[i] > top) top = p[i];
  const mass = new Float64Array(BINS + 1);
  const place = new Float64Array(p.length); // from 0 to BINS
  for (let i = 0; i < p.length; i++) {
    place[i] = p[i] > top * LEAST ? BINS * (1 + Math.log(p[i] / top) / DEPTH) : 0;
    const left = Math.min(Math.floor(place[i]), BINS - 1);
    const part = place[i] - left; // of the mass that goes to the right
    mass[left] += (1 - part) * p[i];
    mass[left + 1] += part * p[i];
  }
  const thinner = new Float64Array(BINS + 1);
  let total = 0;
  for (let k = 0; k <= BINS; k++) {
    thinner[k] = total + mass[k] / 2;
    total += mass[k];
  }
  const shade = new Uint8Array(p.length);
  for (let i = 0; i < p.length; i++) {
    const left = Math.min(Math.floor(place[i]), BINS - 1);
    const part = place[i] - left;
    const share = ((1 - part) * thinner[left] + part * thinner[left + 1]) / total;
    shade[i] = Math.round(255 * Math.max(0, Math.min(1, (share - PAPER) / (1 - PAPER))));
  }
  return shade;
}
