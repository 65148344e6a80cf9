// Draw a panel's marks on a canvas. All sizes are CSS pixels; data are typed arrays with a shape.

const PALETTES = {
  light: {
    paper: "#ffffff", text: "#1a1a1a", grid: "#e6e8eb", bar: "#86B6DA",
    ink: "#1a1a1a", blue: "#0072B2", accent: "#9C2F00", green: "#00795C", pink: "#A2388A",
    orange: "#A86200", muted: "#7a828b",
    classes: ["#332288", "#2E86B5", "#1F7F70", "#117733", "#77772A", "#8F7A1E", "#B44A58", "#882255", "#AA4499", "#222222"],
  },
  dark: {
    paper: "#16191d", text: "#eceff2", grid: "#2d3339", bar: "#3f78a6",
    ink: "#f2f2f2", blue: "#6CB8EE", accent: "#FF9A6B", green: "#4CCFA4", pink: "#F0A3D6",
    orange: "#F2C063", muted: "#98a1ab",
    classes: ["#A79BFF", "#88CCEE", "#5FD3C0", "#66CC88", "#CFCF60", "#E8D48A", "#F0909E", "#E57FB0", "#E6A0DD", "#E8E8E8"],
  },
};
const DASHES = { solid: [], dash: [7, 4], dot: [2, 3] };
const SHAPES = ["dot", "cross", "square", "triangle", "plus", "ring"];
const INKS = { light: [[255, 255, 255], [8, 48, 107]], dark: [[22, 25, 29], [190, 220, 250]], sky: [[0, 0, 0], [255, 255, 255]] };

const number = (value, digits) => value.toFixed(digits).replace("-", "−").replace(/^−(0(\.0*)?)$/, "$1");

const bounds = (axis, from, to) => {
  const scale = (to - from) / (axis.high - axis.low);
  return (value) => from + (value - axis.low) * scale;
};

function ticks(axis, wanted = 5) {
  const rough = (axis.high - axis.low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const values = [];
  for (let k = Math.ceil(axis.low / step - 1e-9); k * step <= axis.high + step * 1e-9; k++) values.push(k * step);
  return values.map((value) => [value, number(value, digits)]);
}

// Where a panel of that width puts its data: height of the canvas, box of the axes, both scales.
function place(panel, width, bars = []) {
  const names = bars.length > 0;
  const left = names ? Math.min(0.42 * width, 12 + 7.2 * Math.max(...bars.map((name) => name.length))) : panel.y ? 52 : 2;
  const right = width - (panel.x ? 12 : 2);
  const top = 8;
  const aspect = panel.equal ? (panel.x.high - panel.x.low) / (panel.y.high - panel.y.low) : panel.aspect;
  const bottom = top + (right - left) / aspect;
  return {
    left, right, top, bottom, height: Math.ceil(bottom + (panel.x ? 40 : 4)),
    x: panel.x && bounds(panel.x, left, right), y: panel.y && bounds(panel.y, bottom, top),
  };
}

function drawAxes(ctx, panel, at, colors) {
  ctx.font = "12px system-ui, sans-serif";
  ctx.lineWidth = 1;
  const rule = (x1, y1, x2, y2, color) => {
    ctx.strokeStyle = color;
    ctx.beginPath(); ctx.moveTo(x1, y1); ctx.lineTo(x2, y2); ctx.stroke();
  };
  ctx.fillStyle = colors.text;
  if (panel.x) {
    ctx.textAlign = "center"; ctx.textBaseline = "top";
    for (const [value, text] of ticks(panel.x, Math.min(6, (at.right - at.left) / 50))) {
      rule(at.x(value), at.top, at.x(value), at.bottom, colors.grid);
      ctx.fillText(text, at.x(value), at.bottom + 5);
    }
    ctx.fillText(panel.x.label, (at.left + at.right) / 2, at.bottom + 22);
    rule(at.left, at.bottom, at.right, at.bottom, colors.muted);
  }
  if (panel.y) {
    ctx.textAlign = "right"; ctx.textBaseline = "middle";
    for (const [value, text] of ticks(panel.y, Math.min(6, (at.bottom - at.top) / 36))) {
      rule(at.left, at.y(value), at.right, at.y(value), colors.grid);
      ctx.fillText(text, at.left - 6, at.y(value));
    }
    rule(at.left, at.top, at.left, at.bottom, colors.muted);
    ctx.save();
    ctx.translate(9, (at.top + at.bottom) / 2); ctx.rotate(-Math.PI / 2);
    ctx.textAlign = "center"; ctx.fillText(panel.y.label, 0, 0);
    ctx.restore();
  }
}

function trace(ctx, at, data, from, to) {
  ctx.beginPath();
  for (let i = from; i < to; i++) ctx.lineTo(at.x(data[2 * i]), at.y(data[2 * i + 1]));
}

function dot(ctx, shape, x, y, r) {
  ctx.beginPath();
  if (shape === "dot") { ctx.arc(x, y, r, 0, 7); ctx.fill(); return; }
  if (shape === "square") { ctx.fillRect(x - r, y - r, 2 * r, 2 * r); return; }
  if (shape === "triangle") {
    ctx.moveTo(x, y - 1.2 * r); ctx.lineTo(x + 1.1 * r, y + r); ctx.lineTo(x - 1.1 * r, y + r); ctx.fill();
    return;
  }
  if (shape === "ring") ctx.arc(x, y, r, 0, 7);
  else if (shape === "plus") { ctx.moveTo(x - r, y); ctx.lineTo(x + r, y); ctx.moveTo(x, y - r); ctx.lineTo(x, y + r); }
  else { ctx.moveTo(x - r, y - r); ctx.lineTo(x + r, y + r); ctx.moveTo(x - r, y + r); ctx.lineTo(x + r, y - r); }
  ctx.stroke();
}

const draw = {
  line(ctx, at, mark, { data, shape }, colors) {
    const n = shape.at(-2), m = data.length / (2 * n);
    ctx.strokeStyle = colors[mark.tone]; ctx.lineWidth = 2; ctx.setLineDash(DASHES[mark.dash]);
    for (let k = 0; k < m; k++) { trace(ctx, at, data, k * n, (k + 1) * n); ctx.stroke(); }
    ctx.setLineDash([]);
  },
  band(ctx, at, mark, { data, shape }, colors) {
    const n = shape[0];
    ctx.fillStyle = colors[mark.tone]; ctx.globalAlpha = 0.25;
    ctx.beginPath();
    for (let i = 0; i < n; i++) ctx.lineTo(at.x(data[3 * i]), at.y(data[3 * i + 1]));
    for (let i = n - 1; i >= 0; i--) ctx.lineTo(at.x(data[3 * i]), at.y(data[3 * i + 2]));
    ctx.fill(); ctx.globalAlpha = 1;
  },
  points(ctx, at, mark, { data, shape }, colors) {
    const width = shape[1];
    ctx.lineWidth = Math.max(1.5, mark.size / 2.5);
    for (let i = 0; i < shape[0]; i++) {
      const k = width === 3 ? Math.round(data[3 * i + 2]) : -1;
      ctx.fillStyle = ctx.strokeStyle = k < 0 ? colors[mark.tone] : colors.classes[k % 10];
      dot(ctx, k < 0 ? mark.shape : SHAPES[k % 6], at.x(data[width * i]), at.y(data[width * i + 1]), mark.size);
    }
  },
  bars(ctx, at, mark, { data }, colors) {
    const step = (at.bottom - at.top) / data.length, zero = at.x(0);
    ctx.font = "13px system-ui, sans-serif"; ctx.textBaseline = "middle";
    ctx.fillStyle = colors.muted; ctx.fillRect(zero - 0.5, at.top, 1, at.bottom - at.top);
    data.forEach((value, i) => {
      const y = at.top + (i + 0.5) * step, end = at.x(value);
      ctx.fillStyle = mark.tone === "ink" ? colors.bar : colors[mark.tone];
      ctx.fillRect(Math.min(zero, end), y - 0.32 * step, Math.abs(end - zero), 0.64 * step);
      ctx.fillStyle = colors.text;
      ctx.textAlign = "right"; ctx.fillText(mark.names[i], at.left - 8, y, at.left - 10);
      const text = number(value, mark.digits);
      const inside = value >= 0 && end + 6 + ctx.measureText(text).width > at.right;
      ctx.textAlign = value < 0 ? "left" : inside ? "right" : "left";
      ctx.fillText(text, value < 0 ? zero + 5 : inside ? at.right - 4 : end + 5, y);
    });
  },
  image(ctx, at, mark, { data, shape }, colors) {
    const sheet = mark.columns > 0, [h, w] = sheet ? shape.slice(1) : shape;
    const n = sheet ? shape[0] : 1, colour = shape.length === (sheet ? 4 : 3);
    const [low, high] = INKS[mark.ramp === "sky" ? "sky" : colors === PALETTES.dark ? "dark" : "light"];
    const columns = mark.columns || 1, rows = Math.ceil(n / columns);
    const named = mark.names.length > 0;
    const from = named ? at.left + 12 + 6.6 * Math.max(...mark.names.map((name) => name.length)) : at.left;
    const [l, r, b, t] = mark.extent;
    const box = mark.extent.length
      ? [at.x(l), at.y(t), at.x(r) - at.x(l), at.y(b) - at.y(t)]
      : fit(from, at, (columns * w) / (rows * h));
    const cell = [box[2] / columns, box[3] / rows], gap = sheet ? Math.min(3, 0.08 * cell[0]) : 0;
    const canvas = Object.assign(document.createElement("canvas"), { width: w, height: h });
    const inner = canvas.getContext("2d"), pixels = inner.createImageData(w, h);
    ctx.imageSmoothingEnabled = mark.extent.length > 0;
    for (let k = 0; k < n; k++) {
      for (let i = 0; i < w * h; i++)
        for (let c = 0; c < 3; c++) {
          const level = data[colour ? 3 * (k * w * h + i) + c : k * w * h + i];
          pixels.data[4 * i + c] = colour ? level : low[c] + ((high[c] - low[c]) * level) / 255;
        }
      for (let i = 3; i < 4 * w * h; i += 4) pixels.data[i] = 255;
      inner.putImageData(pixels, 0, 0);
      const x = box[0] + (k % columns) * cell[0], y = box[1] + Math.floor(k / columns) * cell[1];
      ctx.drawImage(canvas, x + gap / 2, y + gap / 2, cell[0] - gap, cell[1] - gap);
    }
    ctx.fillStyle = colors.text; ctx.font = "12px system-ui, sans-serif"; ctx.textAlign = "right"; ctx.textBaseline = "middle";
    mark.names.forEach((name, row) => ctx.fillText(name, box[0] - 6, box[1] + (row + 0.5) * cell[1]));
  },
};

// The largest box of that aspect in the axes' box, from the left.
function fit(left, at, aspect) {
  const width = Math.min(at.right - left, (at.bottom - at.top) * aspect);
  return [left, at.top, width, width / aspect];
}

function drawPanel(canvas, panel, marks, arrays, dark) {
  const colors = PALETTES[dark ? "dark" : "light"];
  const width = canvas.clientWidth, ratio = globalThis.devicePixelRatio || 1;
  if (!width) return null;
  const bars = marks.flatMap(([, mark]) => (mark.kind === "bars" ? mark.names : []));
  const at = place(panel, width, bars);
  const size = [Math.round(width * ratio), Math.round(at.height * ratio)];
  if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
  const ctx = canvas.getContext("2d");
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.fillStyle = colors.paper;
  ctx.fillRect(0, 0, width, at.height);
  const under = marks.filter(([, mark]) => mark.kind === "image" && mark.extent.length);
  const over = marks.filter((entry) => !under.includes(entry));
  const each = ([name, mark]) => draw[mark.kind](ctx, at, mark, arrays[name], colors);
  ctx.save();
  clip(ctx, panel, at, width);
  under.forEach(each);
  ctx.restore();
  drawAxes(ctx, panel, at, colors);
  ctx.save();
  clip(ctx, panel, at, width);
  over.forEach(each);
  ctx.restore();
  return at;
}

function clip(ctx, panel, at, width) {
  if (!panel.x || !panel.y) return;
  ctx.beginPath();
  ctx.rect(at.left, at.top, at.right - at.left, at.bottom - at.top);
  ctx.clip();
}

// A small drawing of how the mark looks, for the legend.
function swatch(mark, dark, k = -1) {
  const colors = PALETTES[dark ? "dark" : "light"], ratio = 2;
  const canvas = Object.assign(document.createElement("canvas"), { width: 26 * ratio, height: 12 * ratio });
  canvas.style.cssText = "width: 26px; height: 12px; flex: none";
  canvas.setAttribute("aria-hidden", "true");
  const ctx = canvas.getContext("2d");
  ctx.scale(ratio, ratio);
  const at = { x: (v) => v, y: (v) => v, left: 0, right: 26, top: 0, bottom: 12 };
  if (mark.kind === "line") draw.line(ctx, at, mark, { data: [1, 6, 25, 6], shape: [2, 2] }, colors);
  else if (mark.kind === "band") draw.band(ctx, at, mark, { data: [2, 1, 11, 24, 1, 11], shape: [2, 3] }, colors);
  else if (mark.kind === "points") {
    const data = k < 0 ? [13, 6] : [13, 6, k], size = Math.min(5, Math.max(3, mark.size));
    draw.points(ctx, at, { ...mark, size }, { data, shape: [1, data.length] }, colors);
  } else { ctx.fillStyle = mark.tone === "ink" ? colors.bar : colors[mark.tone]; ctx.fillRect(4, 1, 18, 10); }
  return canvas;
}
