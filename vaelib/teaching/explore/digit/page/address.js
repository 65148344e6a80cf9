// The state of the page as text, for an address: `digit=7&model=2&view=price`.
//
//   digit    a held-out digit, from 1, or `ink`: one hexadecimal digit for each of 784 pixels
//   model    numbers in the code
//   view     how the drawing is shown, `shown` how its reconstruction is
//   hide     parts of the page that are not shown

import { fromHex, PIXELS, toHex } from "../engine/ink.js";

export const VIEWS = { price: "price", ink: "ink", pixels: "black or white" };
export const SHOWN = { mean: "mean", draw: "draw" };
export const PARTS = [
  "tools",
  "digits",
  "score",
  "code",
  "picture",
  "near",
  "sentence",
  "challenges",
  "share",
];

const one =
  (...words) =>
  (text) => {
    if (!words.includes(text)) throw new RangeError(`one of ${words.join(", ")}`);
    return text;
  };
const whole = (low, high) => (text) => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < low || value > high)
    throw new RangeError(`a whole number from ${low} to ${high}`);
  return value;
};

// {state, faults}: what the text says, and a sentence for each part that cannot be read.
export function read(text, digits) {
  const readers = {
    digit: whole(1, digits),
    model: (word) => Number(one("2", "20")(word)),
    view: one(...Object.keys(VIEWS)),
    shown: one(...Object.keys(SHOWN)),
    hide: (words) => words.split(",").map(one(...PARTS)),
    ink: readInk,
  };
  const state = {};
  const faults = [];
  for (const [name, value] of new URLSearchParams(text.replace(/^[#?]*/, ""))) {
    try {
      if (!Object.hasOwn(readers, name)) throw new RangeError("no such word");
      state[name] = readers[name](value);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      faults.push(`${name.slice(0, 20)}: got “${value.slice(0, 30)}”, wanted ${error.message}`);
    }
  }
  return { state, faults };
}

export function write({ ink, ...rest }) {
  const text = new URLSearchParams(Object.entries(rest).map(([name, value]) => [name, `${value}`]));
  if (ink) text.set("ink", toHex(ink));
  return text.toString().replaceAll("%2C", ",");
}

function readInk(text) {
  if (!new RegExp(`^[0-9a-f]{${PIXELS}}$`, "i").test(text)) {
    throw new RangeError(`${PIXELS} hexadecimal digits`);
  }
  return fromHex(text);
}
