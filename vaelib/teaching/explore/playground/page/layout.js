// The parts of the playground's page around its four pictures.

import { make } from "../../front/page.js";
import { STAMPS } from "../engine/stamps.js";
import { button, group, select, slider, toggle } from "./controls.js";
import { saveCsv } from "./share.js";

const TOOLS = [["draw", "Draw"], ["move", "Move"], ["erase", "Erase"], ["look", "Look"]]; // prettier-ignore
const MARKS =
  "Under a picture, dashed: the prior, on its own scale. Shade: the exact posterior of x. Dark line: " +
  "q. Ticks: codes of the points that are trained on.";
const WORDS = {
  nats: "One nat more: the model finds each point 2.7 times as likely. A nat is a unit of log p(x).",
  "held out":
    "Every fourth point, a ring: no model trains on it, and the filled marks of the race count it " +
    "alone. Thin ticks: the points that are trained on.",
  bound:
    "What the VAE trains on, L: for any network's guess it lies below log p(x). Here the page can " +
    "also compute log p(x), and the bar shows both.",
  KL:
    "How far one distribution lies from another, in nats. The bar's length is the KL from the " +
    "network's guess q of z to the truth, p(z|x).",
  guest:
    "An autoencoder has no p(x). To race, it gets a Gaussian for its codes, and the noise that " +
    "its misses imply. Its mark stays hollow.",
  z: "The hidden number: where on the curve. The strip under a picture is its line; hold its bead.",
};

// The title, the tools, run and clear.
export function head(page) {
  const title = { class: "vx-title", id: `${page.id}-title`, role: "heading", "aria-level": 2 };
  page.go = button(page, "Pause", () => page.run(!page.running));
  const tools = make(
    "span",
    { class: "vp-line", style: "margin: 0", "data-part": "tools" },
    group(page, "what the hand does", "tool", TOOLS),
    page.go,
    button(page, "New start", () => page.restart()),
    button(page, "Clear", () => page.clear()),
  );
  return make("div", { class: "vp-head" }, make("span", title, "Playground"), tools);
}

export function stamps(page) {
  const buttons = Object.keys(STAMPS).map((name) =>
    button(page, name, () => page.stamp(name), { "data-stamp": name }),
  );
  return make(
    "div",
    { class: "vp-line", "data-part": "stamps" },
    make("span", {}, "Stamps:"),
    ...buttons,
  );
}

// What the track's words mean, one at a time.
export function words(page) {
  const said = make("p", { role: "status" });
  const nodes = Object.entries(WORDS).map(([word, text]) =>
    button(page, word, ({ target }) => open(target, text), { title: text, class: "vp-word" }),
  );
  const open = (node, text) => {
    const closed = node.ariaExpanded !== "true";
    for (const each of nodes) each.ariaExpanded = closed && each === node;
    said.textContent = closed ? text : "";
  };
  return make("div", { class: "vp-words", "data-part": "track" }, "What is: ", ...nodes, said);
}

// The ribbon of all rounds, and the slider that goes back over them.
export function time(page) {
  const id = `${page.id}-time`;
  page.ribbon = make("canvas", { "aria-hidden": "true" });
  page.scrub = make("input", {
    type: "range",
    min: 0,
    max: 0,
    step: 1,
    id,
    "data-lm-suppress-shortcuts": "true",
  });
  page.clock = make("output", { for: id });
  page.on(page.scrub, "input", () => page.send({ go: page.moments[page.scrub.valueAsNumber] }));
  const label = make("label", { for: id }, "rounds: drag to go back", page.clock);
  return make("div", { class: "vp-time", "data-part": "time" }, page.ribbon, page.scrub, label);
}

export function byNumber(page) {
  const names = ["prior", "sigma", "d", "width", "rate", "pace"];
  const switches = make("div", {}, toggle(page, "noise"), " ", toggle(page, "kl"));
  const grid = make(
    "div",
    { class: "vx-controls" },
    slider(page, "n"),
    ...names.map((name) => select(page, name)),
    switches,
  );
  page.gap = make("span", { role: "status" });
  const split = button(page, "Split the gap", () => {
    page.gap.textContent = "Looking for the best Gaussian q of each held-out point …";
    page.send({ split: true });
  });
  return make(
    "details",
    { class: "vp-settings", "data-part": "settings" },
    make("summary", {}, "By number, and what the marks mean"),
    grid,
    make("p", { class: "vp-line" }, split, page.gap),
    make("p", { class: "vx-source" }, MARKS),
  );
}

export function sharing(page) {
  const area = (label) => make("textarea", { rows: 2, readonly: "", "aria-label": label });
  const [link, frame] = [area("what brings this state back"), area("the same in another page")];
  const words =
    "This brings back points, settings and seed. For a class, add &hide=settings,challenges or " +
    "&lock=points,settings, or &rounds=300 to rest there.";
  const box = make(
    "details",
    { class: "vp-share", "data-part": "share" },
    make("summary", {}, "Share: address, numbers"),
    make("p", {}, words),
    link,
    ...(page.inNotebook ? [] : [make("p", {}, "In another page:"), frame]),
    make(
      "p",
      { class: "vp-line" },
      button(page, "Numbers (CSV)", () => saveCsv(page)),
    ),
  );
  page.on(box, "toggle", () => {
    link.value = page.inNotebook ? `explore.play("${page.text()}")` : page.address();
    frame.value = `<iframe src="${page.address()}" width="1120" height="900" title="Playground"></iframe>`;
  });
  return box;
}
