// The strip under a picture: whose is x? Bars of r for the mixture; for the others the line z with
// its prior, the exact posterior, q, and the codes.

import { prepare } from "./picture.js";
import { PRIORS } from "../engine/rules.js";
import { number } from "../../words.js";

export const HEIGHT = 64;
const FOOT = 15; // for the axis
const REACH = 3.2; // ζ at both ends
const N = 240;

// The line z between both ends of the strip.
export function line(prior, width) {
  const end = PRIORS[prior].bend(REACH);
  const middle = width / 2;
  const scale = (width - 16) / (2 * end);
  return {
    end,
    to: (z) => middle + scale * z,
    from: (px) => (px - middle) / scale,
  };
}

// ζ of a z, by halving: T rises.
export function straighten(prior, z) {
  let [low, high] = [-4, 4];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (PRIORS[prior].bend(middle) < z) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const zetas = Array.from({ length: N }, (_, i) => REACH * ((2 * i) / (N - 1) - 1));
const normal = (u, m, logv) => Math.exp(-0.5 * ((u - m) ** 2 / Math.exp(logv) + logv));

export function drawShares(canvas, shares, tall, colors, size) {
  const prepared = prepare(canvas, tall, colors, size);
  if (!prepared) return;
  const [ctx, width] = prepared;
  const step = width / shares.length;
  const bottom = tall - FOOT;
  ctx.font = "12px system-ui, sans-serif";
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  shares.forEach((share, k) => {
    const height = share * (bottom - 12);
    ctx.fillStyle = colors.tones.blue;
    ctx.fillRect(k * step + 0.15 * step, bottom - height, 0.7 * step, height);
    ctx.fillStyle = colors.text;
    ctx.fillText(`${k + 1}`, (k + 0.5) * step, bottom + 2);
    if (share > 0.05 && step > 22) {
      ctx.textBaseline = "bottom";
      ctx.fillText(number(share, 2), (k + 0.5) * step, bottom - height);
      ctx.textBaseline = "top";
    }
  });
  rule(ctx, colors.tones.muted, 0, bottom, width);
}

function rule(ctx, style, from, y, to) {
  ctx.strokeStyle = style;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(from, y);
  ctx.lineTo(to, y);
  ctx.stroke();
}

// One-dimensional z. posterior: a function ζ ↦ density but for a factor, or null; q: {m, logv};
// codes: their ζ or, for an autoencoder, their place in the lent prior's ζ.
export function drawLine(
  canvas,
  { prior, posterior, q, codes, code, zeta, tone, qTone },
  colors,
  size,
) {
  const prepared = prepare(canvas, HEIGHT, colors, size);
  if (!prepared) return;
  const [ctx, width] = prepared;
  const { bend, slope } = PRIORS[prior];
  const at = line(prior, width);
  const bottom = HEIGHT - FOOT;
  const points = (density, top) =>
    zetas.map((u) => [at.to(bend(u)), bottom - ((bottom - 6) * density(u)) / slope(u) / top]);
  const topOf = (density) => Math.max(1e-300, ...zetas.map((u) => density(u) / slope(u)));
  const curve = (density, top) => {
    ctx.beginPath();
    for (const [px, py] of points(density, top)) ctx.lineTo(px, py);
  };
  const own = (u) => Math.exp(-0.5 * u * u);
  ctx.setLineDash([3, 3]);
  ctx.strokeStyle = colors.tones.muted;
  ctx.lineWidth = 1.5;
  curve(own, topOf(own));
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.fillStyle = tone;
  ctx.globalAlpha = 0.4;
  for (const code of codes) ctx.fillRect(at.to(bend(code)) - 0.75, bottom - 5, 1.5, 5);
  ctx.globalAlpha = 1;
  const qs = q && ((u) => normal(u, q.m, q.logv));
  if (posterior) {
    const area = (density) => zetas.reduce((sum, u) => sum + density(u), 0);
    const [p, r] = [area(posterior), qs ? area(qs) : 1];
    const share = (u) => posterior(u) / p;
    const qShare = qs && ((u) => qs(u) / r);
    const top = Math.max(topOf(share), qs ? topOf(qShare) : 0);
    curve(share, top);
    ctx.lineTo(width, bottom);
    ctx.lineTo(0, bottom);
    ctx.fillStyle = tone;
    ctx.globalAlpha = 0.35;
    ctx.fill();
    ctx.globalAlpha = 1;
    if (qs) {
      curve(qShare, top);
      ctx.strokeStyle = qTone;
      ctx.lineWidth = 2.5;
      ctx.stroke();
    }
  }
  rule(ctx, colors.tones.muted, 0, bottom, width);
  if (code) cross(ctx, at.to(bend(code[0])), bottom - 14, colors);
  ticks(ctx, at, bottom, colors);
  disc(ctx, at.to(bend(zeta)), bottom, tone, colors);
}

function ticks(ctx, at, bottom, colors) {
  ctx.font = "11px system-ui, sans-serif";
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.fillStyle = colors.text;
  for (let z = -Math.floor(at.end); z <= at.end; z++) {
    ctx.fillText(z === 0 ? "z = 0" : number(z, 0), at.to(z), bottom + 3);
  }
}

function disc(ctx, px, py, tone, colors) {
  ctx.beginPath();
  ctx.arc(px, py, 5, 0, 7);
  ctx.fillStyle = tone;
  ctx.fill();
  ctx.strokeStyle = colors.paper;
  ctx.lineWidth = 1.5;
  ctx.stroke();
}

// Two-dimensional z: the plane of it, the posterior as a shade, q as its ellipse, codes as dots.
export const PLANE = 132;
export const plane = (width) => {
  const scale = (PLANE - 8) / 2 / REACH;
  return {
    to: ([u, v]) => [width / 2 + scale * u, PLANE / 2 - scale * v],
    from: ([px, py]) => [(px - width / 2) / scale, (PLANE / 2 - py) / scale],
    length: (r) => scale * r,
  };
};

export function drawPlane(canvas, { posterior, q, codes, code, zeta, tone, qTone }, colors, size) {
  const prepared = prepare(canvas, PLANE, colors, size);
  if (!prepared) return;
  const [ctx, width] = prepared;
  const at = plane(width);
  if (posterior) {
    const { nodes, shares, cell } = posterior;
    const top = shares.reduce((a, b) => Math.max(a, b), 1e-300);
    const side = at.length(cell) + 0.5;
    ctx.fillStyle = tone;
    shares.forEach((share, j) => {
      if (share < 0.01 * top) return;
      const [px, py] = at.to([nodes[2 * j], nodes[2 * j + 1]]);
      ctx.globalAlpha = 0.7 * (share / top);
      ctx.fillRect(px - side / 2, py - side / 2, side, side);
    });
  }
  ctx.globalAlpha = 0.5;
  ctx.fillStyle = tone;
  for (let i = 0; i < codes.length; i += 2) {
    const [px, py] = at.to([codes[i], codes[i + 1]]);
    ctx.fillRect(px - 1, py - 1, 2, 2);
  }
  ctx.globalAlpha = 1;
  ctx.strokeStyle = colors.tones.muted;
  ctx.setLineDash([3, 3]);
  for (const r of [1, 2]) circle(ctx, at.to([0, 0]), at.length(r), at.length(r));
  ctx.setLineDash([]);
  if (q) {
    ctx.strokeStyle = qTone;
    ctx.lineWidth = 2;
    const [s1, s2] = q.logv.map((value) => at.length(Math.exp(value / 2)));
    circle(ctx, at.to(q.m), Math.max(s1, 1.5), Math.max(s2, 1.5));
  }
  if (code) cross(ctx, ...at.to(code), colors);
  disc(ctx, ...at.to(zeta), tone, colors);
}

// Where the autoencoder puts x.
function cross(ctx, px, py, colors) {
  ctx.strokeStyle = colors.text;
  ctx.lineWidth = 2;
  ctx.beginPath();
  for (const s of [4, -4]) {
    ctx.moveTo(px - 4, py - s);
    ctx.lineTo(px + 4, py + s);
  }
  ctx.stroke();
}

function circle(ctx, [px, py], r1, r2) {
  ctx.beginPath();
  ctx.ellipse(px, py, r1, r2, 0, 0, 7);
  ctx.stroke();
}

export const bent = (prior, u) => PRIORS[prior].bend(u);
