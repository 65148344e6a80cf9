// One function a kind of mark: (context, place of the axes, mark, its array, colours).

import { number } from "../words.js";

const DASHES = { solid: [], dash: [7, 4], dot: [2, 3] };
const SHAPES = ["dot", "cross", "square", "triangle", "plus", "ring"];

// A path through points, [x, y] each.
function path(ctx, points) {
  ctx.beginPath();
  for (const [x, y] of points) ctx.lineTo(x, y);
}

function segments(ctx, ...ends) {
  for (const [x1, y1, x2, y2] of ends) {
    ctx.moveTo(x1, y1);
    ctx.lineTo(x2, y2);
  }
}

// A point of that shape, r pixels from its centre to its edge.
function point(ctx, shape, x, y, r) {
  ctx.beginPath();
  if (shape === "dot") {
    ctx.arc(x, y, r, 0, 7);
    ctx.fill();
  } else if (shape === "square") {
    ctx.fillRect(x - r, y - r, 2 * r, 2 * r);
  } else if (shape === "triangle") {
    path(ctx, [
      [x, y - 1.2 * r],
      [x + 1.1 * r, y + r],
      [x - 1.1 * r, y + r],
    ]);
    ctx.fill();
  } else {
    if (shape === "ring") ctx.arc(x, y, r, 0, 7);
    else if (shape === "plus") segments(ctx, [x - r, y, x + r, y], [x, y - r, x, y + r]);
    else segments(ctx, [x - r, y - r, x + r, y + r], [x - r, y + r, x + r, y - r]);
    ctx.stroke();
  }
}

// A triangle with a rim of paper that points down at the place, clear of a handle that lies there.
function pin(ctx, at, x, y, r, colors) {
  const tip = Math.max(y - 9, at.top + 1.8 * r + 1);
  path(ctx, [
    [x, tip],
    [x - r, tip - 1.8 * r],
    [x + r, tip - 1.8 * r],
  ]);
  ctx.closePath();
  ctx.lineWidth = 3;
  ctx.strokeStyle = colors.paper;
  ctx.stroke();
  ctx.fill();
}

function line(ctx, at, mark, { data, shape }, colors) {
  const n = shape.at(-2);
  ctx.strokeStyle = colors.tones[mark.tone];
  ctx.lineWidth = 2;
  ctx.setLineDash(DASHES[mark.dash]);
  for (let from = 0; from < data.length / 2; from += n) {
    ctx.beginPath();
    for (let i = from; i < from + n; i++) ctx.lineTo(at.x(data[2 * i]), at.y(data[2 * i + 1]));
    ctx.stroke();
  }
  ctx.setLineDash([]);
}

function band(ctx, at, mark, { data, shape }, colors) {
  const n = shape[0];
  ctx.fillStyle = colors.tones[mark.tone];
  ctx.globalAlpha = 0.25;
  ctx.beginPath();
  for (let i = 0; i < n; i++) ctx.lineTo(at.x(data[3 * i]), at.y(data[3 * i + 1]));
  for (let i = n - 1; i >= 0; i--) ctx.lineTo(at.x(data[3 * i]), at.y(data[3 * i + 2]));
  ctx.fill();
  ctx.globalAlpha = 1;
}

const channels = (colour) => [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));

// These colours, in these shares.
function mixture(shares, hues) {
  const sum = [0, 0, 0];
  shares.forEach((share, k) => {
    channels(hues[k % hues.length]).forEach((level, c) => (sum[c] += share * level));
  });
  return `rgb(${sum.map(Math.round).join()})`;
}

function points(ctx, at, mark, { data, shape }, colors) {
  const [n, width] = shape;
  ctx.lineWidth = Math.max(1.5, mark.size / 2.5);
  const hues = mark.tones.length ? mark.tones.map((tone) => colors.tones[tone]) : colors.classes;
  for (let i = 0; i < n; i++) {
    const [px, py, ...rest] = data.slice(width * i, width * (i + 1));
    const [x, y] = [at.x(px), at.y(py)];
    const k = mark.mixed || !rest.length ? -1 : Math.round(rest[0]);
    ctx.fillStyle = k < 0 ? colors.tones[mark.tone] : colors.classes[k % 10];
    if (mark.mixed) ctx.fillStyle = mixture(rest, hues);
    ctx.strokeStyle = ctx.fillStyle;
    if (mark.shape === "pin") {
      pin(ctx, at, x, y, mark.size, colors);
      continue;
    }
    point(ctx, k < 0 ? mark.shape : SHAPES[k % 6], x, y, mark.size);
  }
}

export const fillOf = (mark, colors) =>
  mark.tone === "ink" ? colors.bar : colors.tones[mark.tone];

function bars(ctx, at, mark, { data }, colors) {
  const step = (at.bottom - at.top) / data.length;
  const zero = at.x(0);
  ctx.font = "13px system-ui, sans-serif";
  ctx.textBaseline = "middle";
  ctx.fillStyle = colors.tones.muted;
  ctx.fillRect(zero - 0.5, at.top, 1, at.bottom - at.top);
  data.forEach((value, i) => {
    const y = at.top + (i + 0.5) * step;
    const end = Math.max(at.left, Math.min(at.right, at.x(value)));
    const cut = at.x(value) > at.right + 1 || at.x(value) < at.left - 1;
    ctx.fillStyle = mark.tones.length ? colors.tones[mark.tones[i]] : fillOf(mark, colors);
    ctx.fillRect(Math.min(zero, end), y - 0.32 * step, Math.abs(end - zero), 0.64 * step);
    ctx.fillStyle = colors.text;
    ctx.textAlign = "right";
    ctx.fillText(mark.names[i], at.left - 8, y, at.left - 10);
    const text = number(value, mark.digits);
    if (cut) {
      if (mark.tones.length) ctx.fillStyle = colors.paper;
      beyond(ctx, at, y, value > 0 ? `${text} ▸` : `◂ ${text}`, value > 0);
      return;
    }
    const inside = value >= 0 && end + 6 + ctx.measureText(text).width > at.right;
    ctx.textAlign = inside ? "right" : "left";
    if (inside && mark.tones.length) ctx.fillStyle = colors.paper;
    const beside = value < 0 ? zero + 5 : end + 5;
    ctx.fillText(text, inside ? end - 5 : beside, y);
  });
}

// A bar goes on beyond the axis: its number says so at the edge, on the bar.
function beyond(ctx, at, y, text, right) {
  ctx.textAlign = right ? "right" : "left";
  ctx.font = "600 13px system-ui, sans-serif";
  ctx.fillText(text, right ? at.right - 4 : at.left + 4, y);
  ctx.font = "13px system-ui, sans-serif";
}

// The picture k of the array, on a canvas of its own.
function picture(k, w, h, data, colour, [low, high]) {
  const canvas = Object.assign(document.createElement("canvas"), { width: w, height: h });
  const ctx = canvas.getContext("2d");
  const pixels = ctx.createImageData(w, h);
  for (let i = 0; i < w * h; i++) {
    const from = k * w * h + i;
    for (let c = 0; c < 3; c++) {
      const level = data[colour ? 3 * from + c : from];
      pixels.data[4 * i + c] = colour ? level : low[c] + ((high[c] - low[c]) * level) / 255;
    }
    pixels.data[4 * i + 3] = 255;
  }
  ctx.putImageData(pixels, 0, 0);
  return canvas;
}

// [left, top, width, height] of one image on its axes, or of the sheet of images on a bare panel:
// as large as fits, to the right of the rows' names.
function boxOf(at, mark, aspect) {
  if (mark.extent.length) {
    const [l, r, b, t] = mark.extent;
    return [at.x(l), at.y(t), at.x(r) - at.x(l), at.y(b) - at.y(t)];
  }
  const longest = Math.max(0, ...mark.names.map((name) => name.length));
  const left = longest ? at.left + 12 + 6.6 * longest : at.left;
  const width = Math.min(at.right - left, (at.bottom - at.top) * aspect);
  const aside = longest ? 0 : (at.right - left - width) / 2; // in the middle
  return [left + aside, at.top, width, width / aspect];
}

function image(ctx, at, mark, { data, shape }, colors) {
  const sheet = mark.columns > 0;
  const [h, w] = sheet ? shape.slice(1) : shape;
  const n = sheet ? shape[0] : 1;
  const colour = shape.length === (sheet ? 4 : 3);
  const columns = mark.columns || 1;
  const rows = Math.ceil(n / columns);
  const [left, top, width, height] = boxOf(at, mark, (columns * w) / (rows * h));
  const cell = [width / columns, height / rows];
  const gap = sheet ? Math.min(3, 0.08 * cell[0]) : 0;
  ctx.imageSmoothingEnabled = mark.extent.length > 0 && !sheet;
  for (let k = 0; k < n; k++) {
    const x = left + (k % columns) * cell[0] + gap / 2;
    const y = top + Math.floor(k / columns) * cell[1] + gap / 2;
    const drawn = picture(k, w, h, data, colour, colors.ramps[mark.ramp]);
    ctx.drawImage(drawn, x, y, cell[0] - gap, cell[1] - gap);
  }
  ctx.fillStyle = colors.text;
  ctx.font = "12px system-ui, sans-serif";
  ctx.textAlign = "right";
  ctx.textBaseline = "middle";
  mark.names.forEach((name, row) => ctx.fillText(name, left - 6, top + (row + 0.5) * cell[1]));
}

// The picture at those pixels on a sheet, as {tile}, or null.
export function tileAt(at, marks, arrays, [px, py]) {
  for (const [name, mark] of marks) {
    if (mark.kind !== "image" || !mark.columns) continue;
    const [n, h, w] = arrays[name].shape;
    const rows = Math.ceil(n / mark.columns);
    const [left, top, width, height] = boxOf(at, mark, (mark.columns * w) / (rows * h));
    const column = Math.floor(((px - left) / width) * mark.columns);
    const tile = Math.floor(((py - top) / height) * rows) * mark.columns + column;
    if (column >= 0 && column < mark.columns && py >= top && tile < n) return { tile };
  }
  return null;
}

export const draw = { line, band, points, bars, image };
