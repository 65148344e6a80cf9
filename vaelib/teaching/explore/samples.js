// The scene of samples.py, line by line.

import { rounded } from "./words.js";

const MEAN = "the mean, in grey";
const NEAREST = "the nearest";
export const COPY = "is it a copy?";
export const OPEN = "not yet";
export const SIDES = ["left", "right"];
const [N, D, TIMES, HANDFULS] = [8, 784, 81, 10]; // digits, pixels, temperatures, handfuls
const [LOW, TOP] = [4, 132]; // pixels: the axis of distances
export const FAINT = 0.05; // the temperature up to which all eight look alike
const [PAPER, INK, PALE] = [
  [244, 243, 238],
  [24, 32, 52],
  [196, 199, 204],
];
const [GREEN, WELL, ILL] = [
  [0, 128, 96],
  [214, 240, 222],
  [250, 214, 206],
]; // real; what was right or wrong
const [RED, EDGE, FRAME] = [
  [206, 40, 20],
  [222, 226, 231],
  [224, 140, 0],
];
const [HIGH, WIDE] = [30, 88]; // pixels of a card

const points = (rows) => ({ data: Float64Array.from(rows.flat()), shape: [rows.length, 2] });

// A layer of bytes: Σ_i (byte − 128) h_i for each of its rows.
function linear(bytes, h) {
  const n = h.length;
  const out = new Float64Array(bytes.length / n);
  for (let j = 0; j < out.length; j++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (bytes[j * n + i] - 128) * h[i];
    out[j] = sum;
  }
  return out;
}

const logistic = (value) => 1 / (1 + Math.exp(-value));

// f(z): 20 numbers → 784.
function decode(z, fixed) {
  const data = (name) => fixed[name].data;
  const scaled = z.map((value, j) => value * data("hidden_scale")[j]);
  const before = linear(data("hidden"), scaled).map((value, j) => value + data("hidden_bias")[j]);
  const h = before.map((value) => value * logistic(value));
  const low = linear(data("inner"), h).map((value, j) => value * data("scale")[j]);
  return linear(data("outer"), low).map((value, j) => logistic(value + data("outer_bias")[j]));
}

// u in [0, 1) of a pixel: MurmurHash3's last steps, on its number.
function uniform(number) {
  let x = Math.imul(number, 0x9e3779b9);
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}

// The means of a handful, counted from 0, from noise or from real digits' codes.
function means(codes, handful, temperature, fixed) {
  const eps = fixed[codes].data.slice(20 * N * handful, 20 * N * (handful + 1));
  const z = Float64Array.from(eps, (value) => temperature * value);
  return Array.from({ length: N }, (_, k) => decode(z.slice(20 * k, 20 * (k + 1)), fixed));
}

// Whether the VAE's own digit stands at the left of the pair, both counted from 0.
const isLeft = (handful, k) => uniform(2 * N * D * HANDFULS + N * handful + k) < 0.5;

// The pixels as they are drawn.
const draw = (f, first) => f.map((share, i) => (uniform(first + i) < share ? 1 : 0));

// The training images nearest to the eight at the i-th temperature.
function nearest(kind, handful, i, fixed) {
  const name = kind === MEAN ? "grey" : "bits";
  const known = fixed[name].data;
  return Array.from({ length: N }, (_, k) => {
    const row = fixed[`${name}_at`].data[(N * handful + k) * TIMES + i];
    if (kind === MEAN) {
      return Float64Array.from(known.subarray(row * D, (row + 1) * D), (level) => level / 255);
    }
    const bit = (p) => (known[(row * D) / 8 + (p >> 3)] >> (7 - (p & 7))) & 1;
    return Float64Array.from({ length: D }, (_, p) => bit(p));
  });
}

const mixed = (low, high, share) => low + (high - low) * share;

// A picture of 28 × 28 on a card; colour(p, c) is the level of its pixel p in channel c.
function place(data, start, colour) {
  for (let p = 0; p < D; p++) {
    const at = start + 3 * (WIDE * Math.floor(p / 28) + (p % 28));
    for (let c = 0; c < 3; c++) data[at + c] = Math.floor(colour(p, c) + 0.5);
  }
}

// Each image, the nearest one, and both in one with what differs in red.
function cards(x, known, asked) {
  const data = new Uint8Array(N * HIGH * WIDE * 3);
  for (let k = 0; k < N; k++) {
    const start = 3 * k * HIGH * WIDE;
    const edge = k === asked ? FRAME : EDGE;
    for (let i = 0; i < 3 * HIGH * WIDE; i++) data[start + i] = edge[i % 3];
    const [a, b] = [x[k], known[k]];
    const inner = start + 3 * (WIDE + 1);
    place(data, inner, (p, c) => mixed(PAPER[c], INK[c], a[p]));
    place(data, inner + 3 * 29, (p, c) => mixed(PAPER[c], INK[c], b[p]));
    place(data, inner + 3 * 58, (p, c) => {
      const shared = mixed(PAPER[c], PALE[c], Math.min(a[p], b[p]));
      return mixed(shared, RED[c], (a[p] - b[p]) ** 2);
    });
  }
  return { data, shape: [N, HIGH, WIDE, 3] };
}

// Each pair side by side, framed, with what it is, once it was picked from.
function pairs(x, others, left, picks) {
  const [high, wide] = [30, 36];
  const data = new Uint8Array(2 * N * high * wide * 3);
  const paint = (tile, row, column, colour) =>
    data.set(colour, 3 * ((tile * high + row) * wide + column));
  for (let tile = 0; tile < 2 * N; tile++) {
    const [k, side] = [Math.floor(tile / 2), tile % 2];
    const own = left[k] === (side === 0);
    const picked = picks[k] === SIDES[side];
    const paper = picked ? (own ? WELL : ILL) : PAPER;
    const image = (own ? x : others)[k];
    const start = side ? 1 : 5; // a pair's two stand together
    const edge = picks[k] === OPEN ? EDGE : own ? FRAME : GREEN;
    for (let row = 0; row < high; row++) {
      for (let column = 0; column < wide; column++) {
        const [i, j] = [row - 1, column - start - 1];
        const within = j >= -1 && j <= 28;
        const inside = i >= 0 && i < 28 && j >= 0 && j < 28;
        const ink = (c) => Math.floor(mixed(paper[c], INK[c], image[28 * i + j]) + 0.5);
        paint(tile, row, column, inside ? [0, 1, 2].map(ink) : within ? edge : PAPER);
      }
    }
  }
  return { data, shape: [2 * N, high, wide, 3] };
}

const picksOf = (p) => Array.from({ length: N }, (_, k) => p[`pair${k + 1}`]);
const sidesOf = (p) => Array.from({ length: N }, (_, k) => isLeft(Math.round(p.handful) - 1, k));

// How many of the picks are the VAE's own, and how many picks there are.
export function score(p) {
  const left = sidesOf(p);
  const picks = picksOf(p);
  const right = picks.filter((pick, k) => pick === SIDES[left[k] ? 0 : 1]);
  return [right.length, picks.filter((pick) => pick !== OPEN).length];
}

// What to do, and how many were right.
function ofTheGame([right, n]) {
  if (!n) {
    return (
      "In each pair the VAE [made up](orange) one digit, from noise. The other is [real](green), " +
      "squeezed into 20 numbers and drawn again. Tap the one that is made up."
    );
  }
  if (n < N) return `[${right} of ${n}](green) right. Orange was made up, green is real. Tap on.`;
  const said = `[${right} of ${n}](green) right, and a coin would have ${N / 2}.`;
  if (right >= N - 1) {
    return `${said} Broken shapes give the VAE away. Now look: are its digits copies?`;
  }
  return right > N / 2
    ? `${said} Now and then the VAE fools you. Eight more?`
    : `${said} The VAE has fooled you. Eight more?`;
}

// The scene of the pairs; what is known of them is shown.
function game(p, x, { arrays, more }, fixed) {
  const picks = picksOf(p);
  const handful = Math.round(p.handful) - 1;
  const f = means("codes", handful, 1, fixed);
  const first = N * (HANDFULS + handful);
  const others = p.kind === MEAN ? f : f.map((image, j) => draw(image, D * (first + j)));
  const known = picks.map((pick, k) => (pick === OPEN ? -1 : k)).filter((k) => k >= 0);
  const { now } = arrays;
  const none = (width) => ({ data: new Float64Array(0), shape: [0, width] });
  return {
    arrays: {
      ...arrays,
      cards: { data: new Uint8Array(0), shape: [0, HIGH, WIDE, 3] },
      pairs: pairs(x, others, sidesOf(p), picks),
      reach: none(2),
      asked: none(2),
      now: points(known.map((k) => [...now.data.slice(2 * k, 2 * k + 2)])),
    },
    sentence: ofTheGame(score(p)),
    more,
  };
}

// As NumPy's quantile, of numbers that rise.
function quantile(values, share) {
  const place = share * (values.length - 1);
  const low = Math.floor(place);
  return mixed(values[low], values[Math.min(low + 1, values.length - 1)], place - low);
}

// What is seen, and what the framed digit's distance says.
function sentenceOf(kind, temperature, apart, share) {
  const perCent = rounded(100 * share, 0);
  let first = "No copy? Drawn pixels add noise, to a copy too.";
  if (temperature <= FAINT) {
    first = "With hardly any noise in the code all eight are one grey ghost";
    first += kind === MEAN ? "." : ", its pixels drawn eight times.";
  } else if (share < 0.1) {
    first = "A suspect: copy or chance?";
  } else if (share < 0.5) {
    first = "Copy or chance?";
  } else if (kind === MEAN) {
    first = "Farther off than most digits that the VAE never saw.";
  }
  return (
    `${first} At temperature [${rounded(temperature, 2)}](temperature) the ` +
    `[framed digit](orange) is ${rounded(apart, 1)} from its nearest training image; ` +
    `[${perCent} % of unseen digits](green) are as near.`
  );
}

export function scene(parameters, fixed) {
  const { kind, temperature, handful, card, show } = parameters;
  const [i, number, k] = [Math.round(temperature * 50), Math.round(handful), +(kind !== MEAN)];
  const a = i / 50;
  const f = means("eps", number - 1, a, fixed);
  const first = N * (number - 1);
  const x = kind === MEAN ? f : f.map((image, j) => draw(image, D * (first + j)));
  const known = nearest(kind, number - 1, i, fixed);
  const apart = x.map((image, j) =>
    image.reduce((sum, value, p) => sum + (value - known[j][p]) ** 2, 0),
  );
  const [least, most] = [Math.min(...apart), Math.max(...apart)];
  const asked = card === NEAREST ? apart.indexOf(least) : parseInt(card.slice(5), 10) - 1;
  const { data } = fixed.held_out;
  const held = data.slice((k * data.length) / 2, ((k + 1) * data.length) / 2);
  const [low, middle, high] = [0.05, 0.5, 0.95].map((share) => quantile(held, share));
  const share = held.filter((other) => other <= apart[asked]).length / held.length;
  const coarse = Array.from({ length: 17 }, (_, t) => t / 10);
  const chance = f.reduce((sum, image) => sum + image.reduce((s, v) => s + v * (1 - v), 0), 0) / N;
  const checked = {
    arrays: {
      cards: cards(x, known, asked),
      pairs: { data: new Uint8Array(0), shape: [0, 30, 36, 3] },
      common: { data: Float64Array.of(0, low, high, 1.6, low, high), shape: [2, 3] },
      unseen: points(coarse.map((t) => [t, middle])),
      typical: points(coarse.map((t, j) => [t, fixed.medians.data[17 * k + j]])),
      at: points([
        [a, LOW],
        [a, TOP],
      ]),
      reach: points([
        [a, least],
        [a, most],
      ]),
      now: points(apart.map((distance) => [a, distance])),
      asked: points([[a, apart[asked]]]),
    },
    sentence: sentenceOf(kind, a, apart[asked], share),
    more:
      `Handful ${number} of ${HANDFULS}. The squared distance of the eight to their nearest ` +
      `training images is ${rounded(least, 1)} to ${rounded(most, 1)} pixels. Typical is the ` +
      `median: of 500 digits by the VAE at each temperature, the blue line; of 1,000 held-out ` +
      `digits ${rounded(middle, 1)}, the dashes. Of eight held-out digits, the nearest is ` +
      `as near as the framed one in ${rounded(100 * (1 - (1 - share) ** N), 0)} % of handfuls. ` +
      `Drawing the pixels alone adds ${rounded(chance, 1)}. The decoder is lesson 08's, its last ` +
      `layer of rank 64.`,
  };
  return show === COPY ? checked : game(parameters, x, checked, fixed);
}
