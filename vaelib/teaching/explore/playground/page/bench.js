// Where the trainer works: in a worker, so that the page draws while it trains; where none may
// start, in the page itself, in short slices. hear(message) says false when nobody listens any
// more; then the trainer stops.

import { Trainer } from "../engine/trainer.js";
import { ENGINE } from "./engine_source.js";

const SLICE = 8; // ms of rounds between two pictures, without a worker

export class Bench {
  constructor(hear) {
    this.hear = hear;
    this.trainer = null;
    this.sent = [];
    try {
      const text = `(${ENGINE})().serve(self);`;
      this.url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
      this.worker = new Worker(this.url);
      this.worker.onmessage = ({ data }) => {
        this.sent = null; // it lives
        if (!hear(data)) this.close();
      };
      this.worker.onerror = (event) => {
        event.preventDefault();
        this.goAlone();
      };
    } catch {
      this.goAlone();
    }
  }

  // No worker: what it was sent is told to a trainer here.
  goAlone() {
    this.worker?.terminate();
    this.worker = null;
    const later = (work, ms) => setTimeout(work, ms);
    const hear = (message) => this.hear(message) || this.close();
    this.trainer = new Trainer(hear, { slice: SLICE, later });
    for (const message of this.sent ?? []) this.trainer.hear(message);
    this.sent = null;
  }

  post(message) {
    this.sent?.push(message);
    if (this.worker) this.worker.postMessage(message);
    else this.trainer.hear(message);
  }

  close() {
    this.worker?.terminate();
    if (this.url) URL.revokeObjectURL(this.url);
    if (this.trainer) this.trainer.running = false;
  }
}
