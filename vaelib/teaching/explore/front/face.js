// An explorer's face: its panels, its controls, and the scene that they show.

import { controls, pad, playButtons } from "./controls.js";
import { drawPanel, swatch } from "./draw.js";
import { onGrid } from "./packed.js";
import { isDark, make, pixelRatio } from "./page.js";
import { scenes } from "./scenes.js";

// The keys that move a control, or press it.
const KEYS = /^(Arrow.*|Page.*|Home|End|Enter|.)$/;
const PRESSES = /^(Enter| )$/;

export class Face {
  constructor(root, packed, { parameters = {}, kernel = null } = {}) {
    const { head } = packed;
    // Each face brings its own copy of this module, so only chance keeps their ids apart.
    const id = `vx${Math.random().toString(36).slice(2)}`;
    Object.assign(this, { root, packed, head, kernel, id, canvases: {}, inputs: {} });
    if (!kernel) this.keepToGrid();
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
    const heading = { class: "vx-title", id: `${id}-title`, role: "heading", "aria-level": 2 };
    this.panels = make("div", { class: "vx-panels" });
    for (const [name, panel] of Object.entries(head.panels)) this.addPanel(name, panel);
    this.sentence = make("p", { class: "vx-sentence", id: `${id}-sentence`, role: "status" });
    this.notice = make("p", { class: "vx-notice", role: "alert", hidden: "" });
    this.source = make("p", { class: "vx-source" });
    const foot = make("div", { class: "vx-foot" });
    if (head.play) foot.append(...playButtons(this));
    foot.append(this.resetButton(), this.source);
    root.replaceChildren(
      make("p", heading, head.title),
      make("p", { class: "vx-about" }, head.about),
      this.panels,
      this.sentence,
      this.notice,
      make("div", { class: "vx-controls" }, ...head.controls.map((c) => controls[c.kind](this, c))),
      foot,
    );
    for (const each of head.pads) pad(this, each);
  }

  addPanel(name, panel) {
    const canvas = make("canvas", {
      role: "img",
      "aria-label": panel.title,
      "aria-describedby": `${this.id}-sentence`,
    });
    const legend = make("div", { class: "vx-legend" });
    this.panels.append(make("figure", {}, make("figcaption", {}, panel.title), legend, canvas));
    const marks = Object.entries(this.head.marks).filter(([, mark]) => mark.panel === name);
    this.canvases[name] = { panel, canvas, legend, marks };
  }

  resetButton() {
    const button = make("button", { class: "vx-reset", type: "button" }, "Start again");
    this.on(button, "click", () => {
      this.pause?.();
      this.parameters = { ...this.start };
      this.ask();
    });
    return button;
  }

  // Draw again where sizes, pixels or the theme change. The page outlives a face whose cell ran
  // again, so its observers must not hold the face.
  watch() {
    const weak = new WeakRef(this);
    const redraw = () => weak.deref()?.redraw();
    this.sizes = new ResizeObserver(redraw);
    this.sizes.observe(this.panels);
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

  // Without a kernel the controls offer what was computed ahead.
  keepToGrid() {
    if (this.head.evaluator) return;
    for (const control of this.head.controls) control.values = control.packed;
  }

  // The kernel is gone, for the reason said.
  goOnAlone(why) {
    this.lost = why;
    this.keepToGrid();
    for (const control of this.head.controls) {
      const { name } = control;
      for (const own of [this.start, this.parameters]) own[name] = onGrid(control, own[name]);
    }
    this.showInputs();
    this.drawPacked();
  }

  // New parameters from the reader; a run that plays goes on only by itself.
  set(changed, playing = false) {
    if (!playing) this.pause?.();
    Object.assign(this.parameters, changed);
    this.ask();
  }

  ask() {
    this.showInputs();
    if (this.kernel?.alive) this.kernel.ask({ ...this.parameters });
    else this.drawPacked();
  }

  showInputs() {
    for (const show of Object.values(this.inputs)) show();
  }

  drawPacked(why = this.lost) {
    const { head, packed } = this;
    const parameters = { ...this.parameters };
    try {
      if (head.evaluator) {
        const scene = scenes[head.name](parameters, packed.fixed);
        const text = why || "Computed in the browser; no kernel is needed.";
        this.show({ parameters, ...scene }, "browser", text);
      } else {
        const text = why || "Computed ahead; the nearest packed scene is drawn.";
        this.show(packed.scene(parameters), "packed", text);
      }
    } catch (error) {
      this.complain(error.message);
    }
  }

  show(scene, source, text) {
    this.shown = { ...scene, source };
    this.notice.hidden = true;
    if (this.source.textContent !== text) this.source.textContent = text;
    if (this.sentence.textContent !== scene.sentence) this.sentence.textContent = scene.sentence;
    this.root.dataset.source = source;
    this.draw();
    this.root.dispatchEvent(new CustomEvent("vx-drawn"));
  }

  draw() {
    if (!this.shown) return;
    const dark = isDark();
    this.root.toggleAttribute("data-dark", dark);
    const arrays = { ...this.packed.fixed, ...this.shown.arrays };
    for (const entry of Object.values(this.canvases)) {
      entry.at = drawPanel(entry.canvas, entry.panel, entry.marks, arrays, dark);
      if (entry.dark !== dark) {
        entry.dark = dark;
        entry.legend.replaceChildren(...entry.marks.flatMap(([, mark]) => legendOf(mark, dark)));
      }
    }
  }

  redraw() {
    const canvases = Object.values(this.canvases).map(({ canvas }) => canvas);
    const sizes = canvases.map((canvas) => [canvas.clientWidth, pixelRatio(canvas)]);
    const size = [...sizes, isDark()].join();
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
    this.theme.disconnect();
    this.kernel?.disconnect();
  }
}

// Slides, books and galleries turn their pages by keys: not by those that a control here uses.
function keepKeys(event) {
  const own = event.target.tagName === "BUTTON" ? PRESSES : KEYS;
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (plain && own.test(event.key)) event.stopPropagation();
}

// The mark's classes, or its label, with a small drawing each.
function legendOf(mark, dark) {
  const named = mark.classes.map((text, k) => [text, k]);
  if (!named.length && mark.label) named.push([mark.label, -1]);
  return named.map(([text, k]) => make("span", {}, swatch(mark, dark, k), text));
}
