// data/digit.gz, unpacked: tools/digit.py says what is in it.

import { decodeAll } from "../../front/packed.js";
import { PIXELS } from "./ink.js";
import { Vae } from "./vae.js";

// Two greys a byte, the first one high → (n, 784) levels from 0 to 15.
function greys({ data, shape: [n] }) {
  const levels = Uint8Array.from({ length: 2 * data.length }, (_, i) =>
    i % 2 ? data[i >> 1] & 15 : data[i >> 1] >> 4,
  );
  return Array.from({ length: n }, (_, k) => levels.subarray(k * PIXELS, (k + 1) * PIXELS));
}

export function readFile(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const arrays = decodeAll(buffer, 4 + length, head.arrays);
  const digits = (name) => ({ ink: greys(arrays[name]), labels: arrays[`${name} labels`].data });
  const sizes = Object.keys(head.models).map(Number);
  return {
    head,
    models: Object.fromEntries(sizes.map((d) => [d, new Vae(d, arrays)])),
    known: digits("known"), // training digits
    shown: digits("shown"), // held-out digits to pick
    alone: arrays.alone.data, // log-odds of each pixel by itself
    codes: { m: arrays.codes.data, labels: arrays.labels.data }, // of held-out digits, d = 2
  };
}
