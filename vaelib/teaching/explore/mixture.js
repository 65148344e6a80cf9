(parameters, fixed) => {
  const EDGE = 8, BIN = 0.5, { x, n } = parameters;
  const three = (name) => [1, 2, 3].map((k) => parameters[name + k]);
  const share = three("weight"), mu = three("mean"), std = three("width");
  const weights = share.map((s) => s / (share[0] + share[1] + share[2]));
  const line = (points) => ({ data: Float64Array.from(points.flat()), shape: [points.length, 2] });

  const logTerms = (at) => mu.map((m, k) =>
    Math.log(weights[k]) - 0.5 * (Math.log(2 * Math.PI) + ((at - m) / std[k]) ** 2) - Math.log(std[k]));
  const logSum = (terms) => {
    const top = Math.max(...terms);
    return top + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - top), 0));
  };
  const rounded = (value, digits) => {
    const scale = 10 ** digits;
    return (Math.floor(value * scale + 0.500001) / scale).toFixed(digits).replace("-", "−");
  };

  const at = Array.from({ length: 20 * EDGE + 1 }, (_, i) => i / 10 - EDGE);
  const terms = at.map(logTerms), logP = terms.map(logSum);
  const there = logTerms(x), logPx = logSum(there);
  const resp = there.map((term) => Math.exp(term - logPx));

  const count = Math.floor(n), bins = (2 * EDGE) / BIN;
  const own = [[], [], []], inBin = Array(bins).fill(0);
  for (let i = 0; i < count; i++) {
    const u = fixed.draws.data[2 * i], eps = fixed.draws.data[2 * i + 1];
    const k = (u >= weights[0]) + (u >= weights[0] + weights[1]);
    const drawn = mu[k] + std[k] * eps, bin = Math.floor((drawn + EDGE) / BIN);
    own[k].push(drawn);
    if (bin >= 0 && bin < bins) inBin[bin]++;
  }
  const columns = inBin.flatMap((some, i) => {
    const height = some / (Math.max(count, 1) * BIN);
    return [i, i + 1].flatMap((edge) => [edge * BIN - EDGE, 0, height]);
  });

  const arrays = {
    histogram: { data: Float64Array.from(columns), shape: [2 * bins, 3] },
    probe: line([[x, -1], [x, 1]]),
    log_probe: line([[x, -100], [x, 100]]),
    p: line(at.map((a, i) => [a, Math.exp(logP[i])])),
    log_p: line(at.map((a, i) => [a, logP[i]])),
    p_there: line([[x, Math.exp(logPx)]]),
    log_p_there: line([[x, logPx]]),
    resp: { data: Float64Array.from(resp), shape: [3] },
  };
  for (const k of [1, 2, 3]) {
    arrays[`samples${k}`] = line(own[k - 1].map((drawn) => [drawn, -0.04 * k]));
    arrays[`term${k}`] = line(at.map((a, i) => [a, Math.exp(terms[i][k - 1])]));
    arrays[`log_term${k}`] = line(at.map((a, i) => [a, terms[i][k - 1]]));
  }
  const sentence =
    `At x = ${rounded(x, 1)}: p(x) = ${rounded(Math.exp(logPx), 3)}, log p(x) = ` +
    `${rounded(logPx, 2)} nats. It was made by k = 1, 2, 3 with probability ` +
    `${resp.map((r) => rounded(r, 2)).join(", ")}; the weights are ` +
    `${weights.map((w) => rounded(w, 2)).join(", ")}. Of ${count} samples ` +
    `${own.map((some) => some.length).join(", ")} came from k = 1, 2, 3.`;
  return { arrays, sentence };
}
