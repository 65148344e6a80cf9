// The pictures as one PNG, the points with their nats as CSV.

import { rulesOf } from "../engine/race.js";

function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function savePng({ panels, track, root }) {
  const canvases = panels.map(({ canvas }) => canvas);
  const gap = 12;
  const side = canvases[0].width;
  const width = 4 * side + 3 * gap;
  const scale = width / track.width;
  const whole = Object.assign(document.createElement("canvas"), {
    width,
    height: Math.round(side + gap + track.height * scale),
  });
  const ctx = whole.getContext("2d");
  ctx.fillStyle = getComputedStyle(root).backgroundColor;
  ctx.fillRect(0, 0, whole.width, whole.height);
  canvases.forEach((canvas, i) => ctx.drawImage(canvas, i * (side + gap), 0, side, side));
  ctx.drawImage(track, 0, side + gap, width, track.height * scale);
  whole.toBlob((blob) => save(blob, "playground.png"));
}

export function csv({ cloud, look, trained }) {
  const { points } = cloud;
  const x = cloud.coordinates();
  const n = points.length;
  const { exact } = rulesOf(look.d ?? 1);
  const columns = trained
    ? {
        mixture: look.mixture.logProb(x, n),
        infinite_mixture: look.infinite.logProb(x, n, exact),
        vae: look.vae.logProb(x, n, exact),
        autoencoder_lent: look.lent.logProb(x, n, exact),
      }
    : {};
  const names = Object.keys(columns);
  const rows = points.map(({ x: [x1, x2], held }, i) =>
    [x1, x2, held ? 1 : 0, ...names.map((name) => columns[name][i])]
      .map((v) => +v.toFixed(5))
      .join(","),
  );
  return [
    ["x1", "x2", "held_out", ...names.map((name) => `log_p_${name}`)].join(","),
    ...rows,
  ].join("\n");
}

export const saveCsv = (page) =>
  save(new Blob([csv(page)], { type: "text/csv" }), "playground.csv");
