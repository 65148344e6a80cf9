// Grips: what a hand can hold in a picture. Each is a button over the canvas, so the mouse, a
// finger and the keyboard all find it; it stands where its mark is drawn.

import { make } from "./page.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export class Grips {
  // layer: the element over the canvas; on(node, event, handler) of the page that owns it; help:
  // the id of the text that says what keys do.
  constructor(layer, on, help = "") {
    Object.assign(this, { layer, on, help, grips: new Map() });
  }

  // Show these grips and no others: {id, label, value, at: [px, py], tone, drag, nudge, …}.
  //   drag([px, py])  the pointer is there      nudge([±1, ±1])  an arrow key
  //   start([px, py]) the pointer takes it
  //   press(key)      another key; true if it meant something      end()  the hand lets go
  show(wanted) {
    const ids = new Set(wanted.map(({ id }) => id));
    for (const [id, grip] of this.grips) {
      if (ids.has(id)) continue;
      grip.node.remove();
      this.grips.delete(id);
    }
    for (const spec of wanted) {
      const grip = this.grips.get(spec.id) ?? this.add(spec.id);
      Object.assign(grip, spec);
      grip.node.style.translate = `${spec.at[0]}px ${spec.at[1]}px`;
      grip.node.dataset.tone = spec.tone ?? "";
      const label = `${spec.label}: ${spec.value}`;
      if (grip.said !== label) grip.node.setAttribute("aria-label", label);
      grip.said = label;
    }
  }

  add(id) {
    const node = make("button", { class: "vx-grip", type: "button", "data-grip": id });
    if (this.help) node.setAttribute("aria-describedby", this.help);
    const grip = { node };
    this.grips.set(id, grip);
    this.layer.append(node);
    this.on(node, "pointerdown", (event) => this.take(grip, event));
    this.on(node, "pointermove", (event) => {
      if (node.hasPointerCapture(event.pointerId)) grip.drag(this.place(event));
    });
    this.on(node, "lostpointercapture", () => grip.end?.());
    this.on(node, "keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return; // the page's own
      const arrow = ARROWS[event.key];
      const big = event.shiftKey ? 5 : 1;
      const meant = arrow ? (grip.nudge(arrow.map((k) => k * big)), true) : grip.press?.(event.key);
      if (!meant) return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.on(node, "keyup", (event) => ARROWS[event.key] && grip.end?.());
    return grip;
  }

  place({ clientX, clientY }) {
    const box = this.layer.getBoundingClientRect();
    const scale = this.layer.clientWidth / box.width;
    return [(clientX - box.left) * scale, (clientY - box.top) * scale];
  }

  take(grip, event) {
    grip.node.setPointerCapture(event.pointerId);
    grip.start?.(this.place(event));
  }

  // The pointer takes the nearest grip, if one is so near; whether it did.
  takeNear(event, pixels) {
    const [x, y] = this.place(event);
    const far = ({ at }) => Math.hypot(at[0] - x, at[1] - y);
    const [grip] = [...this.grips.values()].sort((a, b) => far(a) - far(b));
    if (!grip || far(grip) > pixels) return false;
    this.take(grip, event);
    return true;
  }
}
