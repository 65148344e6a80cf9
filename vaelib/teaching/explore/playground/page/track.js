// The track: held-out nats a point of the four models, with a post at one Gaussian; and over it the
// ribbon, the same numbers over the rounds.

import { ticks } from "../../front/axes.js";
import { number } from "../../words.js";
import { prepare } from "./picture.js";

export const ROWS = [
  { key: "mixture", tone: "blue", name: ({ K }) => `${K} Gaussian${K === 1 ? "" : "s"}`, short: ({ K }) => `${K} G.` },
  { key: "infinite", tone: "green", name: () => "infinite mixture", short: () => "∞" },
  { key: "vae", tone: "accent", name: () => "VAE", short: () => "VAE" },
  { key: "lent", tone: "pink", name: () => "autoencoder, guest", short: () => "AE, guest" },
]; // prettier-ignore
const START = Object.fromEntries(
  [...ROWS.map(({ key }) => key), "one", "bound"].map((key) => [key, 0]),
);
const AT_POST = { held: START, train: START, unresolved: {} };
const ROW = 25;
const TOP = 20;
export const HEIGHT = TOP + 4 * ROW + 38;

// The axis: from a nat below the post to above the best, in half nats, so that it seldom moves.
export function axisOf(held) {
  const best = Math.max(held.one, ...ROWS.map(({ key }) => held[key]));
  const low = Math.floor(2 * (held.one - 1)) / 2;
  return { low, high: Math.max(low + 3, Math.ceil(2 * (best + 0.35)) / 2) };
}

// Without numbers all wait at the post.
export function drawTrack(canvas, numbers, settings, colors, size) {
  const prepared = prepare(canvas, HEIGHT, colors, size);
  if (!prepared) return;
  const [ctx, width] = prepared;
  ctx.font = "13px system-ui, sans-serif";
  const narrow = width < 520;
  const waits = !numbers?.held;
  const { held, train, unresolved } = waits ? AT_POST : numbers;
  const axis = axisOf(held);
  const [left, right] = [narrow ? 72 : 144, width - 60];
  const to = (v) => left + ((right - left) * (v - axis.low)) / (axis.high - axis.low);
  const inside = (v) => to(Math.max(axis.low, Math.min(axis.high, v)));
  const bottom = TOP + 4 * ROW;
  if (!waits) drawScale(ctx, axis, to, bottom, colors, narrow, (left + right) / 2);
  ctx.fillStyle = colors.tones.muted;
  ctx.fillRect(to(held.one) - 1.5, TOP - 4, 3, bottom - TOP + 4);
  ctx.fillStyle = colors.text;
  ctx.textAlign = "center";
  ctx.textBaseline = "bottom";
  ctx.fillText("one Gaussian", Math.max(to(held.one), 44), TOP - 5);
  ROWS.forEach((row, i) => {
    const y = TOP + (i + 0.5) * ROW;
    const tone = colors.tones[row.tone];
    const value = held[row.key];
    ctx.textBaseline = "middle";
    ctx.textAlign = "right";
    ctx.fillStyle = tone;
    ctx.fillText((narrow ? row.short : row.name)(settings), left - 10, y);
    ctx.globalAlpha = 0.3;
    ctx.fillRect(inside(held.one), y - 2, inside(value) - inside(held.one), 4);
    ctx.globalAlpha = 1;
    if (row.key === "vae") drawGap(ctx, inside(held.bound), inside(value), y, tone);
    if (!waits) tick(ctx, inside(train[row.key]), y, tone, 5);
    const hollow = row.key === "lent";
    const rough = unresolved[row.key];
    const text = hollow && rough ? "finer than the grid" : `${rough ? "≈ " : ""}${nats(value)}`;
    drawMarker(ctx, { value, y, axis, inside, tone, hollow }, colors);
    if (!waits) drawValue(ctx, text, width - 4, y, colors);
  });
}

function drawScale(ctx, axis, to, bottom, colors, narrow, middle) {
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  for (const [value, text] of ticks(axis, narrow ? 4 : 8)) {
    ctx.fillStyle = colors.grid;
    ctx.fillRect(to(value), TOP - 4, 1, bottom - TOP + 4);
    ctx.fillStyle = colors.text;
    ctx.fillText(text, to(value), bottom + 4);
  }
  const words = narrow
    ? "nats a point → better"
    : "log p(x), nats a point → better; disc: held out, thin line: trained on";
  ctx.fillText(words, middle, bottom + 20);
}

// What the VAE's training sees, L, and KL(q‖p(z|x)) up to log p(x).
function drawGap(ctx, from, to, y, tone) {
  ctx.fillStyle = tone;
  ctx.globalAlpha = 0.35;
  ctx.fillRect(from, y - 7, to - from, 14);
  ctx.globalAlpha = 1;
  ctx.fillRect(from - 1.5, y - 9, 3, 18);
  if (to - from > 34) {
    ctx.textAlign = "center";
    ctx.fillText("KL", (from + to) / 2, y + 0.5);
  }
}

function tick(ctx, px, y, tone, half) {
  ctx.strokeStyle = tone;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  ctx.moveTo(px, y - half - 4);
  ctx.lineTo(px, y + half + 4);
  ctx.stroke();
}

function drawMarker(ctx, { value, y, axis, inside, tone, hollow }, colors) {
  const px = inside(value);
  const off = value < axis.low;
  ctx.beginPath();
  if (off)
    [
      [px + 9, y - 7],
      [px - 3, y],
      [px + 9, y + 7],
    ].forEach((p) => ctx.lineTo(...p));
  else ctx.arc(px, y, 7, 0, 7);
  ctx.closePath();
  ctx.fillStyle = hollow ? colors.paper : tone;
  ctx.fill();
  ctx.strokeStyle = tone;
  ctx.lineWidth = 2;
  ctx.stroke();
}

function drawValue(ctx, text, px, y, colors) {
  ctx.textAlign = "right";
  ctx.strokeStyle = colors.paper;
  ctx.lineWidth = 3;
  ctx.strokeText(text, px, y);
  ctx.fillStyle = colors.text;
  ctx.fillText(text, px, y);
}

const nats = (value) => number(value, Math.abs(value) < 100 ? 2 : 0);

// history: [numbers, …]; here: the round that is shown.
export const RIBBON = 46;
export function drawRibbon(canvas, history, here, colors, size) {
  const prepared = prepare(canvas, RIBBON, colors, size);
  if (!prepared) return;
  const [ctx, width] = prepared;
  const seen = history.filter(({ held }) => held);
  if (seen.length < 2) return;
  const last = seen.at(-1).round;
  const axis = axisOf(seen.at(-1).held);
  const x = (round) => 4 + ((width - 8) * round) / last;
  const y = (v) =>
    3 +
    (RIBBON - 6) *
      (1 - (Math.max(axis.low, Math.min(axis.high, v)) - axis.low) / (axis.high - axis.low));
  ctx.strokeStyle = colors.tones.muted;
  ctx.beginPath();
  ctx.moveTo(0, y(seen.at(-1).held.one));
  ctx.lineTo(width, y(seen.at(-1).held.one));
  ctx.stroke();
  for (const { key, tone } of ROWS) {
    ctx.strokeStyle = colors.tones[tone];
    ctx.lineWidth = 1.75;
    ctx.setLineDash(key === "lent" ? [3, 3] : []);
    ctx.beginPath();
    for (const { round, held } of seen) ctx.lineTo(x(round), y(held[key]));
    ctx.stroke();
  }
  ctx.setLineDash([]);
  ctx.fillStyle = colors.text;
  ctx.fillRect(x(Math.min(here, last)) - 1, 0, 2, RIBBON);
}
