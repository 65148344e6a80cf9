// The points with their nats as CSV.

import { rulesOf } from "../engine/race.js";

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

export function saveCsv(page) {
  const href = URL.createObjectURL(new Blob([csv(page)], { type: "text/csv" }));
  Object.assign(document.createElement("a"), { href, download: "playground.csv" }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
