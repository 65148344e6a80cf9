// Clouds of points that can be stamped on the plane, from −3 to 3.

import { Random } from "./random.js";

export const EDGE = 3.2; // of the plane
const TURN = 2 * Math.PI;

const polar = (radius, angle) => [radius * Math.cos(angle), radius * Math.sin(angle)];
const blur = ([x1, x2], width, random) => [
  x1 + width * random.normal(),
  x2 + width * random.normal(),
];

export const STAMPS = {
  crescent: (r) => blur(polar(2, 2.4 * (2 * r.uniform() - 1)), 0.15, r),
  "two moons": (r) => {
    const [c, s] = polar(1.4, (TURN / 2) * r.uniform());
    const place = r.uniform() < 0.5 ? [c - 0.7, s - 0.35] : [c + 0.7, 0.35 - s];
    return blur(place, 0.12, r);
  },
  ring: (r) => blur(polar(2, TURN * r.uniform()), 0.12, r),
  spiral: (r) => {
    const t = r.uniform();
    return blur(polar(0.25 + 2.1 * t, (TURN / 2) * 1.5 * (0.3 + 2 * t)), 0.08, r);
  },
  cross: (r) => {
    const t = 4 * r.uniform() - 2;
    return blur([t, r.uniform() < 0.5 ? t : -t], 0.1, r);
  },
  blobs: (r) => blur([[-1.8, -1.2], [1.8, -1], [0, 1.8]][r.below(3)], 0.3, r), // prettier-ignore
  disc: (r) => polar(2 * Math.sqrt(r.uniform()), TURN * r.uniform()),
};

// Coordinates lie on a lattice that an address can name: 4096 places from −EDGE to EDGE.
export const LEVELS = 4096;
export const onLattice = (value) => {
  const level = Math.round(((value + EDGE) / (2 * EDGE)) * LEVELS);
  return (Math.max(0, Math.min(LEVELS - 1, level)) / LEVELS) * 2 * EDGE - EDGE;
};

// n points of a stamp, [x₁, x₂] each; the same for the same seed.
export function stamped(name, n, seed) {
  const random = new Random(seed);
  return Array.from({ length: n }, () => STAMPS[name](random).map(onLattice));
}

// Every fourth point is held out.
export const heldOut = (i) => i % 4 === 3;
