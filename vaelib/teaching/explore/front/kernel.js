// Scenes from the kernel. It answers one request at a time; meanwhile only the newest one waits.

import { decodeAll } from "./packed.js";

const PATIENCE = 700; // ms without an answer, after which the page computes
const LATE = "The kernel is busy or gone: until it answers, this page computes.";
const GONE = "The kernel has stopped or restarted: run the cell again to connect.";

export class Kernel {
  constructor(model) {
    this.model = model;
    this.alive = true;
    // All views of a model hear every answer, so each counts its requests from its own number.
    this.sent = Math.floor(Math.random() * 2 ** 40);
    this.busy = null;
    this.next = null;
  }

  connect(face) {
    this.face = face;
    this.heard = (message, buffers) => this.answer(message, buffers);
    this.gone = () => this.lose();
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
    else if (this.late) this.face.compute(LATE);
  }

  send() {
    this.busy = ++this.sent;
    const parameters = this.next;
    this.next = null;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.late = true;
      this.face.compute(LATE);
    }, PATIENCE);
    try {
      this.model.send({ id: this.busy, parameters });
    } catch {
      this.lose();
    }
  }

  answer({ id, parameters, sentence, more, arrays, error }, buffers) {
    if (id !== this.busy || !this.alive) return;
    clearTimeout(this.timer);
    this.busy = null;
    this.late = false;
    if (this.next) this.send();
    if (error) {
      this.face.complain(error);
      return;
    }
    const [view] = buffers;
    const buffer = view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
    const scene = { parameters, sentence, more, arrays: decodeAll(buffer, 0, arrays) };
    this.face.show(scene, "kernel", "Live: the kernel computes every scene.");
  }

  lose() {
    this.alive = false;
    clearTimeout(this.timer);
    this.face.goOnAlone(GONE);
  }
}
