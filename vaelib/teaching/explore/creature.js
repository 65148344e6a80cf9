(parameters, fixed) => {
  const traits = ["body", "ears", "eyes", "mouth", "limbs", "pattern", "hue", "accent", "size", "lightness"];
  const names = ["z₁", "z₂", "z₃", "z₄", "z₅", "z₆", "z₇", "z₈", "z₉", "z₁₀"];
  const across = names.indexOf(parameters.across), down = names.indexOf(parameters.down);
  const data = (name) => fixed[name].data;

  // 26 codes: the sliders', then the sheet's, row by row.
  const n = 26, z = names.map((_, i) => parameters[`z${i + 1}`]);
  let h = new Float64Array(10 * n), width = 10;
  for (let k = 0; k < n; k++) {
    h.set(z, 10 * k);
    if (k === 0) continue;
    h[10 * k + down] = Math.floor((k - 1) / 5) - 2;
    h[10 * k + across] = ((k - 1) % 5) - 2;
  }

  // weight = scale · (byte − 128), one scale for each input; two codes at a time.
  for (let layer = 1; layer <= 4; layer++) {
    const weights = data(`weights_${layer}`), scale = data(`scale_${layer}`), bias = data(`bias_${layer}`);
    const out = bias.length, next = new Float64Array(n * out), row = new Float64Array(width);
    for (let i = 0; i < h.length; i++) h[i] *= scale[i % width];
    for (let j = 0; j < out; j++) {
      for (let i = 0; i < width; i++) row[i] = weights[j * width + i] - 128;
      for (let k = 0; k < n; k += 2) {
        const here = k * width, there = here + width;
        let one = bias[j], two = bias[j];
        for (let i = 0; i < width; i++) {
          one += row[i] * h[here + i];
          two += row[i] * h[there + i];
        }
        next[k * out + j] = one;
        next[(k + 1) * out + j] = two;
      }
    }
    if (layer < 4) for (let i = 0; i < next.length; i++) next[i] /= 1 + Math.exp(-next[i]);
    [h, width] = [next, out];
  }

  // The right half and its mirror; values that never change are not the decoder's.
  const images = new Uint8Array(n * 1728), background = data("background"), moves = data("moves");
  for (let k = 0, moving = 0; k < n; k++)
    for (let i = 0; i < 864; i++) {
      const value = moves[i] ? Math.max(0, Math.min(255, Math.floor(256 * h[moving++]))) : background[i];
      const row = Math.floor(i / 36), column = Math.floor(i / 3) % 12, start = 1728 * k + 72 * row + (i % 3);
      images[start + 3 * (12 + column)] = images[start + 3 * (11 - column)] = value;
    }

  const table = data("table");
  const made = (j) => {
    const share = (t) => table[10 * j + t];
    const [first, second] = traits.map((_, t) => t).sort((a, b) => share(b) - share(a) || a - b);
    return `${names[j]}: ${share(first)} % of its variance comes from ${traits[first]}, ${share(second)} % from ${traits[second]}`;
  };
  const other = across === down ? "Down is the same number: the rows are alike." : `Down varies ${made(down)}.`;
  const [low, high] = data("lengths"), length = Math.sqrt(z.reduce((sum, value) => sum + value * value, 0));
  return {
    arrays: {
      creature: { data: images.slice(0, 1728), shape: [24, 24, 3] },
      sheet: { data: images.slice(1728), shape: [25, 24, 24, 3] },
    },
    sentence: `Across varies ${made(across)}. ${other} The code lies ${length.toFixed(1)} from 0; of held-out creatures' codes nine in ten lie ${low.toFixed(1)} to ${high.toFixed(1)} from it.`,
  };
}
