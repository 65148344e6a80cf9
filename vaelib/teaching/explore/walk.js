// The scene of walk.py, line by line; moons.js finds the nearest moon.

import { decode, EDGE, grey, near, sheet, SIDE } from "./moon_decoders.js";
import { nearestMoon, renderMoon } from "./moons.js";
import { rounded } from "./words.js";

const SEEN = { "all waxing phases": "all", "half and full moons only": "two" };
// From near the half moon's two codes to near the full one's.
export const WALKS = {
  "all waxing phases": [
    [0.08, 0.36],
    [1.36, -2.18],
  ],
  "half and full moons only": [
    [0.28, 1.6],
    [0.6, -0.76],
  ],
};
const AMONG = 0.25; // a z is among the codes if one is as near
const ALMOST = 0.1; // a picture nearer to a moon than this is almost one; farther away it is none
const TOP = 0.99 * EDGE;
const PAINTED = { "the picture drawn there": sheet, "how near a moon it is (white: a moon)": near };

// The plane as one image, the first network's on the left of the curtain.
function painted(fixed, what, names, curtain) {
  const [left, right] = names.map((name) => PAINTED[what](fixed, name));
  const split = Math.floor(((curtain + EDGE) / (2 * EDGE)) * SIDE + 0.5);
  const image = right.slice();
  for (let y = 0; y < SIDE; y++) image.set(left.subarray(y * SIDE, y * SIDE + split), y * SIDE);
  return { data: image, shape: [SIDE, SIDE] };
}

let yardstick = null;

// How far the average of the lesson's half and full moon is from the nearest moon.
export function average() {
  const [half, full] = [renderMoon(0.25, 0.3), renderMoon(0.5, 0.3)];
  yardstick ??= nearestMoon(half.map((value, i) => (value + full[i]) / 2)).far;
  return yardstick;
}

// In a word, a picture that is so far, as it is written, from the nearest real moon.
function verdict(far) {
  const limits = [
    [0.03, "a moon"],
    [ALMOST, "almost a moon"],
  ];
  return limits.find(([limit]) => far < limit)?.[1] ?? "no moon";
}

// What both draw, and the yardstick where one of them is near it.
function sentence(far, gaps) {
  const [ae, vae, yardstick] = [...far, average()].map((d) => rounded(d, 2));
  const place = (gap) => (gap <= AMONG ? "among its dots" : "where it has no dots");
  const [byAe, byVae] = [ae, vae].map((d, i) => `${place(gaps[i])}, draws ${verdict(Number(d))}`);
  const poor = Math.max(ae, vae) >= ALMOST;
  const blend = poor ? ` A half-and-half blend of two moons: ${yardstick}.` : "";
  return (
    `The [autoencoder](orange), ${byAe}, [${ae}](orange) from a real one; the [VAE](blue), ` +
    `${byVae}, [${vae}](blue).${blend}`
  );
}

// All numbers.
function numbers(fixed, names, z, far, gaps, phases) {
  const [z1, z2] = z.map((value) => rounded(value, 2));
  const [ae, vae, blend] = [...far, average()].map((d) => rounded(d, 3));
  const [ofAe, ofVae] = phases.map((phase) => rounded(phase, 2));
  const [nearAe, nearVae] = gaps.map((gap) => rounded(gap, 2));
  const dark = names.map((name) => {
    const { data } = fixed[`maps_${name}`];
    return rounded((100 * data.filter((value) => value === 0).length) / data.length, 0);
  });
  return (
    `At z = (${z1}, ${z2}) the autoencoder's picture is ${ae} from the nearest moon, one of ` +
    `phase ${ofAe}, the VAE's ${vae}, phase ${ofVae}; the average of a half and a full moon is ` +
    `${blend} from one. Below 0.03 it is called a moon, below 0.1 almost one, else none. ` +
    "Such a distance is the root of the mean squared difference of two " +
    "pixels, with black 0 and white 1; phase is 0 for new, 0.25 for half, 0.5 for full. The " +
    `nearest of 200 training codes is ${nearAe} away for the autoencoder, ${nearVae} for the ` +
    `VAE. Farther from a moon than the average are ${dark[0]} % of this plane for the ` +
    `autoencoder, ${dark[1]} % for the VAE. The autoencoder's plane is shifted, turned and ` +
    "stretched onto the VAE's, which changes no picture."
  );
}

// Nine places from one to another.
const between = (from, to) =>
  Array.from({ length: 9 }, (_, k) => from.map((value, i) => value + (k / 8) * (to[i] - value)));

const line = (points) => ({ data: Float64Array.from(points.flat()), shape: [points.length, 2] });

function two(images) {
  const pixels = new Uint8Array(2 * 784);
  images.forEach((image, k) => pixels.set(grey(image), 784 * k));
  return { data: pixels, shape: [2, 28, 28] };
}

// An array's rows of two numbers.
export function pairs({ data, shape }) {
  return Array.from({ length: shape[0] }, (_, i) => [data[2 * i], data[2 * i + 1]]);
}

export function scene({ seen, z1, z2, curtain, painting }, fixed) {
  const names = ["ae", "vae"].map((kind) => `${kind}_${SEEN[seen]}`);
  const codes = names.map((name) => pairs(fixed[`codes_${name}`]));
  const drawn = names.map((name) => decode(fixed, name, [z1, z2]));
  const found = drawn.map(nearestMoon);
  const far = found.map((moon) => moon.far);
  const gaps = codes.map((own) => own.map(([a, b]) => Math.hypot(a - z1, b - z2)));
  const nearest = gaps.map((gap) => Math.min(...gap));
  const moons = found.map(({ phase, tilt }) => renderMoon(phase, tilt));
  const arrays = {
    painted: painted(fixed, painting, names, curtain),
    ae_behind: line(codes[0].filter(([a]) => a >= curtain)),
    vae_behind: line(codes[1].filter(([a]) => a < curtain)),
    ae_codes: line(codes[0].filter(([a]) => a < curtain)),
    vae_codes: line(codes[1].filter(([a]) => a >= curtain)),
    walk: line(between(...WALKS[seen])),
    ae_side: line(between([-EDGE, TOP], [curtain, TOP])),
    vae_side: line(between([curtain, TOP], [EDGE, TOP])),
    divide: line([
      [curtain, -EDGE],
      [curtain, EDGE],
    ]),
    here: line([[z1, z2]]),
    pictures: two(drawn),
    moons: two(moons),
    distances: { data: Float64Array.from([...far, average()]), shape: [3] },
  };
  const phases = found.map(({ phase }) => Math.min(phase, 1 - phase));
  return {
    arrays,
    sentence: sentence(far, nearest),
    more: numbers(fixed, names, [z1, z2], far, nearest, phases),
  };
}
