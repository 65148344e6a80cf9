// Both terms of L as one bar of nats to pay, log p(x) below it; and L_k, which rises with k.

import { ticks } from "../../front/axes.js";
import { prepare } from "../../playground/page/picture.js";
import { nats, write } from "./paint.js";

const BAR = 24;

export function drawTerms(canvas, { reconstruction, kl, L, logp }, colors) {
  const prepared = prepare(canvas, 118, colors);
  if (!prepared) return;
  const [ctx, width] = prepared;
  const most =
    [100, 150, 200, 300, 500, 1000, 2000, 5000, 10000, 20000, 50000].find((end) => -L < end) ?? -L;
  const to = (v) => ((width - 2) * Math.min(v, most)) / most;
  write(ctx, `−L = ${nats(-L)} nats to pay`, 0, 9, colors, { align: "left", bold: true });
  const split = to(-reconstruction);
  const end = Math.max(split + 2, to(-L));
  ctx.fillStyle = colors.tones.blue;
  ctx.fillRect(0, 20, split, BAR);
  ctx.fillStyle = colors.tones.orange;
  ctx.fillRect(split, 20, end - split, BAR);
  write(ctx, `pixels ${nats(-reconstruction)}`, 0, 20 + BAR + 10, colors, {
    align: "left",
    size: 12,
  });
  const text = `code (KL) ${nats(kl)}`;
  const room = ctx.measureText(text).width;
  const place = Math.max(split, 100);
  write(ctx, text, Math.min(place, width - room), 20 + BAR + 10, colors, {
    align: "left",
    size: 12,
  });
  ctx.fillStyle = colors.tones.accent;
  ctx.fillRect(0, 70, to(-logp), BAR);
  write(ctx, `−log p(x) = ${nats(-logp)}`, 0, 70 + BAR + 10, colors, { align: "left", size: 12 });
}

// bounds: [L_1, L_2, L_4, …] so far; most: the k at which it ends.
export function drawCurve(canvas, { bounds, k }, most, colors) {
  const prepared = prepare(canvas, 118, colors);
  if (!prepared) return;
  const [ctx, width] = prepared;
  const [left, right, top, bottom] = [40, width - 10, 26, 84];
  const [low, high] = [bounds[0], bounds.at(-1)];
  const span = Math.max(2, (high - low) * 1.08);
  const x = (i) => left + ((right - left) * i) / Math.log2(most);
  const y = (v) => bottom - ((bottom - top) * (v - low)) / span;
  write(ctx, `${k.toLocaleString("en")} draws say ${nats(high)}`, left, 9, colors, {
    align: "left",
    bold: true,
  });
  for (const [value, text] of ticks({ low: 0, high: span }, 2)) {
    ctx.fillStyle = colors.grid;
    ctx.fillRect(left, y(low + value), right - left, 1);
    write(ctx, value === 0 ? "L" : `+${text}`, left - 6, y(low + value), colors, {
      align: "right",
      size: 12,
    });
  }
  ctx.strokeStyle = ctx.fillStyle = colors.tones.accent;
  ctx.lineWidth = 2;
  ctx.beginPath();
  bounds.forEach((value, i) => ctx.lineTo(x(i), y(value)));
  ctx.stroke();
  bounds.forEach((value, i) => {
    ctx.beginPath();
    ctx.arc(x(i), y(value), i === bounds.length - 1 ? 4.5 : 2.5, 0, 7);
    ctx.fill();
  });
  for (let i = 0; i <= 12; i += 4)
    write(ctx, (2 ** i).toLocaleString("en"), Math.min(x(i), width - 16), bottom + 12, colors, {
      size: 12,
    });
  write(ctx, "draws k", (left + right) / 2, bottom + 28, colors, { size: 12 });
}
