// A panel's box, scales and axes. All sizes are CSS pixels.

import { number } from "../words.js";

// From the axis' units to pixels between two places; `scale.back` goes the other way.
function scale(axis, from, to) {
  const [forth, back] = axis.log ? [Math.log, Math.exp] : [(value) => value, (value) => value];
  const low = forth(axis.low);
  const factor = (to - from) / (forth(axis.high) - low);
  const at = (value) => from + (forth(value) - low) * factor;
  at.back = (place) => back(low + (place - from) / factor);
  return at;
}

// [value, text] of about so many ticks, at multiples of 1, 2 or 5 times a power of ten.
export function ticks(axis, wanted = 5) {
  if (axis.log) return powers(axis, wanted);
  const rough = (axis.high - axis.low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const values = [];
  for (let k = Math.ceil(axis.low / step - 1e-9); k * step <= axis.high + step * 1e-9; k++) {
    values.push(k * step);
  }
  return values.map((value) => [value, number(value, digits)]);
}

// The same on an axis of logarithms: powers of ten, in a short one 2 and 5 times them, too.
function powers({ low, high }, wanted) {
  const [first, last] = [low, high].map((value) => Math.log10(value));
  const every = Math.max(1, Math.ceil((last - first) / wanted));
  const factors = (last - first) * 3 <= wanted + 1 ? [1, 2, 5] : [1];
  const values = [];
  for (let k = Math.floor(first); k <= last; k++) {
    if (k % every) continue;
    values.push(
      ...factors.map((factor) => [factor * 10 ** k, number(factor * 10 ** k, Math.max(0, -k))]),
    );
  }
  return values.filter(([value]) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9));
}

// Where a panel of that width puts its data: height of the canvas, box of the axes, both scales.
// Bars need room for their names on the left.
export function place(panel, width, names = []) {
  const longest = Math.max(0, ...names.map((name) => name.length));
  const beside = panel.y ? (panel.y.label ? 52 : 12) : 2;
  const left = longest ? Math.min(0.42 * width, 12 + 7.2 * longest) : beside;
  const right = width - (panel.x ? 12 : 2);
  const top = 8;
  const aspect = panel.equal
    ? (panel.x.high - panel.x.low) / (panel.y.high - panel.y.low)
    : panel.aspect;
  const bottom = top + (right - left) / aspect;
  return {
    left,
    right,
    top,
    bottom,
    width,
    height: Math.ceil(bottom + (panel.x ? 40 : 4)),
    x: panel.x && scale(panel.x, left, right),
    y: panel.y && scale(panel.y, bottom, top),
  };
}

function rule(ctx, color, x1, y1, x2, y2) {
  ctx.strokeStyle = color;
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
}

export function drawAxes(ctx, panel, at, colors) {
  ctx.font = "12px system-ui, sans-serif";
  ctx.lineWidth = 1;
  ctx.fillStyle = colors.text;
  if (panel.x) drawX(ctx, panel.x, at, colors);
  if (panel.y?.label) drawY(ctx, panel.y, at, colors);
}

function drawX(ctx, axis, at, colors) {
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  for (const [value, text] of ticks(axis, Math.min(6, (at.right - at.left) / 50))) {
    rule(ctx, colors.grid, at.x(value), at.top, at.x(value), at.bottom);
    const half = ctx.measureText(text).width / 2;
    const x = Math.max(half, Math.min(at.x(value), at.width - half));
    ctx.fillText(text, x, at.bottom + 5);
  }
  write(ctx, axis.label, (at.left + at.right) / 2, at.width, at.bottom + 22);
  rule(ctx, colors.tones.muted, at.left, at.bottom, at.right, at.bottom);
}

function drawY(ctx, axis, at, colors) {
  ctx.textAlign = "right";
  ctx.textBaseline = "middle";
  for (const [value, text] of ticks(axis, Math.min(6, (at.bottom - at.top) / 36))) {
    rule(ctx, colors.grid, at.left, at.y(value), at.right, at.y(value));
    ctx.fillText(text, at.left - 6, at.y(value));
  }
  rule(ctx, colors.tones.muted, at.left, at.top, at.left, at.bottom);
  ctx.save();
  ctx.translate(0, at.height);
  ctx.rotate(-Math.PI / 2);
  ctx.textAlign = "center";
  write(ctx, axis.label, at.height - (at.top + at.bottom) / 2, at.height, 9);
  ctx.restore();
}

// An axis' label at its middle; a longer one moves to stay in the room, and is then condensed.
function write(ctx, label, middle, room, y) {
  const half = Math.min(ctx.measureText(label).width, room) / 2;
  ctx.fillText(label, Math.max(half, Math.min(middle, room - half)), y, room);
}
