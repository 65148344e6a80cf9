// q(z|x). Two numbers: on the plane, among the codes of held-out digits. Twenty: each number's m
// and √v, over the prior.

import { prepare } from "../../playground/page/picture.js";
import { number } from "../../words.js";
import { klEach } from "../engine/vae.js";
import { FONT, write } from "./paint.js";

const REACH = 4.2; // of the plane, and of the axis of m
const TURN = 2 * Math.PI;
const inside = (v) => Math.max(-REACH, Math.min(REACH, v));

export function drawPlane(canvas, codes, q, colors) {
  const width = canvas.clientWidth;
  const prepared = prepare(canvas, width, colors);
  if (!prepared) return;
  const [ctx] = prepared;
  const scale = width / (2 * REACH);
  const to = ([a, b]) => [width / 2 + scale * a, width / 2 - scale * b];
  ctx.drawImage(codesMap(codes, width, canvas.width, to, colors), 0, 0, width, width);
  ctx.strokeStyle = colors.tones.muted;
  ctx.lineWidth = 1.5;
  ctx.setLineDash([4, 4]);
  for (const r of [1, 2]) ellipse(ctx, to([0, 0]), r * scale, r * scale);
  ctx.setLineDash([]);
  write(ctx, "prior, 2σ", ...to([0, -2]), colors, { size: 12 });
  drawQ(ctx, to, scale, q, colors);
}

// The held-out codes, each as its digit, kept as a picture while its size and colours last.
let kept = {};
function codesMap({ m, labels }, width, side, to, colors) {
  const key = `${width} ${side} ${colors.paper}`;
  if (kept.key === key && kept.m === m) return kept.canvas;
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const ctx = canvas.getContext("2d");
  ctx.scale(side / width, side / width);
  ctx.font = `${Math.max(8, Math.min(12, width / 26))}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  labels.forEach((label, i) => {
    ctx.fillStyle = colors.classes[label];
    ctx.fillText(label, ...to([m[2 * i], m[2 * i + 1]]));
  });
  kept = { key, m, canvas };
  return canvas;
}

function drawQ(ctx, to, scale, { m, logv }, colors) {
  const std = logv.map((value) => Math.exp(value / 2));
  const out = m.some((v) => Math.abs(v) > REACH);
  const middle = to(Array.from(m, inside));
  for (const [style, width] of [
    [colors.paper, 5],
    [colors.tones.ink, 2],
  ]) {
    ctx.strokeStyle = style;
    ctx.lineWidth = width;
    for (const r of [1, 2])
      ellipse(ctx, middle, ...Array.from(std, (s) => Math.max(1.5, Math.min(r * s * scale, 9999))));
    circle(ctx, middle, 12);
  }
  ctx.fillStyle = colors.tones.ink;
  ctx.beginPath();
  ctx.arc(...middle, 2.5, 0, TURN);
  ctx.fill();
  const text = out ? `q: m = (${number(m[0], 1)}, ${number(m[1], 1)})` : "q, 1σ and 2σ";
  const [px, py] = middle;
  const room = 2 * REACH * scale;
  const align = px < room * 0.35 ? "left" : px > room * 0.65 ? "right" : "center";
  const x = { left: Math.max(2, px - 10), right: Math.min(room - 2, px + 10), center: px }[align];
  write(ctx, text, x, py > 40 ? py - 24 : py + 26, colors, { align, bold: true });
}

function ellipse(ctx, middle, r1, r2) {
  ctx.beginPath();
  ctx.ellipse(...middle, r1, r2, 0, 0, TURN);
  ctx.stroke();
}

const circle = (ctx, middle, r) => ellipse(ctx, middle, r, r);

export function drawBars(canvas, q, colors) {
  const width = canvas.clientWidth;
  const height = Math.round(0.85 * width);
  const prepared = prepare(canvas, height, colors);
  if (!prepared) return;
  const [ctx] = prepared;
  const [left, top, middle, bottom] = [22, 16, 0.62 * height, height - 18];
  const step = (width - left - 4) / q.m.length;
  const y = (v) => top + ((middle - top) * (REACH - inside(v))) / (2 * REACH);
  ctx.fillStyle = colors.grid;
  ctx.fillRect(left, y(1), width - left, y(-1) - y(1));
  write(ctx, "m ± √v, the prior shaded", left + 2, 8, colors, { align: "left", size: 12 });
  for (const v of [-4, 0, 4])
    write(ctx, number(v, 0), left - 5, y(v), colors, { align: "right", size: 11 });
  const each = klEach(q);
  const most = Math.max(4, ...each);
  const high = bottom - middle - 20;
  write(
    ctx,
    `KL of each, at most ${number(Math.max(...each), 1)} nats`,
    left + 2,
    middle + 10,
    colors,
    { align: "left", size: 12 },
  );
  q.m.forEach((m, j) => {
    const x = left + (j + 0.5) * step;
    const std = Math.exp(q.logv[j] / 2);
    ctx.fillStyle = ctx.strokeStyle = colors.tones.ink;
    ctx.lineWidth = 2;
    ctx.beginPath();
    ctx.moveTo(x, y(m - std));
    ctx.lineTo(x, y(m + std));
    ctx.stroke();
    ctx.beginPath();
    ctx.arc(x, y(m), Math.min(4, 0.3 * step), 0, TURN);
    ctx.fill();
    const nats = (high * each[j]) / most;
    ctx.fillStyle = colors.tones.orange;
    ctx.fillRect(x - 0.32 * step, bottom - nats, 0.64 * step, nats);
    if (j % 5 === 4 || j === 0) write(ctx, `${j + 1}`, x, bottom + 9, colors, { size: 11 });
  });
}
