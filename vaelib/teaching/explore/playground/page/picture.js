// One of the four pictures: shade, curve or ellipses, points, the place x and what could have made
// it, the bead z.

import { EDGE } from "../engine/stamps.js";
import { pixelRatio } from "../../front/page.js";

const SIDE = 48; // cells of the shade
const CURVE = 160; // nodes of the drawn curve
const REACH = 2.6; // ζ, as far as the curve is drawn
const TURN = 2 * Math.PI;

// A canvas' width in CSS pixels, and the screen's pixels to one. To ask lays out the page, where a
// canvas has changed: what draws several asks for all first.
export const sizeOf = (canvas) => [canvas.clientWidth, pixelRatio(canvas)];

// A canvas as sharp as the page, with [ctx, width, height] in CSS pixels.
export function prepare(canvas, height, colors, [width, ratio] = sizeOf(canvas)) {
  if (!width) return null;
  const size = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
  const ctx = canvas.getContext("2d");
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.direction = "ltr";
  ctx.fillStyle = colors.paper;
  ctx.fillRect(0, 0, width, height);
  return [ctx, width, height];
}

// From the plane to pixels and back.
export const scales = (width) => ({
  to: ([x1, x2]) => [((x1 + EDGE) / (2 * EDGE)) * width, ((EDGE - x2) / (2 * EDGE)) * width],
  from: ([px, py]) => [(px / width) * 2 * EDGE - EDGE, EDGE - (py / width) * 2 * EDGE],
  length: (r) => (r / (2 * EDGE)) * width,
});

// The density on SIDE × SIDE cells, in the tone, in a small canvas; `logProb`(x, n) gives log p(x).
const CELLS = Float64Array.from({ length: 2 * SIDE * SIDE }, (_, k) => {
  const cell = Math.floor(k / 2);
  const i = k % 2 ? SIDE - 1 - Math.floor(cell / SIDE) : cell % SIDE;
  return ((i + 0.5) / SIDE) * 2 * EDGE - EDGE;
});

export function newShade() {
  return Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
}

export function shade(canvas, logProb, tone) {
  const values = logProb(CELLS, SIDE * SIDE);
  let top = -Infinity;
  for (const value of values) if (value > top) top = value;
  const ctx = canvas.getContext("2d");
  const pixels = ctx.createImageData(SIDE, SIDE);
  const rgba = new Uint32Array(pixels.data.buffer); // red in the lowest byte
  const [red, green, blue] = [1, 3, 5].map((i) => Number.parseInt(tone.slice(i, i + 2), 16));
  const color = red + (green << 8) + (blue << 16);
  for (let k = 0; k < rgba.length; k++) {
    rgba[k] = color + (Math.round(150 * Math.exp((values[k] - top) / 2)) << 24);
  }
  ctx.putImageData(pixels, 0, 0);
}

export function drawShade(ctx, width, image) {
  ctx.imageSmoothingEnabled = true;
  ctx.drawImage(image, 0, 0, width, width);
}

export function drawPoints(ctx, at, points, colors) {
  ctx.fillStyle = ctx.strokeStyle = colors.tones.ink;
  ctx.lineWidth = 1;
  for (const { x, held } of points) {
    const [px, py] = at.to(x);
    ctx.beginPath();
    ctx.arc(px, py, held ? 2.6 : 1.8, 0, TURN);
    if (held) ctx.stroke();
    else ctx.fill();
  }
}

// The ellipse of one standard deviation, [half axes as vectors] of Σ.
export function axesOf([a, b, c]) {
  const middle = (a + c) / 2;
  const root = Math.sqrt(((a - c) / 2) ** 2 + b * b);
  const angle = 0.5 * Math.atan2(2 * b, a - c);
  return [
    [Math.sqrt(middle + root), angle],
    [Math.sqrt(Math.max(middle - root, 1e-9)), angle + Math.PI / 2],
  ].map(([length, turn]) => [length * Math.cos(turn), length * Math.sin(turn)]);
}

// Σ with one half axis (0: the long one, 1: the short one) put to that vector; the other keeps its
// length.
export function covarianceWith(covariance, i, [u, v]) {
  const other = Math.hypot(...axesOf(covariance)[1 - i]) ** 2;
  const length = Math.max(0.04, Math.hypot(u, v));
  const [p, q] = [u / length, v / length];
  const own = length ** 2;
  return [own * p * p + other * q * q, (own - other) * p * q, own * q * q + other * p * p];
}

export function drawMixture(ctx, at, { means, covariances, weights }, chosen, colors) {
  const tone = colors.tones.blue;
  means.forEach((mean, k) => {
    const [[u1, u2], [v1, v2]] = axesOf(covariances[k]);
    ctx.strokeStyle = tone;
    ctx.globalAlpha = weights[k] < 0.003 ? 0.3 : 1;
    ctx.lineWidth = k === chosen ? 3.5 : 2;
    ctx.beginPath();
    for (let i = 0; i <= 48; i++) {
      const [c, s] = [Math.cos((i / 48) * TURN), Math.sin((i / 48) * TURN)];
      ctx.lineTo(...at.to([mean[0] + c * u1 + s * v1, mean[1] + c * u2 + s * v2]));
    }
    ctx.stroke();
    label(ctx, `${k + 1}`, at.to(mean), colors);
    ctx.globalAlpha = 1;
  });
}

function label(ctx, text, [px, py], colors) {
  ctx.font = "600 12px system-ui, sans-serif";
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineWidth = 3;
  ctx.strokeStyle = colors.paper;
  ctx.strokeText(text, px, py);
  ctx.fillStyle = colors.text;
  ctx.fillText(text, px, py);
}

// μ(z): one curve, or for d = 2 the lines of a net.
export function drawCurve(ctx, at, model, tone) {
  ctx.strokeStyle = tone;
  ctx.lineJoin = "round";
  ctx.lineWidth = model.d === 1 ? 2.5 : 1;
  for (const nodes of linesOf(model.d)) {
    const n = nodes.length / model.d;
    const mu = model.decode(nodes, n);
    ctx.beginPath();
    for (let j = 0; j < n; j++) ctx.lineTo(...at.to([mu[2 * j], mu[2 * j + 1]]));
    ctx.stroke();
  }
}

const along = (n) => Array.from({ length: n }, (_, i) => REACH * ((2 * i) / (n - 1) - 1));
function linesOf(d) {
  if (d === 1) return [Float64Array.from(along(CURVE))];
  const [few, many] = [along(9), along(41)];
  const across = few.map((u) => Float64Array.from(many.flatMap((v) => [u, v])));
  return [...across, ...few.map((v) => Float64Array.from(many.flatMap((u) => [u, v])))];
}

// Threads from x to the places that could have made it, as thick as their share.
export function drawThreads(ctx, at, x, places, tone) {
  ctx.strokeStyle = tone;
  for (const { place, share } of places) {
    if (share < 0.02) continue;
    ctx.globalAlpha = 0.35 + 0.65 * share;
    ctx.lineWidth = 0.75 + 4 * share;
    ctx.beginPath();
    ctx.moveTo(...at.to(x));
    ctx.lineTo(...at.to(place));
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

export function drawCross(ctx, at, x, colors) {
  const [px, py] = at.to(x);
  for (const [width, style] of [
    [5, colors.paper],
    [2.5, colors.text],
  ]) {
    ctx.strokeStyle = style;
    ctx.lineWidth = width;
    ctx.beginPath();
    for (const s of [1, -1]) {
      ctx.moveTo(px - 6, py - 6 * s);
      ctx.lineTo(px + 6, py + 6 * s);
    }
    ctx.stroke();
  }
}

// The bead μ(z), and the Gaussian that z owns: the circle of σ.
export function drawBead(ctx, at, place, sigma, tone, colors) {
  const [px, py] = at.to(place);
  ctx.strokeStyle = tone;
  ctx.lineWidth = 1.5;
  if (sigma) {
    ctx.setLineDash([4, 3]);
    ctx.beginPath();
    ctx.arc(px, py, at.length(sigma), 0, TURN);
    ctx.stroke();
    ctx.setLineDash([]);
  }
  ctx.fillStyle = tone;
  ctx.beginPath();
  ctx.arc(px, py, 6, 0, TURN);
  ctx.fill();
  ctx.strokeStyle = colors.paper;
  ctx.lineWidth = 2;
  ctx.stroke();
}
