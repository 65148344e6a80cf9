// The sentence: words in the colours of their marks, and numbers that one can drag.

import { parts } from "../words.js";
import { split } from "./glossary.js";
import { leap } from "./keys.js";
import { nearest } from "./packed.js";
import { make } from "./page.js";

const STEP = 8; // pixels to the next value
const ARROWS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

export class Sentence {
  constructor(face) {
    this.face = face;
    this.node = make("p", { class: "vx-sentence", id: `${face.id}-sentence`, role: "status" });
    this.more = make("p", {});
    const summary = make("summary", {}, "All numbers");
    this.details = make("details", { class: "vx-more", hidden: "" }, summary, this.more);
    this.links = "";
    face.on(this.node, "pointerdown", (event) => this.hold(event));
    face.on(this.node, "pointermove", (event) => this.drag(event));
    face.on(this.node, "lostpointercapture", () => {
      this.held = null;
    });
    face.on(this.node, "keydown", (event) => this.key(event));
  }

  show({ sentence, more }) {
    this.details.hidden = !more;
    this.more.textContent = more ?? "";
    const seen = new Set();
    const found = parts(sentence).flatMap(([text, name]) =>
      this.control(name) ? [[text, name]] : split(text, seen).map(([t, word]) => [t, name, word]),
    );
    const links = found.map(([, name, word]) => `${name} ${word}`).join();
    if (links === this.links && this.node.childNodes.length === found.length) {
      found.forEach(([text], i) => this.write(this.node.childNodes[i], text));
    } else {
      this.links = links;
      this.node.replaceChildren(...found.map((each) => this.part(...each)));
    }
    for (const node of this.node.querySelectorAll(".vx-scrub")) this.value(node);
  }

  write(node, text) {
    if (node.textContent !== text) node.textContent = text;
  }

  part(text, name, word) {
    const tone = name ? { class: "vx-tone", "data-tone": name } : {};
    if (word) return this.face.glossary.button(text, word, tone);
    if (!name) return document.createTextNode(text);
    const control = this.control(name);
    if (!control) return make("span", tone, text);
    const role = { role: "slider", tabindex: 0, "aria-label": control.label };
    return make("span", { class: "vx-scrub", "data-name": name, ...role }, text);
  }

  value(node) {
    const { values } = this.control(node.dataset.name);
    node.setAttribute("aria-valuemin", 0);
    node.setAttribute("aria-valuemax", values.length - 1);
    node.setAttribute("aria-valuenow", nearest(values, this.face.parameters[node.dataset.name]));
    node.setAttribute("aria-valuetext", node.textContent);
  }

  control(name) {
    return this.face.head.controls.find((control) => control.name === name);
  }

  hold(event) {
    const node = event.target.closest(".vx-scrub");
    if (!node) return;
    const { name } = node.dataset;
    const from = nearest(this.control(name).values, this.face.parameters[name]);
    this.held = { name, from, x: event.clientX };
    this.node.setPointerCapture(event.pointerId);
    node.focus();
    event.preventDefault();
  }

  drag(event) {
    if (this.held) this.go(this.held.name, this.held.from + (event.clientX - this.held.x) / STEP);
  }

  key(event) {
    const { name } = event.target.dataset;
    if (!name || event.ctrlKey || event.metaKey || event.altKey) return;
    const { values } = this.control(name);
    const by = ARROWS[event.key] ?? leap(event.key, values);
    if (!by) return;
    this.go(name, nearest(values, this.face.parameters[name]) + by);
    event.preventDefault();
    event.stopPropagation();
  }

  go(name, index) {
    const { values } = this.control(name);
    const value = values[Math.max(0, Math.min(values.length - 1, Math.round(index)))];
    if (value !== this.face.parameters[name]) this.face.set({ [name]: value });
  }
}
