// Words that a newcomer may not know. In a text each is a button, and says in a line what it means;
// the page's own popover shows it, so a mouse, a finger and the keyboard all open and close it.

import { make } from "./page.js";

export const GLOSSARY = {
  nats: "The unit of a logarithm with base e: 1 nat more is 2.7 times as likely, 0.1 more 11 %.",
  KL:
    "How far a distribution q is from another, p: the mean under q of log q − log p, in nats. " +
    "Never negative, and 0 only where both are the same.",
  posterior: "p(z | x): how probable each z is as the maker of x, now that x is seen.",
  "held out": "Kept from training: only such data tell what was learnt from what was remembered.",
  bound: "L, which is never above log p(x). What it lacks is the KL from q to the posterior.",
};
const NAMES = Object.keys(GLOSSARY);
const KNOWN = /\b(?:(nats?)|(KL)|([Pp]osterior)|([Hh]eld[- ]out|[Uu]nseen)|([Bb]ound))\b/g;

// The text in parts [text, word], where each word of the glossary stands alone the first time.
export function split(text, seen = new Set()) {
  const found = [];
  let at = 0;
  for (const match of text.matchAll(KNOWN)) {
    const word = NAMES[match.slice(1).findIndex(Boolean)];
    if (seen.has(word)) continue;
    seen.add(word);
    found.push([text.slice(at, match.index), null], [match[0], word]);
    at = match.index + match[0].length;
  }
  return [...found, [text.slice(at), null]].filter(([part]) => part);
}

export class Glossary {
  constructor(face) {
    Object.assign(this, { face, notes: {}, node: make("div", { class: "vx-notes" }) });
  }

  // The text as nodes.
  mark(text, seen) {
    return split(text, seen).map(([part, word]) => (word ? this.button(part, word) : part));
  }

  button(text, word, attributes = {}) {
    const note = (this.notes[word] ??= this.note(word));
    const own = { type: "button", popovertarget: note.id, "data-word": word, ...attributes };
    const button = make("button", own, text);
    button.classList.add("vx-word");
    this.face.on(button, "click", () => beside(note, button));
    return button;
  }

  note(word) {
    const id = `${this.face.id}-${word.replace(" ", "-")}`;
    const text = [make("strong", {}, `${word}. `), GLOSSARY[word]];
    const note = make("p", { class: "vx-note", id, popover: "" }, ...text);
    this.node.append(note);
    return note;
  }
}

// Below the word, or above it where the window ends.
function beside({ style }, button) {
  const { left, top, bottom } = button.getBoundingClientRect();
  const height = globalThis.innerHeight;
  const above = bottom > height - 160;
  style.left = `max(.5em, min(${left}px, 100vw - 21em))`;
  [style.top, style.bottom] = above
    ? ["auto", `${height - top + 6}px`]
    : [`${bottom + 6}px`, "auto"];
}
