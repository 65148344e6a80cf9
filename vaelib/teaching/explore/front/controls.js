// The controls of a face: each builder returns its elements, and notes in face.inputs how to show
// the parameter's value.

import { number } from "../words.js";
import { nearest } from "./packed.js";
import { calm, make } from "./page.js";

const OWN_KEYS = { "data-lm-suppress-shortcuts": "true" }; // JupyterLab leaves the keys alone

export const controls = {
  slider,
  choice: (face, control) => (control.values.length > 5 ? list : radios)(face, control),
};

function slider(face, control) {
  const id = `${face.id}-${control.name}`;
  const { name } = control;
  const input = make("input", { type: "range", min: 0, step: 1, id, name, ...OWN_KEYS });
  const output = make("output", { for: id });
  face.on(input, "input", () => face.set({ [name]: control.values[input.valueAsNumber] }));
  face.inputs[name] = () => {
    const value = face.parameters[name];
    input.max = control.values.length - 1;
    input.value = nearest(control.values, value);
    output.value = number(value, control.digits);
    input.setAttribute("aria-valuetext", output.value);
  };
  const label = make("label", { for: id }, control.label);
  return make("div", { class: "vx-slider" }, label, output, input);
}

function list(face, control) {
  const id = `${face.id}-${control.name}`;
  const options = control.values.map((value) => new Option(value, value));
  const select = make("select", { id, name: control.name, ...OWN_KEYS }, ...options);
  face.on(select, "change", () => face.set({ [control.name]: select.value }));
  face.inputs[control.name] = () => {
    select.value = face.parameters[control.name];
  };
  return make("div", { class: "vx-slider" }, make("label", { for: id }, control.label), select);
}

function radios(face, control) {
  const box = make("fieldset", { class: "vx-choice" }, make("legend", {}, control.label));
  const buttons = control.values.map((value) => {
    const name = `${face.id}-${control.name}`;
    const button = make("input", { type: "radio", name, value, ...OWN_KEYS });
    box.append(make("label", {}, button, value));
    face.on(button, "change", () => face.set({ [control.name]: value }));
    return button;
  });
  face.inputs[control.name] = () => {
    for (const button of buttons) button.checked = button.value === face.parameters[control.name];
  };
  return box;
}

// Step moves the slider that plays by one, or as the hand's own run says; Play does so by itself;
// the style sheet hides it where motion is unwanted.
export function playButtons(face) {
  const { run: own, time } = face.hand?.own ?? {};
  const run = own ?? along(face);
  const play = make("button", { class: "vx-play", type: "button" }, "Play");
  const once = make("button", { class: "vx-step", type: "button" }, "Step");
  const next = () => run.next({ ...face.parameters }, face.arrays);
  const step = () => {
    face.set(next() ?? run.again(face.parameters), true);
    if (!next() && time) rest();
    if (!next() || calm.matches) face.pause();
  };
  // A hand has brought it here, step by step or by stopping it: challenges count this.
  const rest = () => {
    if (own || !face.guided) return;
    face.guided = false;
    face.judge();
  };
  let timer = null;
  // While it plays, the sentence changes too fast to be read out.
  const say = (text, live) => {
    play.textContent = text;
    face.sentence.node.setAttribute("aria-live", live);
  };
  face.pause = () => {
    clearInterval(timer);
    timer = null;
    say("Play", "polite");
  };
  // From here on no ghost moves.
  const touch = () => {
    if (face.hand) face.hand.touched = true;
  };
  face.on(once, "click", () => {
    touch();
    face.pause();
    step();
    rest();
  });
  face.on(play, "click", () => {
    touch();
    if (timer) {
      face.pause();
      rest();
      return;
    }
    if (!next()) face.set(run.again(face.parameters), true); // once more
    timer = setInterval(step, run.pause);
    say("Pause", "off");
    step();
  });
  return [make("span", { class: "vx-run" }, `${run.label}:`, play, once)];
}

// A run along the slider that plays.
function along(face) {
  const { name, label, values } = face.head.controls.find((one) => one.name === face.head.play);
  const next = (p) => {
    const i = nearest(values, p[name]) + 1;
    return i < values.length ? { [name]: values[i] } : null;
  };
  return {
    label,
    next,
    again: () => ({ [name]: values[0] }),
    pause: Math.max(80, 6000 / values.length),
  };
}
