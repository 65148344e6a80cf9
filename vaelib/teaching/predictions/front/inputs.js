// What takes a guess by keys, fingers or number: radio buttons, or one slider for each value.

import { make } from "../../explore/front/page.js";
import { figure } from "./words.js";

const STEPS = 200;
const OWN_KEYS = { "data-lm-suppress-shortcuts": "true" }; // JupyterLab leaves the keys alone

export function inputs(face) {
  const keep = make("button", { type: "button" }, "Keep this guess");
  face.on(keep, "click", () => face.commit());
  const build = face.declaration.kind === "choice" ? radios : sliders;
  const [nodes, refresh] = build(face);
  face.refresh = () => {
    keep.disabled = face.state.guess === null;
    refresh();
  };
  return make("div", { class: "vq-inputs" }, ...nodes, keep);
}

function radios(face) {
  const { options, question } = face.declaration;
  const buttons = Object.entries(options).map(([value, text]) => {
    const button = make("input", { type: "radio", name: face.id, value, ...OWN_KEYS });
    face.on(button, "change", () => face.take(value));
    return [button, make("label", { class: "vq-option" }, button, text)];
  });
  const refresh = () => {
    for (const [button] of buttons) button.checked = button.value === face.state.guess;
  };
  const box = make("fieldset", { "aria-label": question }, ...buttons.map(([, label]) => label));
  return [[box], refresh];
}

// A number's slider stands open; those of places and curves are folded, for the picture takes both.
function sliders(face) {
  const { kind, axes, at, unit } = face.declaration;
  const axisOf = (i) => (kind === "curve" ? axes[1] : axes[i]);
  const names =
    kind === "curve"
      ? at.map((x) => `${axes[0].label} = ${figure(x)}`)
      : axes.map(({ label }) => label);
  const built = names.map((name, i) => slider(face, i, axisOf(i), kind === "number" ? unit : name));
  const refresh = () => built.forEach(([, show]) => show());
  const nodes = built.map(([node]) => node);
  if (kind === "number") return [nodes, refresh];
  const hint =
    kind === "curve" ? "Draw the curve with the pointer." : "Put the mark with the pointer.";
  const folded = make("details", {}, make("summary", {}, "By number"), ...nodes);
  return [[make("p", { class: "vq-hint" }, hint), folded], refresh];
}

function slider(face, i, axis, name) {
  const [forth, back] = axis.log ? [Math.log, Math.exp] : [(v) => v, (v) => v];
  const [low, high] = [forth(axis.low), forth(axis.high)];
  const input = make("input", { type: "range", min: 0, max: STEPS, step: 1, ...OWN_KEYS });
  const output = make("output");
  face.on(input, "input", () => {
    const value = back(low + ((high - low) * input.valueAsNumber) / STEPS);
    const start = face.state.guess ?? begin(face.declaration);
    face.take(start.with(i, Math.min(axis.high, Math.max(axis.low, value))));
  });
  const show = () => {
    const value = face.state.guess?.[i];
    input.value = value === undefined ? STEPS / 2 : ((forth(value) - low) / (high - low)) * STEPS;
    output.value = value === undefined ? "no guess yet" : figure(value);
    input.setAttribute("aria-valuetext", `${output.value} ${name}`);
  };
  return [make("label", { class: "vq-slider" }, make("span", {}, name), output, input), show];
}

// The middle of each axis: where a slider stands, or a curve, before there is a guess.
export function begin({ kind, axes, at }) {
  const middle = ({ low, high, log }) => (log ? Math.sqrt(low * high) : (low + high) / 2);
  return kind === "curve" ? at.map(() => middle(axes[1])) : axes.map(middle);
}
