// An explorer's face: its panels, its controls, and the scene that they show.

import { drawPanel, swatch } from "./draw.js";
import { Glossary, split } from "./glossary.js";
import { Hand } from "./hand.js";
import { layout } from "./layout.js";
import { hands, scenes } from "./own.js";
import { onGrid } from "./packed.js";
import { isDark, make, pixelRatio } from "./page.js";
import PALETTES from "./palette.json" with { type: "json" };
import { Sentence } from "./sentence.js";

// The keys that move a control, or press it.
const KEYS = /^(Arrow.*|Page.*|Home|End|Enter|.)$/;
const PRESSES = /^(Enter| )$/;
const ALONE = "Computed in this page; no kernel is needed.";
const NARROW = 640; // pixels; below, the large picture stays on top of the rest
const FLAT = 1.7; // width / height of the panels under it there,
const NAMES = 4; // if no more lines than these have a name to be written

export class Face {
  constructor(root, packed, { parameters = {}, kernel = null } = {}) {
    const { head } = packed;
    // Each face brings its own copy of this module, so only chance keeps their ids apart.
    const id = `vx${Math.random().toString(36).slice(2)}`;
    const empty = { canvases: {}, inputs: {}, seen: {}, since: {} };
    Object.assign(this, { root, packed, head, kernel, id, ...empty });
    this.asked = new Set(); // labels of the marks that wait to be asked for
    this.start = Object.fromEntries(
      head.controls.map((control) => {
        const { name, start } = control;
        return [name, onGrid(control, parameters[name] ?? start)];
      }),
    );
    this.parameters = { ...this.start };
    this.stop = new AbortController();
    this.build();
    this.watch();
    kernel?.connect(this);
    this.ask();
  }

  build() {
    const { root, head, id } = this;
    const group = { role: "group", "aria-labelledby": `${id}-title`, dir: "ltr", lang: "en" };
    const jupyter = { "data-lm-suppress-shortcuts": "true" };
    const reveal = { "data-prevent-swipe": "" };
    for (const [name, value] of Object.entries({ ...group, ...jupyter, ...reveal })) {
      root.setAttribute(name, value);
    }
    root.classList.add("vx");
    this.on(root, "keydown", keepKeys);
    this.glossary = new Glossary(this);
    this.sentence = new Sentence(this);
    this.notice = make("p", { class: "vx-notice", role: "alert", hidden: "" });
    this.source = make("p", { class: "vx-source" });
    const figures = Object.entries(head.panels).map(([name, panel]) => this.figure(name, panel));
    if (hands[head.name]) this.hand = new Hand(this, hands[head.name]);
    root.replaceChildren(...layout(this, figures));
  }

  figure(name, panel) {
    const canvas = make("canvas", {
      role: "img",
      "aria-label": panel.title,
      "aria-describedby": `${this.id}-sentence`,
    });
    const legend = make("div", { class: "vx-legend" });
    const layer = make("div", { class: "vx-grips vx-hold" });
    const marks = Object.entries(this.head.marks).filter(([, mark]) => mark.panel === name);
    this.canvases[name] = { panel, canvas, legend, layer, marks, kept: {} };
    const plane = make("div", { class: "vx-plane" }, canvas, layer);
    return make("figure", {}, this.caption(panel, marks), legend, plane);
  }

  // The title, and behind it the words of the glossary that are written in the picture.
  caption({ title, x, y }, marks) {
    const seen = new Set();
    const text = make("span", {}, ...this.glossary.mark(title, seen));
    const inside = [x?.label, y?.label, ...marks.map(([, { label }]) => label)].join(" · ");
    const words = split(inside, seen).filter(([, word]) => word);
    const buttons = words.map(([, word]) => this.glossary.button(word, word));
    return make("figcaption", {}, text, ...buttons);
  }

  reset() {
    this.parameters = { ...this.start };
    this.set({});
  }

  // Draw again where sizes, pixels or the theme change. The page outlives a face whose cell ran
  // again, so its observers must not hold the face.
  watch() {
    const weak = new WeakRef(this);
    const redraw = () => weak.deref()?.redraw();
    this.sizes = new ResizeObserver(redraw);
    this.sizes.observe(this.root);
    const seen = new IntersectionObserver(
      ([entry]) => {
        if (!entry.isIntersecting) return;
        seen.disconnect();
        weak.deref()?.hand?.haunt();
      },
      { threshold: 0.6 },
    );
    seen.observe(Object.values(this.canvases)[0].canvas);
    this.seenOnce = seen;
    this.theme = new MutationObserver(redraw);
    for (const page of [document.body, document.documentElement]) {
      this.theme.observe(page, { attributes: true });
    }
    for (const medium of ["(prefers-color-scheme: dark)", "print"]) {
      this.on(globalThis.matchMedia(medium), "change", redraw);
    }
    this.on(globalThis, "resize", redraw); // a zoom changes the pixels, not always the widths
  }

  on(node, name, handler) {
    node.addEventListener(name, handler, { signal: this.stop.signal });
  }

  // The kernel is gone, for the reason said.
  goOnAlone(why) {
    this.lost = why;
    this.compute();
  }

  // New parameters from the reader or, guided, from a run or a ghost; else a run ends here.
  set(changed, guided = false) {
    this.guided = guided;
    if (!guided) {
      this.pause?.();
      if (this.hand) this.hand.touched = true;
      changed = { ...this.hand?.own.along?.(changed), ...changed };
    }
    Object.assign(this.parameters, changed);
    this.ask();
  }

  ask() {
    this.showInputs();
    if (this.kernel?.alive) this.kernel.ask({ ...this.parameters });
    else this.compute();
  }

  showInputs() {
    for (const show of Object.values(this.inputs)) show();
  }

  // The scene that needs no kernel.
  locally(parameters) {
    return { parameters, ...scenes[this.head.name].scene(parameters, this.packed.fixed) };
  }

  // The panel; an axis that is called {control} bears that control's value.
  named(panel) {
    const value = (_, name) => this.shown.parameters[name];
    const named = (axis) => axis && { ...axis, label: axis.label.replace(/\{(\w+)\}/g, value) };
    return { ...panel, x: named(panel.x), y: named(panel.y) };
  }

  compute(why = this.lost) {
    try {
      this.show(this.locally({ ...this.parameters }), "browser", why || ALONE);
    } catch (error) {
      this.complain(error.message);
    }
  }

  show(scene, source, text) {
    this.shown = { ...scene, source };
    this.arrays = { ...this.packed.fixed, ...scene.arrays };
    this.notice.hidden = true;
    if (this.source.textContent !== text) this.source.textContent = text;
    this.sentence.show(scene);
    this.root.dataset.source = source;
    this.draw();
    this.judge();
    this.root.dispatchEvent(new CustomEvent("vx-drawn"));
  }

  // What the challenges see: where a hand has let go. None is met before it has moved something.
  judge() {
    if (!this.task) return;
    this.task.tellHow(this.facts());
    if (this.guided) return;
    this.waits = Boolean(this.hand.held);
    if (this.waits) return;
    const { own, touched } = this.hand;
    const state = this.facts();
    this.seen = own.remember?.(this.seen, state) ?? this.seen;
    this.since = own.remember?.(this.since, state) ?? this.since;
    if (touched) this.task.show(this.facts());
  }

  // Parameters, arrays, and what was seen since the challenge was opened.
  facts() {
    return { p: this.shown.parameters, a: this.arrays, seen: this.since };
  }

  // A challenge is opened.
  begin() {
    this.since = {};
    return this.facts();
  }

  draw() {
    if (!this.shown) return;
    const dark = isDark();
    this.root.toggleAttribute("data-dark", dark);
    const narrow = this.root.clientWidth < NARROW;
    this.root.toggleAttribute("data-narrow", narrow);
    this.bring?.(narrow);
    const { tones } = PALETTES[dark ? "dark" : "light"];
    for (const [name, tone] of Object.entries(tones))
      this.root.style.setProperty(`--${name}`, tone);
    for (const [name, entry] of Object.entries(this.canvases)) {
      const { canvas, kept } = entry;
      const marks = entry.marks.filter(([, { asked, label }]) => !asked || this.asked.has(label));
      const panel = narrow ? flat(entry) : entry.panel;
      const drawn = [canvas, this.named(panel), marks, this.arrays, dark, kept];
      entry.at = drawPanel(...drawn, this.hand?.list(name));
      if (entry.dark !== dark) {
        entry.dark = dark;
        entry.legend.replaceChildren(...entry.marks.flatMap(([, mark]) => legendOf(mark, dark)));
      }
    }
    this.hand?.show();
  }

  redraw() {
    const canvases = Object.values(this.canvases).map(({ canvas }) => canvas);
    const sizes = canvases.map((canvas) => [canvas.clientWidth, pixelRatio(canvas)]);
    const size = [this.root.clientWidth, ...sizes, isDark()].join();
    if (size === this.size) return;
    this.size = size;
    this.draw();
  }

  // One clear sentence in the explorer's place; the last good picture stays.
  complain(message) {
    this.notice.textContent = `This scene cannot be drawn. ${message}`;
    this.notice.hidden = false;
    this.root.dispatchEvent(new CustomEvent("vx-drawn"));
  }

  remove() {
    this.pause?.();
    this.stop.abort();
    this.sizes.disconnect();
    this.seenOnce.disconnect();
    this.theme.disconnect();
    this.kernel?.disconnect();
  }
}

// A panel for a narrow card, where it is not to push the rest out of sight.
function flat({ panel, marks, canvas }) {
  const named = marks.filter(([, { kind, label }]) => kind === "line" && label);
  const side = panel.x && !panel.equal && canvas.closest(".vx-side");
  if (!side || named.length > NAMES) return panel;
  return { ...panel, aspect: Math.max(FLAT, panel.aspect) };
}

// Slides, books and galleries turn their pages by keys: not by those that a control here uses.
function keepKeys(event) {
  const own = event.target.tagName === "BUTTON" ? PRESSES : KEYS;
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (plain && own.test(event.key)) event.stopPropagation();
}

// The mark's classes, or its label, with a small drawing each; lines bear theirs in the picture.
function legendOf(mark, dark) {
  const named = mark.classes.map((text, k) => [text, k]);
  if (!named.length && mark.label && mark.kind !== "line") named.push([mark.label, -1]);
  return named.map(([text, k]) => make("span", {}, swatch(mark, dark, k), text));
}
