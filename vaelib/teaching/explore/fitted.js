(parameters, fixed) => {
  const EDGE = 3.2, Z_EDGE = 6, J = 1200, SHARES = 20, { start, step, x1, x2 } = parameters;
  const steps = Array.from(fixed.steps.data), n = steps.length, run = start === "worst of five" ? 1 : 0;
  const gaps = steps.map((s) => Math.abs(s - step)), moment = gaps.indexOf(Math.min(...gaps));
  const size = fixed.weights.shape[2], from = (run * n + moment) * size;
  const theta = fixed.weights.data.slice(from, from + size);

  const range = (low, high, count) => Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
  const rows = (points) => ({ data: Float64Array.from(points.flat()), shape: [points.length, points[0].length] });
  const logSum = (terms) => {
    const top = Math.max(...terms);
    return top + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - top), 0));
  };

  // The decoder, 1 → 32 → 32 → 4, its weights as parameters_to_vector leaves them.
  const layer = (input, outputs, at) => Array.from({ length: outputs }, (_, i) => {
    let sum = theta[at + outputs * input.length + i];
    for (let k = 0; k < input.length; k++) sum += theta[at + i * input.length + k] * input[k];
    return sum;
  });
  const silu = (h) => h.map((v) => v / (1 + Math.exp(-v)));
  const decode = (z) => {
    const out = layer(silu(layer(silu(layer([z], 32, 0)), 32, 64)), 4, 1120);
    return { mu: out.slice(0, 2), logvar: out.slice(2) };
  };

  const z = Array.from({ length: J }, (_, j) => -12 + (24 * (j + 0.5)) / J);
  const logPrior = z.map((v) => -v * v / 2), logTotal = logSum(logPrior);
  const logJoint = z.map((v, j) => {
    const { mu, logvar } = decode(v);
    const square = [x1, x2].reduce((sum, x, i) => sum + logvar[i] + (x - mu[i]) ** 2 / Math.exp(logvar[i]), 0);
    return logPrior[j] - logTotal - square / 2 - Math.log(2 * Math.PI);
  });
  const logPx = logSum(logJoint), peak = Math.max(...logJoint);
  const resp = logJoint.map((v) => Math.exp(v - logPx));
  const mean = resp.reduce((sum, r, j) => sum + r * z[j], 0);
  const std = Math.sqrt(resp.reduce((sum, r, j) => sum + r * (z[j] - mean) ** 2, 0));

  let total = 0;
  const reached = resp.map((r) => (total += r));
  const likely = Array.from({ length: SHARES }, (_, i) => {
    const share = (i + 0.5) / SHARES, j = reached.findIndex((part) => part > share);
    if (j === 0) return z[0];
    return z[j - 1] + ((share - reached[j - 1]) / resp[j]) * (z[j] - z[j - 1]);
  });

  const curve = range(-2.5, 2.5, 101).map((v) => decode(v).mu), marked = range(-2, 2, 5).map(decode);
  const widths = marked.map(({ mu, logvar }) => range(0, 2 * Math.PI, 41).map((angle) =>
    [Math.cos(angle), Math.sin(angle)].map((at, i) => mu[i] + Math.exp(logvar[i] / 2) * at)));
  const climb = (of) => steps.map((s, i) => [Math.log10(s + 1), Math.log10(fixed.below.data[of * n + i])]);
  const arrays = {
    curve: rows(curve),
    widths: { ...rows(widths.flat()), shape: [5, 41, 2] },
    marked: rows(marked.map(({ mu }, k) => [...mu, k])),
    likely: rows(likely.map((v) => decode(v).mu)),
    x: rows([[x1, x2]]),
    posterior: rows(z.map((v, j) => [v, Math.exp(logJoint[j] - peak)]).filter(([v]) => Math.abs(v) < Z_EDGE)),
    other: rows(climb(1 - run)),
    run: rows(climb(run)),
    now: rows([climb(run)[moment]]),
  };

  const said = (value, digits = 2) => (value + 1e-9).toFixed(digits).replace(/^-(0\.0*)$/, "$1").replace("-", "−");
  const below = fixed.below.data[run * n + moment], off = curve.flat().some((v) => Math.abs(v) > EDGE);
  const inside = resp.reduce((sum, r, j) => sum + (Math.abs(z[j]) < Z_EDGE ? r : 0), 0);
  const sentence =
    `Step ${steps[moment]} of ${steps[n - 1]}: held-out log p(x) is ${said(fixed.truth.data[0] - below)} nats ` +
    `per point, ${said(below)} below the true density's. At x = (${said(x1, 1)}, ${said(x2, 1)}) log p(x) is ` +
    `${said(logPx, 1)} nats; the exact posterior has mean z = ${said(mean)} and standard deviation ` +
    `${said(std)}, the prior 0 and 1.` + (off ? " Part of the curve lies off the plane." : "") +
    (inside < 0.5 ? " Most of the posterior lies beyond −6 < z < 6." : "");
  return { arrays, sentence };
}
