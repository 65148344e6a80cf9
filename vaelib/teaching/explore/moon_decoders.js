// The four decoders of moon_decoders.py, and what they draw on the whole plane.

export const EDGE = 2.6; // the plane of codes goes from −EDGE to EDGE
const TILES = 13; // pictures across it
export const SIDE = 28 * TILES; // its pixels

// What is made once of a pack's arrays, by its name.
const kept = new WeakMap();
function once(fixed, name, make) {
  if (!kept.has(fixed)) kept.set(fixed, {});
  const own = kept.get(fixed);
  own[name] ??= make();
  return own[name];
}

// Weights, row by row, and bias of the three layers of a decoder, as "ae_all".
const layers = (fixed, name) =>
  once(fixed, `layers ${name}`, () =>
    [1, 2, 3].map((k) => {
      const [bytes, scale, bias] = ["weights", "scale", "bias"].map(
        (part) => fixed[`${name}_${part}_${k}`].data,
      );
      const width = bytes.length / bias.length;
      const weights = Float64Array.from(bytes, (b, i) => scale[Math.floor(i / width)] * (b - 128));
      return { weights, bias };
    }),
  );

function linear(h, { weights, bias }) {
  const width = h.length;
  const next = new Float64Array(bias.length);
  for (let j = 0; j < next.length; j++) {
    let sum = bias[j];
    for (let i = 0; i < width; i++) sum += weights[j * width + i] * h[i];
    next[j] = sum;
  }
  return next;
}

// f(z), 784 pixels.
export function decode(fixed, name, z) {
  const [first, second, last] = layers(fixed, name);
  const silu = (v) => v / (1 + Math.exp(-v));
  return linear(linear(linear(z, first).map(silu), second).map(silu), last);
}

// Pixels in [0, 1] as bytes; what lies outside becomes the nearest end.
export function grey(pixels) {
  const levels = new Uint8Array(pixels.length);
  for (let i = 0; i < levels.length; i++) {
    levels[i] = Math.round(255 * Math.max(0, Math.min(1, pixels[i])));
  }
  return levels;
}

// What it draws all over the plane, TILES by TILES pictures as one.
export function sheet(fixed, name) {
  return once(fixed, `sheet ${name}`, () => {
    const image = new Uint8Array(SIDE * SIDE);
    const at = (i) => EDGE * ((2 * i + 1) / TILES - 1);
    for (let row = 0; row < TILES; row++) {
      for (let column = 0; column < TILES; column++) {
        const drawn = grey(decode(fixed, name, [at(column), -at(row)]));
        for (let y = 0; y < 28; y++) {
          image.set(drawn.subarray(28 * y, 28 * y + 28), (28 * row + y) * SIDE + 28 * column);
        }
      }
    }
    return image;
  });
}

// How near to a moon it draws, all over the plane: the map's cells, and in between straight lines.
export function near(fixed, name) {
  return once(fixed, `near ${name}`, () => {
    const { data, shape } = fixed[`maps_${name}`];
    const n = shape[0];
    const places = Array.from({ length: SIDE }, (_, i) => {
      const cell = Math.max(0, Math.min(n - 1, ((i + 0.5) * n) / SIDE - 0.5));
      const first = Math.min(n - 2, Math.floor(cell));
      return [first, cell - first];
    });
    return Uint8Array.from({ length: SIDE * SIDE }, (_, k) => {
      const [row, down] = places[Math.floor(k / SIDE)];
      const [column, right] = places[k % SIDE];
      const at = row * n + column;
      const upper = data[at] + right * (data[at + 1] - data[at]);
      const lower = data[at + n] + right * (data[at + n + 1] - data[at + n]);
      return Math.round((upper + down * (lower - upper)) * (255 / 63));
    });
  });
}
