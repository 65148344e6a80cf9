// The engine behind "Draw a digit", for tests/test_digit.py: plain objects in, plain objects out.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const HOME = "../../vaelib/teaching/explore/digit";
const { Drawing } = await import(`${HOME}/engine/drawing.js`);
const { boundsOf, Estimate, MOST } = await import(`${HOME}/engine/estimate.js`);
const { facts } = await import(`${HOME}/engine/facts.js`);
const { readFile } = await import(`${HOME}/engine/file.js`);
const ink = await import(`${HOME}/engine/ink.js`);
const { nearest } = await import(`${HOME}/engine/nearest.js`);
const { price } = await import(`${HOME}/engine/vae.js`);
const { CHALLENGES } = await import(`${HOME}/page/challenges.js`);
const { START } = await import(`${HOME}/page/digit.js`);
const { sentence } = await import(`${HOME}/page/say.js`);
const { star } = await import(`${HOME}/engine/lines.js`);
const { Random } = await import("../../vaelib/teaching/explore/playground/engine/random.js");

const bytes = gunzipSync(readFileSync(new URL("../../data/digit.gz", import.meta.url)));
const file = readFile(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));

// Arrays for typed arrays, and words for what JSON has no number for.
function plain(value) {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (ArrayBuffer.isView(value) || Array.isArray(value)) return Array.from(value, plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
}

export const digits = () =>
  plain({ known: file.known, shown: file.shown, alone: file.alone, codes: file.codes });

// q of one x, and the logits of some z.
export function forward({ d, x, z }) {
  const vae = file.models[d];
  const q = vae.encode(Float64Array.from(x));
  return plain({ ...q, logits: z.map((one) => vae.logits(Float64Array.from(one), 1).slice()) });
}

// What the page says of one x after k draws, from its own noise or that which is given.
export function estimate({ d, x, k, noise, seed = 1 }) {
  const own = noise ? Float64Array.from(noise.flat()) : new Random(seed).normals(MOST * d);
  const made = new Estimate(file.models[d], Float64Array.from(x), own);
  while (made.k < k) made.more();
  return plain({ ...made.found, log_w: made.logW.subarray(0, made.k) });
}

export const bounds = (logW) => boundsOf(Float64Array.from(logW));
export const prices = (xs, logits) => xs.map((x, i) => price(x, logits[i]));
export const near = (levels, count) => plain(nearest(Uint8Array.from(levels), file.known, count));

// ink.js, a function by its name; levels come and go as arrays.
export function ofInk(name, levels, ...more) {
  const given =
    levels === null ? [] : [typeof levels === "string" ? levels : Uint8Array.from(levels)];
  return plain(ink[name](...given, ...more));
}

// What is left after a script of [method, …arguments] of Drawing.
function after(script) {
  const drawing = new Drawing(file.shown.ink);
  for (const [what, ...more] of script) drawing[what](...more);
  return drawing;
}

export function drawn(script) {
  const { ink: levels, digit, byHand, aside } = after(script);
  return plain({ ink: levels, digit, byHand, aside });
}

// The facts of a drawing under a model, the sentence, and the challenges that are met.
export function judged(model, script, k = MOST) {
  const drawing = after(script);
  const x = ink.blackAndWhite(drawing.ink);
  const made = new Estimate(file.models[model], x, new Random(1).normals(MOST * model));
  while (made.k < k) made.more();
  const seen = facts(file, model, drawing, x, made.found);
  const met = CHALLENGES.filter(({ done }) => done(seen)).map(({ id }) => id);
  const [{ label }] = nearest(drawing.ink, file.known, 1);
  return plain({ ...seen, x, met, said: sentence({ ...seen, label }) });
}

// A script, and behind it the pieces of a star.
export function starred(script, turned) {
  const places = star(turned);
  const pieces = places.slice(1).map((to, i) => ["piece", places[i], to, "draw"]);
  return [...script, ["begin"], ...pieces];
}

export const start = () => START;
export const challenges = () => plain(CHALLENGES.map(({ done, ...rest }) => rest));
