// The page of 28 × 28: ink from 0 to 15 in each pixel, row by row, and what a hand does with it.

import { Random } from "../../playground/engine/random.js";

export const SIDE = 28;
export const PIXELS = SIDE * SIDE;
export const FULL = 15;
const BOX = 20; // the square that MNIST's digits were scaled to
const SOFT = 1.2; // pixels, from full ink to none
const RADIUS = { draw: 1.15, erase: 1.9 };

export const blank = () => new Uint8Array(PIXELS);

// With a stroke between two places, in pixels from the upper left corner.
export function stroke(ink, [x1, y1], [x2, y2], tool) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy || 1;
  return ink.map((before, i) => {
    const [px, py] = [(i % SIDE) + 0.5 - x1, Math.floor(i / SIDE) + 0.5 - y1];
    const t = Math.max(0, Math.min(1, (px * dx + py * dy) / length));
    const far = Math.hypot(px - t * dx, py - t * dy);
    const share = Math.max(0, Math.min(1, (RADIUS[tool] - far) / SOFT + 0.5));
    const level = Math.round(FULL * share);
    return tool === "draw" ? Math.max(before, level) : Math.min(before, FULL - level);
  });
}

// So many pixels to the right and down; what leaves the page is lost.
export function moved(ink, [right, down]) {
  const to = blank();
  for (let i = 0; i < PIXELS; i++) {
    const [px, py] = [(i % SIDE) - right, Math.floor(i / SIDE) - down];
    if (px >= 0 && px < SIDE && py >= 0 && py < SIDE) to[i] = ink[py * SIDE + px];
  }
  return to;
}

export const inverted = (ink) => ink.map((level) => FULL - level);

// As MNIST was made: into a square of 20, the centre of mass in the pixel below and to the right of
// the page's middle. What is smaller stays so: scaled up, its strokes would be too thick.
export function fitted(ink) {
  const on = [...ink.keys()].filter((i) => ink[i] > 0);
  if (on.length === 0) return blank();
  const [columns, rows] = [on.map((i) => i % SIDE), on.map((i) => Math.floor(i / SIDE))];
  const [left, top] = [Math.min(...columns), Math.min(...rows)];
  const size = Math.max(BOX, 1 + Math.max(...columns) - left, 1 + Math.max(...rows) - top);
  const source = (from, i, part) => Math.floor(from + ((i + (part + 0.5) / 4) * size) / BOX);
  const scaled = ink.map((_, i) => {
    let total = 0; // over 4 × 4 places within the pixel
    for (let k = 0; k < 16; k++) {
      const px = source(left, i % SIDE, k % 4);
      const py = source(top, Math.floor(i / SIDE), Math.floor(k / 4));
      if (px < SIDE && py < SIDE) total += ink[py * SIDE + px];
    }
    return Math.round(total / 16);
  });
  const weight = scaled.reduce((a, b) => a + b, 0) || 1;
  const middle = (of) =>
    scaled.reduce((total, level, i) => total + level * (of(i) + 0.5), 0) / weight;
  const shift = [middle((i) => i % SIDE), middle((i) => Math.floor(i / SIDE))];
  return moved(
    scaled,
    shift.map((place) => Math.ceil(SIDE / 2 - place)),
  );
}

// Each pixel is on with probability ink / 15, as lesson 08 draws them; its chance stays its own
// while one draws, so that the picture is still.
const chance = new Random(8);
const thresholds = Float64Array.from({ length: PIXELS }, () => FULL * chance.uniform());
export const blackAndWhite = (ink) =>
  Float64Array.from(ink, (level, i) => (thresholds[i] < level ? 1 : 0));

// One hexadecimal digit a pixel.
export const toHex = (ink) => Array.from(ink, (level) => level.toString(16)).join("");
export const fromHex = (text) => Uint8Array.from(text, (letter) => Number.parseInt(letter, 16));
