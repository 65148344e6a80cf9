// The line with one challenge: its sentence, a guess first, and why, when it is met and guessed.
// What was met is kept in this browser with what was guessed, or true, where it lets a page keep
// anything.

import { make } from "./page.js";

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
}

function store(key, met) {
  try {
    localStorage.setItem(key, JSON.stringify(met));
  } catch {
    // A page that may keep nothing forgets it when it closes.
  }
}

export class Task {
  // key: under which the browser keeps what was met; page: has on(node, event, handler)
  constructor(page, challenges, key) {
    key = `vaelib-${key}`;
    Object.assign(this, { page, challenges, key, met: stored(key) });
    this.guessed = Object.fromEntries(Object.entries(this.met).filter(([, own]) => own !== true));
    this.i = Math.max(
      0,
      challenges.findIndex(({ id }) => !this.met[id]),
    );
    this.text = make("p", {});
    this.guess = make("p", { class: "vx-line" });
    this.why = make("p", { role: "status" });
    const turn = (by) => () => this.go(by);
    this.count = make("span", { class: "vx-source" });
    const head = make(
      "p",
      { class: "vx-line" },
      make("strong", {}, "Challenge"),
      this.count,
      this.button("‹", turn(-1), { "aria-label": "Previous" }),
      this.button("›", turn(1), { "aria-label": "Next" }),
    );
    this.node = make(
      "div",
      { class: "vx-challenge", "data-part": "challenges" },
      head,
      this.text,
      this.guess,
      this.why,
    );
    this.draw();
  }

  button(text, act, attributes = {}) {
    const node = make("button", { type: "button", ...attributes }, text);
    this.page.on(node, "click", act);
    return node;
  }

  go(by) {
    this.i = (this.i + by + this.challenges.length) % this.challenges.length;
    this.draw();
    this.page.touch?.();
  }

  draw() {
    const { id, say, guess } = this.challenges[this.i];
    this.text.textContent = say;
    const [ask, answers] = guess;
    const buttons = answers.map((answer) =>
      this.button(answer, () => this.take(answer), { "data-guess": answer }),
    );
    this.guess.replaceChildren(make("span", {}, `Guess first: ${ask}`), ...buttons);
    this.mark(id);
    this.tell();
  }

  take(answer) {
    const { id } = this.challenges[this.i];
    this.guessed[id] = answer;
    if (this.met[id]) this.keep(id);
    this.mark(id);
    this.tell();
  }

  mark(id) {
    for (const node of this.guess.querySelectorAll("button")) {
      node.setAttribute("aria-pressed", `${node.dataset.guess === this.guessed[id]}`);
    }
  }

  // Met now? Once met it stays so.
  show(facts) {
    const { id, done } = this.challenges[this.i];
    if (this.met[id] || !facts || !done(facts)) return;
    this.keep(id);
    this.tell();
  }

  keep(id) {
    this.met[id] = this.guessed[id] ?? true;
    store(this.key, this.met);
  }

  tell() {
    const { id, guess, why } = this.challenges[this.i];
    const total = Object.keys(this.met).length;
    this.count.textContent = `${this.i + 1} of ${this.challenges.length}, ${total} met`;
    if (!this.met[id]) {
      this.why.replaceChildren();
      return;
    }
    const own = this.guessed[id];
    const [, , right] = guess;
    const verdict =
      own === right ? "Your guess was right." : `Your guess was “${own}”; it is “${right}”.`;
    this.why.replaceChildren(
      make("span", { class: "vx-done" }, "✓ Met. "),
      own ? `${why} ${verdict}` : "Why? Guess first.",
    );
  }
}
