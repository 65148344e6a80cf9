// One prediction's face: it asks, shows the guess beside the measurement, or shows a room's guesses.

import { isDark, make, pointer } from "../../explore/front/page.js";
import PALETTES from "../../explore/front/palette.json" with { type: "json" };
import { begin, inputs } from "./inputs.js";
import { keep as keepHere, onGuess, recall } from "./kept.js";
import { drawPrediction } from "./picture.js";
import { verdict } from "./words.js";

const asValues = ({ kind }, value) =>
  kind === "choice" || value === null || value === undefined ? (value ?? null) : [value].flat();

export class Prediction {
  // form: "ask", "reveal" or "screen"; keep(guess): where a guess goes, besides this browser
  constructor(root, declaration, { form = "ask", guess, guesses, measured, keep } = {}) {
    const id = `vq${Math.random().toString(36).slice(2)}`;
    Object.assign(this, { root, declaration, form, id, keep, stop: new AbortController() });
    const own = guess ?? (form === "screen" ? null : recall(declaration));
    this.state = { guess: asValues(declaration, own), guesses, measured: null };
    this.state.measured = asValues(declaration, measured);
    this.build();
    this.watch();
    this.show({});
  }

  build() {
    const { root, declaration, form, id } = this;
    root.classList.add("vq");
    const named = { role: "group", "aria-labelledby": `${id}-title`, dir: "ltr", lang: "en" };
    const hosts = { "data-lm-suppress-shortcuts": "true", "data-prevent-swipe": "" };
    for (const [name, value] of Object.entries({ ...named, ...hosts }))
      root.setAttribute(name, value);
    root.dataset.vqForm = form;
    const title = form === "reveal" ? "Measured" : "Predict";
    const label = make("span", { class: "vq-label" }, `${title} ${declaration.number}`);
    const question = make("p", { class: "vq-question", id: `${id}-title` }, label, " ");
    question.append(declaration.question);
    const described = { role: "img", "aria-describedby": `${id}-said` };
    this.canvas = make("canvas", { ...described, "aria-label": "The guesses and the measurement" });
    this.status = make("div", { class: "vq-said", id: `${id}-said`, role: "status" });
    const asks = form === "ask" ? [inputs(this)] : [];
    root.replaceChildren(question, this.canvas, ...asks, this.status);
    if (form === "ask") this.listen();
  }

  // A pointer on the picture sets what is nearest to it.
  listen() {
    const { canvas, declaration } = this;
    if (declaration.kind === "choice") return;
    canvas.classList.add("vq-pad");
    const drag = (event) => {
      if (!this.at || (event.type === "pointermove" && !event.buttons)) return;
      canvas.setPointerCapture?.(event.pointerId);
      this.take(this.under(pointer(event, canvas, this.at)));
    };
    this.on(canvas, "pointerdown", drag);
    this.on(canvas, "pointermove", drag);
  }

  // The guess with what lies under the pointer.
  under([px, py]) {
    const { kind, axes, at } = this.declaration;
    const within = ({ low, high }, value) => Math.min(high, Math.max(low, value));
    if (kind !== "curve") {
      const backs = [this.at.x.back(px), this.at.y.back(py)];
      return axes.map((axis, i) => within(axis, backs[i]));
    }
    const far = at.map((x) => Math.abs(this.at.x(x) - px));
    const values = this.state.guess ?? begin(this.declaration);
    return values.with(far.indexOf(Math.min(...far)), within(axes[1], this.at.y.back(py)));
  }

  // A guess that is not kept yet.
  take(guess) {
    this.pending = true;
    this.show({ guess });
  }

  async commit() {
    const { guess } = this.state;
    if (guess === null) return;
    keepHere(this.declaration.number, guess);
    try {
      await this.keep?.(guess);
      if (guess !== this.state.guess) return; // another one was taken meanwhile
      this.pending = false;
      this.say("Kept. Now see what is measured.");
    } catch (error) {
      this.say(error.message);
    }
    this.root.dispatchEvent(new CustomEvent("vq-kept", { detail: guess }));
  }

  say(...parts) {
    this.status.replaceChildren(
      ...parts.map((part) => (part.nodeType ? part : make("p", {}, part))),
    );
  }

  show({ guess = this.state.guess, guesses = this.state.guesses, measured = this.state.measured }) {
    const { declaration } = this;
    this.state = {
      guess: asValues(declaration, guess),
      guesses,
      measured: asValues(declaration, measured),
    };
    this.refresh?.();
    this.tell();
    this.draw();
  }

  tell() {
    const { declaration, form, state } = this;
    if (form === "screen") return this.tellRoom();
    if (form === "ask") {
      if (this.pending) this.say("");
      else if (state.guess !== null) this.say("Your guess is kept. You may change it.");
      return undefined;
    }
    const [said, guessed, right, tempts] = verdict(declaration, state.guess, state.measured);
    const sign = right === null ? "" : right ? "✓ A hit. " : "";
    const own =
      guessed && make("p", {}, make("strong", {}, sign), guessed, tempts ? ` ${tempts}` : "");
    this.say(said, ...(own ? [own] : []));
    return undefined;
  }

  tellRoom() {
    const { declaration, state } = this;
    const count = state.guesses?.length;
    const parts = count === undefined ? [] : [`${count} ${count === 1 ? "guess" : "guesses"}.`];
    if (state.measured !== null) parts.push(verdict(declaration, null, state.measured)[0]);
    this.say(...parts);
  }

  draw() {
    const dark = isDark();
    this.root.toggleAttribute("data-dark", dark);
    const { tones } = PALETTES[dark ? "dark" : "light"];
    for (const [name, tone] of Object.entries(tones))
      this.root.style.setProperty(`--${name}`, tone);
    const { kind } = this.declaration;
    this.canvas.hidden = kind === "choice" && this.form !== "screen";
    if (!this.canvas.hidden)
      this.at = drawPrediction(this.canvas, this.declaration, this.state, dark);
  }

  on(node, name, handler) {
    node.addEventListener(name, handler, { signal: this.stop.signal });
  }

  // Draw again where sizes or the theme change; another face of the page may take the guess.
  watch() {
    const weak = new WeakRef(this);
    const redraw = () => weak.deref()?.draw();
    this.sizes = new ResizeObserver(redraw);
    this.sizes.observe(this.root);
    this.theme = new MutationObserver(redraw);
    for (const page of [document.body, document.documentElement]) {
      this.theme.observe(page, { attributes: true });
    }
    this.on(globalThis.matchMedia("(prefers-color-scheme: dark)"), "change", redraw);
    const heard = (guess) => weak.deref()?.show({ guess });
    if (this.form === "reveal") onGuess(this.declaration.number, heard, this.stop.signal);
  }

  remove() {
    this.stop.abort();
    this.sizes.disconnect();
    this.theme.disconnect();
  }
}
