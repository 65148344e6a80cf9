// The first seconds: a pencil draws a crescent, four models chase it, and then it says where to
// draw.

import { make } from "../../front/page.js";
import { scales } from "./picture.js";

const EVERY = 30; // ms
const DRAWS = 1500; // ms in which it draws
const HINTS = 5500; // ms after which it says where to draw

export class Ghost {
  // The points in the order in which a hand would draw them, from one horn to the other.
  constructor(page, plane, points) {
    Object.assign(this, { page, drawn: 0 });
    this.points = points.slice().sort((a, b) => Math.atan2(a[1], a[0]) - Math.atan2(b[1], b[0]));
    this.pencil = make("span", { class: "vp-pencil", "aria-hidden": "true" }, "✎");
    this.hint = make("span", { class: "vp-hint", "aria-hidden": "true" });
    plane.append(this.pencil, this.hint);
    const weak = new WeakRef(this); // the timer must not hold a page that is thrown away
    const timer = setInterval(() => {
      if (!weak.deref()?.step(performance.now())) clearInterval(timer);
    }, EVERY);
  }

  get draws() {
    return this.drawn < this.points.length;
  }

  // Draw what is due; whether anything is still to come.
  step(now) {
    const time = now - (this.began ??= now);
    if (this.ended) return false;
    if (this.draws) this.draw(Math.ceil(this.points.length * Math.min(1, time / DRAWS)));
    if (time < HINTS) return true;
    this.hint.textContent = "draw here";
    return false;
  }

  draw(due) {
    const { page, points, pencil } = this;
    while (this.drawn < due) page.cloud.add(points[this.drawn++]);
    const [left, top] = scales(100).to(points[Math.max(0, due - 1)]);
    Object.assign(pencil.style, { left: `${left}%`, top: `${top}%` });
    pencil.hidden = !this.draws;
    page.changed();
    page.goOn();
  }

  end() {
    this.ended = true;
    this.pencil.remove();
    this.hint.remove();
  }
}
