// The line with one challenge: its sentence, a guess first, how near it is, and why, when it is met
// and guessed. A challenge {id, say, guess, done, why} may bring near(facts), in words: "2 of 4
// corners". It counts what is done after it was turned to or guessed. What was met is kept in this
// browser with what was guessed, or true, where it lets a page keep anything.

import { make } from "./page.js";

const FIRST = "You are there. Guess, and come here once more: it counts from then on.";
const AGAIN = "So it is already. Leave it and come back: then it counts.";

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
    this.how = make("p", { class: "vx-how" });
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
      this.how,
      this.guess,
      this.why,
    );
    this.opened = false;
    this.draw();
  }

  button(text, act, attributes = {}) {
    const node = make("button", { type: "button", ...attributes }, text);
    this.page.on(node, "click", act);
    return node;
  }

  go(by) {
    this.i = (this.i + by + this.challenges.length) % this.challenges.length;
    this.open();
    this.draw();
    this.page.touch?.();
  }

  // From here on the challenge counts; what holds already must be left first.
  open() {
    this.opened = true;
    this.facts = this.page.begin?.() ?? this.facts;
    this.held = Boolean(this.facts && this.challenges[this.i].done(this.facts));
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
    if (!this.opened) this.open();
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
    if (!facts) return;
    this.facts = facts;
    const { id, done } = this.challenges[this.i];
    const there = !this.met[id] && Boolean(done(facts));
    if (there && this.opened && !this.held) this.keep(id);
    this.held = there && !this.met[id];
    this.tell();
  }

  // How near it is now, also on the way.
  tellHow(facts) {
    const { id, near } = this.challenges[this.i];
    const text = this.met[id] || !facts ? "" : (near?.(facts) ?? "");
    this.how.textContent = text && `Now: ${text}.`;
  }

  keep(id) {
    this.met[id] = this.guessed[id] ?? true;
    store(this.key, this.met);
  }

  // Said once, not at each move of a hand.
  say(text, done = "") {
    if (this.why.textContent === done + text) return;
    this.why.replaceChildren(...(done && [make("span", { class: "vx-done" }, done)]), text);
  }

  tell() {
    const { id, guess, why } = this.challenges[this.i];
    const total = Object.keys(this.met).length;
    this.count.textContent = `${this.i + 1} of ${this.challenges.length}, ${total} met`;
    this.tellHow(this.facts);
    if (!this.met[id]) {
      this.say(this.held ? (this.opened ? AGAIN : FIRST) : "");
      return;
    }
    const own = this.guessed[id];
    const [, , right] = guess;
    const verdict =
      own === right ? "Your guess was right." : `Your guess was “${own}”; it is “${right}”.`;
    this.say(own ? `${why} ${verdict}` : "Why? Guess first.", "✓ Met. ");
  }
}
