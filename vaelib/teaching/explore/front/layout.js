// Where everything stands: a large picture, under it what is said and what one may press, beside it
// what it is judged by; a challenge; and, folded, all controls that a grip carries. On a slide,
// data-vx-form="compact": two pictures, the sentence, what one may press, and the rest folded.

import { place } from "./axes.js";
import { controls, playButtons } from "./controls.js";
import { KEYS } from "./keys.js";
import { onGrid } from "./packed.js";
import { make } from "./page.js";
import { Task } from "./task.js";

const FLAT = 2.2; // width / height, at least, of the chart beside the large picture of a slide

const WIDTHS = [608, 416]; // pixels of the large picture and of those beside it
const WRITTEN = 48; // pixels of a title and a legend
const SENTENCE = 60; // pixels under the large picture at which the challenge may begin

const FEW = 4; // buttons that a slide has room for; the others are folded

export function layout(face, figures) {
  return face.root.dataset.vxForm === "compact" ? compact(face, figures) : whole(face, figures);
}

function compact(face, [main, next]) {
  const { canvases, head, sentence, notice } = face;
  const [first, second] = Object.values(canvases);
  main.classList.add("vx-main");
  shape(main, first.panel);
  if (next) {
    const { x, equal, aspect } = second.panel;
    if (x && !equal) second.panel = { ...second.panel, aspect: Math.max(FLAT, aspect) };
    shape(next, second.panel);
  }
  const [buttons, rest] = [pressed(face), []];
  const own = face.hand?.own.buttons?.length ?? 0;
  if (own > FEW) rest.push(...buttons.splice(FEW, own - FEW));
  const press = row("vx-press", ...buttons, ...folded(face, head.controls, "Controls", rest));
  const side = row("vx-side", ...(next ? [next] : []), sentence.node, notice);
  return [title(face), row("vx-stage", main, side), press];
}

// What the style sheet makes a picture fit its height by: the data's shape, and what stands beside.
function shape(figure, { equal, aspect, x, y }) {
  const own = equal ? (x.high - x.low) / (y.high - y.low) : aspect;
  figure.style.setProperty("--aspect", own);
  figure.style.setProperty("--beside", y?.label ? "64px" : "24px");
}

function title({ id, head }) {
  const heading = { class: "vx-title", id: `${id}-title`, role: "heading", "aria-level": 2 };
  return make("p", heading, head.title);
}

const pressed = (face) => [
  ...(face.hand?.buttons() ?? []),
  ...(face.head.play || face.hand?.own.run ? playButtons(face) : []),
  reset(face),
  ...asking(face),
];

// A button for each label of marks that are drawn when asked for.
function asking(face) {
  const marks = Object.values(face.head.marks).filter(({ asked }) => asked);
  return [...new Set(marks.map(({ label }) => label))].map((label) => {
    const button = make("button", { type: "button", "aria-pressed": "false" }, label);
    face.on(button, "click", () => {
      const on = face.asked.delete(label) ? false : Boolean(face.asked.add(label));
      button.setAttribute("aria-pressed", `${on}`);
      face.draw();
    });
    return button;
  });
}

function whole(face, [main, ...others]) {
  const { head, hand } = face;
  const stage = make("div", { class: "vx-stage" }, main);
  const panels = Object.values(face.canvases).slice(1);
  const under = others.filter((_, i) => panels[i].panel.under);
  const beside = others.filter((figure) => !under.includes(figure));
  main.classList.add("vx-main");
  const byNumber = head.controls.filter(({ name }) => hand?.moved.has(name));
  const open = head.controls.filter((control) => !byNumber.includes(control));
  const press = row("vx-press", ...pressed(face));
  const choose = row("vx-controls", ...built(face, open));
  const below = row("vx-below", face.sentence.node, face.notice, press, choose);
  stage.append(below);
  if (under.length) stage.append(row("vx-under", ...under));
  const side = row("vx-side", ...beside);
  if (beside.length) stage.append(side);
  const task = challenge(face);
  if (under.length) below.append(...task);
  else if (beside.length && hasRoom(face)) side.append(...task);
  else press.before(...task);
  const near = beside.find((_, i) => panels.filter((p) => !p.panel.under)[i].panel.near);
  if (near) face.bring = (narrow) => (narrow ? main.append(near) : side.prepend(near));
  return [
    title(face),
    make("p", { class: "vx-about" }, ...face.glossary.mark(head.about)),
    stage,
    ...folded(face, byNumber),
    face.sentence.details,
    row("vx-foot", face.source, ...link(face)),
    face.glossary.node,
  ];
}

// Whether there is room beside the sentence, under the pictures there.
function hasRoom({ canvases }) {
  const [first, ...others] = Object.values(canvases).map(({ panel }, i) => {
    return place(panel, WIDTHS[Math.min(i, 1)]).height + WRITTEN;
  });
  return others.reduce((sum, height) => sum + height, 0) <= first + SENTENCE;
}

const row = (name, ...nodes) => make("div", { class: name }, ...nodes);
const built = (face, some) => some.map((control) => controls[control.kind](face, control));

function folded(face, some, name = "By number", more = []) {
  if (!some.length) return [];
  const summary = make("summary", {}, name);
  const keys = make("p", { class: "vx-source", id: `${face.id}-keys` }, KEYS);
  const all = row("vx-controls", ...more, ...built(face, some));
  return [make("details", { class: "vx-more" }, summary, all, keys)];
}

function challenge(face) {
  const own = face.hand?.own.challenges;
  if (!own) return [];
  face.task = new Task(face, own, face.head.name);
  return [face.task.node];
}

function reset(face) {
  const button = make("button", { class: "vx-reset", type: "button" }, "Reset");
  face.on(button, "click", () => face.reset());
  return button;
}

// On a page of its own an explorer has an address: its section's name and what differs from the
// start.
function link(face) {
  const section = face.root.closest("section[id]");
  if (!section) return [];
  const button = make("button", { class: "vx-link", type: "button" }, "Link to this");
  face.on(button, "click", () => {
    const own = face.head.controls.map((control) => [control.name, onGrid(control, control.start)]);
    const changed = own.filter(([name, start]) => face.parameters[name] !== start);
    const query = changed.map(([name]) => [name, face.parameters[name]]);
    history.replaceState(null, "", `#${section.id}?${new URLSearchParams(query)}`);
    const done = (text) => {
      button.textContent = text;
    };
    const copied = navigator.clipboard?.writeText(location.href) ?? Promise.reject();
    copied.then(
      () => done("Address copied"),
      () => done("It is the page's address now"),
    );
  });
  return [button];
}
