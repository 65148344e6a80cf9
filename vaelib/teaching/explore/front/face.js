// An explorer's face: its controls, its panels, and where its scenes come from.

const TYPES = { f2: [2, halves], f4: [4, (bytes) => new Float32Array(bytes)], u1: [1, (bytes) => new Uint8Array(bytes)] };
const PATIENCE = 700; // ms without an answer, after which the packed scene is drawn
const calm = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");

function halves(bytes) {
  return Float32Array.from(new Uint16Array(bytes), (half) => {
    const sign = half & 0x8000 ? -1 : 1, power = (half >> 10) & 31, part = half & 1023;
    if (power === 0) return (sign * part) / 2 ** 24;
    return power === 31 ? (part ? NaN : sign * Infinity) : sign * (1 + part / 1024) * 2 ** (power - 15);
  });
}

const count = (shape) => shape.reduce((a, b) => a * b, 1);
const decode = (buffer, offset, [, dtype, shape]) => {
  const [size, read] = TYPES[dtype];
  return { data: read(buffer.slice(offset, offset + size * count(shape))), shape };
};
const bytesOf = ([, dtype, shape]) => TYPES[dtype][0] * count(shape);

// The arrays of a list of [name, dtype, shape], one after the other.
function decodeAll(buffer, offset, entries) {
  const arrays = {};
  for (const entry of entries) {
    arrays[entry[0]] = decode(buffer, offset, entry);
    offset += bytesOf(entry);
  }
  return arrays;
}

async function gunzip(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

// All scenes computed ahead; scene(parameters) is the nearest one, with its own parameters.
class Packed {
  constructor(buffer) {
    const length = new DataView(buffer).getUint32(0, true);
    this.head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
    this.buffer = buffer;
    let offset = 4 + length;
    this.fixed = decodeAll(buffer, offset, this.head.fixed);
    for (const entry of this.head.fixed) offset += bytesOf(entry);
    const { layouts, which } = this.head;
    this.offsets = which.map(() => ({}));
    for (const name of Object.keys(this.head.marks)) {
      const entries = layouts.map((entries) => entries.find(([other]) => other === name));
      which.forEach((layout, i) => {
        if (!entries[layout]) return;
        this.offsets[i][name] = offset;
        offset += bytesOf(entries[layout]);
      });
    }
  }

  scene(parameters) {
    let index = 0;
    const arrays = {}, found = {};
    for (const { name, packed } of this.head.controls) {
      const i = nearest(packed, parameters[name]);
      index = index * packed.length + i;
      found[name] = packed[i];
    }
    for (const entry of this.head.layouts[this.head.which[index]]) {
      arrays[entry[0]] = decode(this.buffer, this.offsets[index][entry[0]], entry);
    }
    return { arrays, sentence: this.head.sentences[index], parameters: found };
  }
}

function nearest(values, value) {
  if (typeof value !== "number") return values.indexOf(value);
  let best = 0;
  values.forEach((other, i) => { if (Math.abs(other - value) < Math.abs(values[best] - value)) best = i; });
  return best;
}

const onGrid = ({ values }, value) => values[nearest(values, value)];

const make = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text ?? "" });

function isDark() {
  const body = document.body, page = document.documentElement;
  if (body.dataset.jpThemeLight) return body.dataset.jpThemeLight === "false";
  if (/vscode-(dark|high-contrast)/.test(body.className)) return !/vscode-high-contrast-light/.test(body.className);
  if (body.classList.contains("vscode-light")) return false;
  const said = page.dataset.theme ?? page.getAttribute("theme");
  if (said === "dark" || said === "light") return said === "dark";
  return Boolean(globalThis.matchMedia?.("(prefers-color-scheme: dark)").matches);
}

class Face {
  constructor(root, packed, { parameters = {}, kernel = null } = {}) {
    const { head } = packed;
    // Each face brings its own copy of this module, so only chance keeps their ids apart.
    Object.assign(this, { root, packed, head, kernel, id: `vx${Math.random().toString(36).slice(2)}` });
    if (!kernel) this.keepToGrid();
    this.start = Object.fromEntries(head.controls.map((c) => [c.name, onGrid(c, parameters[c.name] ?? c.start)]));
    this.parameters = { ...this.start };
    this.inputs = {};
    this.stop = new AbortController();
    this.build();
    // The page outlives a face whose cell ran again, so its observers must not hold the face.
    const weak = new WeakRef(this), redraw = () => weak.deref()?.redraw();
    this.sizes = new ResizeObserver(redraw);
    this.sizes.observe(this.panels);
    this.theme = new MutationObserver(redraw);
    for (const page of [document.body, document.documentElement]) this.theme.observe(page, { attributes: true });
    this.on(globalThis.matchMedia("(prefers-color-scheme: dark)"), "change", redraw);
    this.on(globalThis, "resize", redraw); // a zoom changes the pixels, though not always the widths
    kernel?.connect(this);
    this.ask();
  }

  build() {
    const { root, head, id } = this;
    root.classList.add("vx");
    root.setAttribute("role", "group");
    root.setAttribute("aria-labelledby", `${id}-title`);
    root.setAttribute("data-lm-suppress-shortcuts", "true");
    root.replaceChildren();
    const title = make("p", "vx-title", head.title);
    Object.assign(title, { id: `${id}-title` });
    title.setAttribute("role", "heading");
    title.setAttribute("aria-level", "2");
    this.panels = make("div", "vx-panels");
    this.canvases = {};
    for (const [name, panel] of Object.entries(head.panels)) {
      const figure = make("figure", ""), canvas = make("canvas", ""), legend = make("div", "vx-legend");
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", panel.title);
      canvas.setAttribute("aria-describedby", `${id}-sentence`);
      figure.append(make("figcaption", "", panel.title), legend, canvas);
      this.panels.append(figure);
      this.canvases[name] = { panel, canvas, legend, marks: Object.entries(head.marks).filter(([, mark]) => mark.panel === name) };
    }
    this.sentence = make("p", "vx-sentence");
    Object.assign(this.sentence, { id: `${id}-sentence` });
    this.sentence.setAttribute("role", "status");
    this.notice = make("p", "vx-notice");
    this.notice.setAttribute("role", "alert");
    this.notice.hidden = true;
    const controls = make("div", "vx-controls");
    for (const control of head.controls) controls.append(this[control.kind](control));
    const foot = make("div", "vx-foot");
    if (head.play) foot.append(...this.playButtons());
    const reset = make("button", "vx-reset", "Start again");
    reset.type = "button";
    this.on(reset, "click", () => { this.pause?.(); this.parameters = { ...this.start }; this.ask(); });
    this.source = make("p", "vx-source");
    foot.append(reset, this.source);
    root.append(title, make("p", "vx-about", head.about), this.panels, this.sentence, this.notice, controls, foot);
    for (const pad of head.pads) this.pad(pad);
  }

  // Without a kernel the controls offer what was computed ahead.
  keepToGrid() {
    if (this.head.evaluator) return;
    for (const control of this.head.controls) control.values = control.packed;
  }

  on(node, name, handler) { node.addEventListener(name, handler, { signal: this.stop.signal }); }

  slider(control) {
    const box = make("div", "vx-slider"), input = make("input", ""), output = make("output", "");
    Object.assign(input, { type: "range", min: 0, step: 1, id: `${this.id}-${control.name}`, name: control.name });
    input.setAttribute("data-lm-suppress-shortcuts", "true");
    const label = make("label", "", control.label);
    label.htmlFor = output.htmlFor = input.id;
    box.append(label, output, input);
    this.on(input, "input", () => this.set({ [control.name]: control.values[input.valueAsNumber] }));
    this.inputs[control.name] = () => {
      const value = this.parameters[control.name];
      input.max = control.values.length - 1;
      input.value = nearest(control.values, value);
      output.value = number(value, control.digits);
      input.setAttribute("aria-valuetext", output.value);
    };
    return box;
  }

  choice(control) {
    const id = `${this.id}-${control.name}`;
    if (control.values.length > 5) {
      const box = make("div", "vx-slider"), select = make("select", ""), label = make("label", "", control.label);
      Object.assign(select, { id, name: control.name });
      select.setAttribute("data-lm-suppress-shortcuts", "true");
      label.htmlFor = id;
      select.append(...control.values.map((value) => new Option(value, value)));
      box.append(label, select);
      this.on(select, "change", () => this.set({ [control.name]: select.value }));
      this.inputs[control.name] = () => { select.value = this.parameters[control.name]; };
      return box;
    }
    const box = make("fieldset", "vx-choice");
    box.append(make("legend", "", control.label));
    const radios = control.values.map((value) => {
      const label = make("label", ""), radio = make("input", "");
      Object.assign(radio, { type: "radio", name: id, value });
      radio.setAttribute("data-lm-suppress-shortcuts", "true");
      label.append(radio, value);
      box.append(label);
      this.on(radio, "change", () => this.set({ [control.name]: value }));
      return radio;
    });
    this.inputs[control.name] = () => radios.forEach((radio) => { radio.checked = radio.value === this.parameters[control.name]; });
    return box;
  }

  pad({ panel, x, y }) {
    const { canvas } = this.canvases[panel];
    const axis = (name) => this.head.controls.find((control) => control.name === name).values;
    canvas.classList.add("vx-pad");
    const move = (event) => {
      const { offsetX: px, offsetY: py } = event;
      const { low: x0, high: x1 } = this.head.panels[panel].x, { low: y0, high: y1 } = this.head.panels[panel].y;
      const { left, right, top, bottom } = this.canvases[panel].at;
      const u = x0 + ((px - left) / (right - left)) * (x1 - x0), v = y0 + ((bottom - py) / (bottom - top)) * (y1 - y0);
      this.set({ [x]: axis(x)[nearest(axis(x), u)], [y]: axis(y)[nearest(axis(y), v)] });
    };
    this.on(canvas, "pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); move(event); });
    this.on(canvas, "pointermove", (event) => { if (canvas.hasPointerCapture(event.pointerId)) move(event); });
  }

  // Step moves the slider that plays by one; Play does so by itself, but where motion is unwanted.
  playButtons() {
    const [play, once] = ["Play", "Step"].map((text) => make("button", `vx-${text.toLowerCase()}`, text));
    const control = this.head.controls.find((c) => c.name === this.head.play);
    const step = () => {
      const i = nearest(control.values, this.parameters[control.name]) + 1;
      this.set({ [control.name]: control.values[i % control.values.length] }, true);
      if (i >= control.values.length - 1) this.pause();
    };
    let timer = null;
    // While it plays, the sentence changes too fast to be read out.
    const say = (text, live) => { play.textContent = text; this.sentence.setAttribute("aria-live", live); };
    this.pause = () => { clearInterval(timer); timer = null; say("Play", "polite"); };
    play.type = once.type = "button";
    play.hidden = Boolean(calm?.matches);
    this.on(once, "click", () => { this.pause(); step(); });
    this.on(play, "click", () => {
      if (timer) { this.pause(); return; }
      timer = setInterval(step, Math.max(80, 6000 / control.values.length));
      say("Pause", "off");
      step();
    });
    return [play, once];
  }

  // New parameters from the reader; a run that plays goes on only by itself.
  set(changed, playing = false) {
    if (!playing) this.pause?.();
    Object.assign(this.parameters, changed);
    this.ask();
  }

  ask() {
    for (const show of Object.values(this.inputs)) show();
    if (this.kernel?.alive) this.kernel.ask({ ...this.parameters });
    else this.drawPacked();
  }

  drawPacked(why = this.lost) {
    try {
      const { evaluator } = this.head;
      const scene = evaluator ? evaluators[this.head.name](this.parameters, this.packed.fixed) : this.packed.scene(this.parameters);
      const from = evaluator ? "Computed in the browser; no kernel is needed." : "Computed ahead; the nearest packed scene is drawn.";
      this.show({ parameters: { ...this.parameters }, ...scene }, evaluator ? "browser" : "packed", why || from);
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
    const widths = Object.values(this.canvases).map(({ canvas }) => canvas.clientWidth);
    const size = [...widths, globalThis.devicePixelRatio, isDark()].join();
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

function legendOf(mark, dark) {
  const named = mark.classes.length ? mark.classes.map((text, k) => [text, k]) : mark.label ? [[mark.label, -1]] : [];
  return named.map(([text, k]) => {
    const item = make("span", "");
    item.append(swatch(mark, dark, k), text);
    return item;
  });
}

// The kernel answers one request at a time; while it works only the newest one waits.
class Kernel {
  constructor(model) {
    // All views of a model hear every answer, so each counts its requests from a number of its own.
    Object.assign(this, { model, alive: true, sent: Math.floor(Math.random() * 2 ** 40), busy: null, next: null });
  }

  connect(face) {
    this.face = face;
    this.heard = (message, buffers) => this.answer(message, buffers);
    this.gone = () => this.lose("The kernel has stopped or restarted: run the cell again to connect.");
    this.model.on("msg:custom", this.heard);
    this.model.on("comm_live_update", this.gone);
  }

  disconnect() {
    clearTimeout(this.timer);
    this.model.off("msg:custom", this.heard);
    this.model.off("comm_live_update", this.gone);
  }

  ask(parameters) {
    this.next = parameters;
    if (this.busy === null) this.send();
    else if (this.late) this.face.drawPacked(LATE);
  }

  send() {
    this.busy = ++this.sent;
    const parameters = this.next;
    this.next = null;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.late = true; this.face.drawPacked(LATE); }, PATIENCE);
    try { this.model.send({ id: this.busy, parameters }); } catch { this.gone(); }
  }

  answer({ id, parameters, sentence, arrays, error }, buffers) {
    if (id !== this.busy || !this.alive) return;
    clearTimeout(this.timer);
    this.busy = null;
    this.late = false;
    if (this.next) this.send();
    if (error) this.face.complain(error);
    else {
      const [view] = buffers, buffer = view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
      const scene = { parameters, sentence, arrays: decodeAll(buffer, 0, arrays) };
      this.face.show(scene, "kernel", "Live: the kernel computes every scene.");
    }
  }

  lose(why) {
    this.alive = false;
    clearTimeout(this.timer);
    const { face } = this;
    face.lost = why;
    face.keepToGrid();
    for (const control of face.head.controls)
      for (const own of [face.start, face.parameters]) own[control.name] = onGrid(control, own[control.name]);
    for (const show of Object.values(face.inputs)) show();
    face.drawPacked();
  }
}

const LATE = "The kernel is busy or gone: until it answers, the packed scenes are drawn.";
const evaluators = {};

// anywidget's entry: the face with a kernel. It takes the place of the packed face shown beside it.
export default {
  async render({ model, el }) {
    const root = make("div", "");
    el.append(root);
    const view = model.get("pack");
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    const packed = new Packed(await gunzip(bytes)), kernel = new Kernel(model);
    const face = new Face(root, packed, { parameters: model.get("parameters"), kernel });
    root.explorer = face;
    for (const twin of document.querySelectorAll(`[data-vx-twin="${model.get("twin")}"]`)) {
      twin.explorer?.remove();
      twin.remove();
    }
    return () => face.remove();
  },
};

// The face without a kernel, in those places of the page. A notebook has this module once for each
// explorer: each fills its own places, with its own evaluators, and none twice.
async function hydrate(selector) {
  for (const root of document.querySelectorAll(selector)) {
    const pack = root.dataset.vxPack, parameters = JSON.parse(root.dataset.vxParameters || "{}");
    if (!pack) continue;
    root.removeAttribute("data-vx-pack");
    hideError(root);
    try {
      const bytes = Uint8Array.from(atob(pack), (letter) => letter.charCodeAt(0));
      root.explorer = new Face(root, new Packed(await gunzip(bytes)), { parameters });
    } catch (error) {
      root.replaceChildren(make("p", "vx-notice", `This explorer's scenes cannot be read: ${error.message}`));
      root.classList.add("vx");
      root.firstChild.setAttribute("role", "alert");
    }
  }
}

// A saved notebook without its kernel shows, after a while, an error in the live face's place.
function hideError(root) {
  const area = root.closest(".jp-OutputArea");
  if (!area) return;
  new MutationObserver((_, observer) => {
    if (!root.isConnected) observer.disconnect();
    for (const node of area.querySelectorAll(".jp-OutputArea-output"))
      if (/^Error displaying widget/.test(node.textContent)) node.hidden = true;
  }).observe(area, { childList: true, subtree: true });
}
