// Draw a panel's marks on a canvas, and one mark for the legend.

import { drawAxes, place } from "./axes.js";
import { nameLines } from "./labels.js";
import { draw, fillOf } from "./marks.js";
import { pixelRatio } from "./page.js";
import PALETTES from "./palette.json" with { type: "json" };

// Draws [name, mark] pairs; returns where the data are, null where the canvas has no width yet.
// kept: where the names of lines stood before; grips: {at: [x, y]} of the hand.
export function drawPanel(canvas, panel, marks, arrays, dark, kept = {}, grips = []) {
  const colors = PALETTES[dark ? "dark" : "light"];
  const width = canvas.clientWidth;
  if (!width) return null;
  const ratio = pixelRatio(canvas);
  const at = place(
    panel,
    width,
    marks.flatMap(([, m]) => (m.kind === "bars" ? m.names : [])),
  );
  const size = [Math.round(width * ratio), Math.round(at.height * ratio)];
  if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
  const ctx = canvas.getContext("2d");
  ctx.direction = "ltr";
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.fillStyle = colors.paper;
  ctx.fillRect(0, 0, width, at.height);
  const isUnder = ([, mark]) => mark.kind === "image" && mark.extent.length > 0;
  const within = (some) => {
    ctx.save();
    if (panel.x && panel.y) clip(ctx, at);
    for (const [name, mark] of some) draw[mark.kind](ctx, at, mark, arrays[name], colors);
    ctx.restore();
  };
  drawAxes(ctx, panel, at, colors);
  within([...marks.filter(isUnder), ...marks.filter((entry) => !isUnder(entry))]);
  const lines = marks.filter(([, mark]) => mark.kind === "line");
  nameLines(
    ctx,
    at,
    lines.map(([name, mark]) => [name, mark, arrays[name]]),
    colors,
    kept,
    grips.map((grip) => [at.x(grip.at[0]), at.y(grip.at[1])]),
  );
  return at;
}

function clip(ctx, at) {
  ctx.beginPath();
  ctx.rect(at.left, at.top, at.right - at.left, at.bottom - at.top);
  ctx.clip();
}

// A small drawing of how the mark looks, or its class k.
export function swatch(mark, dark, k = -1) {
  const colors = PALETTES[dark ? "dark" : "light"];
  const canvas = Object.assign(document.createElement("canvas"), { width: 52, height: 24 });
  canvas.style.cssText = "width: 26px; height: 12px; flex: none";
  canvas.setAttribute("aria-hidden", "true");
  const ctx = canvas.getContext("2d");
  ctx.scale(2, 2);
  const at = { x: (v) => v, y: (v) => v, left: 0, right: 26, top: 0, bottom: 12 };
  if (mark.kind === "line") {
    draw.line(ctx, at, mark, { data: [1, 6, 25, 6], shape: [2, 2] }, colors);
  } else if (mark.kind === "band") {
    draw.band(ctx, at, mark, { data: [2, 1, 11, 24, 1, 11], shape: [2, 3] }, colors);
  } else if (mark.kind === "points") {
    const data = k < 0 ? [13, 6] : [13, 6, k];
    const size = Math.min(5, Math.max(3, mark.size));
    draw.points(ctx, at, { ...mark, size }, { data, shape: [1, data.length] }, colors);
  } else {
    ctx.fillStyle = fillOf(mark, colors);
    ctx.fillRect(4, 1, 18, 10);
  }
  return canvas;
}
