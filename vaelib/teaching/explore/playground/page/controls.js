// The playground's settings "by number", each an ordinary control of the page.

import { make } from "../../front/page.js";
import { number } from "../../words.js";

const OWN_KEYS = { "data-lm-suppress-shortcuts": "true" }; // JupyterLab leaves the keys alone
const list = (...values) => values;

// name: label, values, and how a value is written.
const SLIDERS = {
  K: ["K", list(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), (v) => `${v}`],
  beta: ["β", list(0, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8), (v) => `${v}`],
  n: ["points of a stamp", list(8, 10, 20, 40, 60, 80, 120, 160, 240, 320, 500), (v) => `${v}`],
};
const SELECTS = {
  prior: ["prior of z", list("normal", "uniform", "two humps"), (v) => v],
  sigma: [
    "σ of the noise in x",
    list(0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1),
    (v) => (v ? number(v, 2) : "learned"),
  ],
  d: ["dimensions of z", list(1, 2), (v) => `${v}`],
  width: ["units of a hidden layer", list(4, 8, 16, 32, 48, 64), (v) => `${v}`],
  rate: ["learning rate", list(0.001, 0.003, 0.01, 0.03), (v) => `${v}`],
  pace: [
    "rounds a second",
    list(5, 25, 100, Infinity),
    (v) => (v === Infinity ? "as many as it can" : `${v}`),
  ],
};
const SWITCHES = { noise: "noise in the code", kl: "KL in the loss" };

const near = (values, value) =>
  values.reduce(
    (best, v, i) => (Math.abs(v - value) < Math.abs(values[best] - value) ? i : best),
    0,
  );

// Each builder returns its element; page.get and page.set are how it reads and writes.
export function slider(page, name, compact = false) {
  const [label, values, text] = SLIDERS[name];
  const id = `${page.id}-${name}`;
  const input = make("input", {
    type: "range",
    min: 0,
    max: values.length - 1,
    step: 1,
    id,
    name,
    ...OWN_KEYS,
  });
  const output = make("output", { for: id });
  page.on(input, "input", () => page.set({ [name]: values[input.valueAsNumber] }));
  page.shows.push(() => {
    input.value = near(values, page.get(name));
    output.value = text(page.get(name));
    input.setAttribute("aria-valuetext", output.value);
    input.disabled = page.locked(name);
  });
  if (compact) input.style.cssText = "width: 6em; vertical-align: middle; margin: 0";
  const box = compact ? { class: "vp-small" } : { class: "vx-slider" };
  return make(
    "label",
    { ...box, for: id },
    `${label} `,
    ...(compact ? [input, " ", output] : [output, input]),
  );
}

export function select(page, name) {
  const [label, values, text] = SELECTS[name];
  const id = `${page.id}-${name}`;
  const choose = make(
    "select",
    { id, name, ...OWN_KEYS },
    ...values.map((v, i) => new Option(text(v), i)),
  );
  page.on(choose, "change", () => page.set({ [name]: values[choose.value] }));
  page.shows.push(() => {
    const i = values.indexOf(page.get(name));
    if (i < 0) choose.add(new Option(text(page.get(name)), values.push(page.get(name)) - 1));
    choose.value = i < 0 ? values.length - 1 : i;
    choose.disabled = page.locked(name);
  });
  return make("div", { class: "vx-slider" }, make("label", { for: id }, label), choose);
}

export function toggle(page, name) {
  const input = make("input", { type: "checkbox", name, ...OWN_KEYS });
  page.on(input, "change", () => page.set({ [name]: input.checked }));
  page.shows.push(() => {
    input.checked = page.get(name);
    input.disabled = page.locked(name);
  });
  return make("label", {}, input, ` ${SWITCHES[name]}`);
}

// One of a few, as a row of buttons.
export function group(page, legend, name, choices) {
  const box = make("fieldset", { class: "vp-group", "aria-label": legend });
  for (const [value, text] of choices) {
    const input = make("input", { type: "radio", name: `${page.id}-${name}`, value, ...OWN_KEYS });
    page.on(input, "change", () => page.set({ [name]: value }));
    page.shows.push(() => {
      input.checked = page.get(name) === value;
      input.disabled = page.locked("points") && value !== "look";
    });
    box.append(make("label", {}, input, text));
  }
  return box;
}

export function button(page, text, act, attributes = {}) {
  const node = make("button", { type: "button", ...attributes }, text);
  page.on(node, "click", act);
  return node;
}
