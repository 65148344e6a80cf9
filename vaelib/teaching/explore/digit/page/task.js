// The playground's line with one challenge, for the challenges of this page: what was met of the
// others stays in the browser's memory as it is.

import { Task as Line } from "../../playground/page/task.js";

export class Task extends Line {
  constructor(page, challenges) {
    super(page, challenges);
    const own = new Set(challenges.map(({ id }) => id));
    const kept = Object.entries(this.met);
    const part = (mine) => Object.fromEntries(kept.filter(([id]) => own.has(id) === mine));
    const others = part(false);
    this.met = Object.defineProperty(part(true), "toJSON", {
      value: () => ({ ...others, ...this.met }),
    });
    this.draw();
  }
}
