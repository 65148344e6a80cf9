// The price of the page among those of held-out digits: a histogram, and marks with their names.

import { ticks } from "../../front/axes.js";
import { prepare } from "../../playground/page/picture.js";
import { FONT, nats, write } from "./paint.js";

const [TOP, BASE, HEIGHT] = [62, 128, 168];
const BINS = 40;

// From below all but the lowest digits to 0, in steps of 50.
const lowest = (held) => 50 * Math.floor(held[Math.floor(0.01 * held.length)] / 50);

export function drawAxis(canvas, { held, logp, alone, empty }, colors) {
  const prepared = prepare(canvas, HEIGHT, colors);
  if (!prepared) return;
  const [ctx, width] = prepared;
  const low = lowest(held);
  const middle = held[held.length >> 1];
  const to = (v) => 8 + (width - 20) * (1 - Math.min(1, v / low));
  drawHistogram(ctx, held, low, to, colors);
  for (const [value, text] of ticks({ low, high: 0 }, Math.min(7, width / 70)))
    write(ctx, text, Math.max(18, to(value)), BASE + 11, colors, { size: 12 });
  write(
    ctx,
    width < 400
      ? "log p(x), nats → likelier"
      : "log p(x), nats → likelier; bars: 500 held-out digits",
    width / 2,
    BASE + 30,
    colors,
    { size: 12 },
  );
  ctx.fillStyle = colors.tones.muted;
  ctx.fillRect(0, BASE, width, 1);
  const marks = [
    { value: middle, text: "median digit", y: TOP - 8, tone: "muted", align: "right" },
    { value: empty, text: "empty page", y: TOP - 8, tone: "green", align: "left" },
    { value: alone, text: `each pixel by itself ${nats(alone)}`, y: TOP - 28, tone: "muted" },
    { value: logp, text: `this page ${nats(logp)}`, y: 12, tone: "accent", bold: true },
  ].map((mark) => ({ ...mark, x: to(mark.value), off: mark.value < low }));
  for (const mark of marks) line(ctx, mark, colors);
  for (const mark of marks) name(ctx, width, mark, colors);
}

function drawHistogram(ctx, held, low, to, colors) {
  const counts = new Array(BINS).fill(0);
  for (const value of held)
    counts[Math.min(BINS - 1, Math.max(0, Math.floor(BINS * (1 - value / low))))]++;
  const most = Math.max(...counts);
  const step = to(low / BINS) - to((2 * low) / BINS);
  ctx.fillStyle = colors.bar;
  counts.forEach((count, i) => {
    const high = ((BASE - TOP - 6) * count) / most;
    ctx.fillRect(to(low) + i * step, BASE - high, step - 1, high);
  });
}

// A line on the axis; what lies off it points the way.
function line(ctx, { x, y, off, tone, bold }, colors) {
  ctx.strokeStyle = ctx.fillStyle = colors.tones[tone];
  ctx.lineWidth = bold ? 3 : 1.5;
  ctx.beginPath();
  ctx.moveTo(x, y + 8);
  ctx.lineTo(x, BASE);
  ctx.stroke();
  ctx.beginPath();
  if (off)
    [
      [x + 7, BASE - 6],
      [x - 5, BASE],
      [x + 7, BASE + 6],
    ].forEach((p) => ctx.lineTo(...p));
  else ctx.arc(x, BASE, bold ? 6 : 3, 0, 7);
  ctx.fill();
}

function name(ctx, width, { x, y, off, text, tone, bold, align = "center" }, colors) {
  const size = bold ? 14 : 12;
  const whole = `${off ? "← " : ""}${text}`;
  ctx.font = `${bold ? 650 : 400} ${size}px ${FONT}`;
  const room = ctx.measureText(whole).width;
  const left = x + { left: -4, center: -room / 2, right: 4 - room }[align];
  const style = { tone: bold ? tone : "", bold, size, align: "left" };
  write(ctx, whole, Math.max(0, Math.min(width - room, left)), y, colors, style);
}
