// Small pictures of 28 × 28, and text on a canvas.

import { PIXELS, SIDE } from "../engine/ink.js";
import { number } from "../../words.js";

export const FONT = "system-ui, sans-serif";
export const rgb = (hex) => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));
export const mix = (from, to, share) => from.map((level, c) => level + (to[c] - level) * share);

let sheet = null; // one small canvas for all pictures: each is copied before the next is made

// The picture, until the next one is made; color(i): the red, green and blue of pixel i.
export function tile(color) {
  sheet ??= Object.assign(document.createElement("canvas"), {
    width: SIDE,
    height: SIDE,
  }).getContext("2d");
  const pixels = sheet.createImageData(SIDE, SIDE);
  const { data } = pixels;
  for (let i = 0; i < PIXELS; i++) {
    [data[4 * i], data[4 * i + 1], data[4 * i + 2]] = color(i);
    data[4 * i + 3] = 255;
  }
  sheet.putImageData(pixels, 0, 0);
  return sheet.canvas;
}

// Greys from 0 to `full`, paper to ink.
export function greyTile(values, full, colors) {
  const [paper, ink] = [rgb(colors.paper), rgb(colors.tones.ink)];
  const levels = new Map(); // few different ones, but for a picture of means
  return tile((i) => {
    const value = values[i];
    if (!levels.has(value)) levels.set(value, mix(paper, ink, value / full));
    return levels.get(value);
  });
}

export function put(ctx, picture, x, y, size, colors) {
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(picture, x, y, size, size);
  ctx.strokeStyle = colors.grid;
  ctx.lineWidth = 1;
  ctx.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
}

// Text with a rim of paper, so that it reads on whatever lies below.
export function write(
  ctx,
  text,
  x,
  y,
  colors,
  { tone = "", align = "center", size = 13, bold = false } = {},
) {
  ctx.font = `${bold ? 650 : 400} ${size}px ${FONT}`;
  ctx.textAlign = align;
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 4;
  ctx.strokeStyle = colors.paper;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = tone ? colors.tones[tone] : colors.text;
  ctx.fillText(text, x, y);
}

// Nats as they are said: a decimal, or groups of three digits, or millions.
export function nats(value) {
  if (Math.abs(value) >= 9.9995e6) return `${nats(value / 1e6)} million`;
  if (Math.abs(value) < 999.95) return number(value, 1);
  return Math.round(value).toLocaleString("en").replace("-", "−");
}
