// The ways in: anywidget's render, where a kernel keeps the guess, and hydrate, without one.

import { make } from "../../explore/front/page.js";
import { Prediction } from "./prediction.js";

export { Prediction } from "./prediction.js";

// Fill the places of the page that no other copy of this module has filled.
export function hydrate(selector) {
  for (const root of document.querySelectorAll(selector)) {
    const { vq, vqForm: form, vqGuess, vqMeasured } = root.dataset;
    if (!vq || root.prediction) continue;
    const given = { guess: parsed(vqGuess), measured: parsed(vqMeasured) };
    root.prediction = new Prediction(root, JSON.parse(vq), { form, ...given });
  }
}

// Fill all places of the page, also those that come later; one copy of the module does it.
export function watch() {
  const every = () => hydrate("[data-vq]");
  every();
  if (globalThis.vaelibPredictions) return;
  globalThis.vaelibPredictions = true;
  new MutationObserver(every).observe(document.body, { childList: true, subtree: true });
}

const PATIENCE = 3000; // ms
const LATE =
  "The kernel does not answer. If it is busy, your guess is kept when it is done. " +
  "If it has ended, run this cell again, then keep your guess again.";

const parsed = (text) => (text === undefined ? null : JSON.parse(text));

// For anywidget: takes the place of the face that stands alone beside it.
export const widget = {
  render({ model, el }) {
    const root = make("div");
    el.append(root);
    const waiting = [];
    const heard = ({ kept, error }) => waiting.shift()?.(kept ? "" : error);
    const keep = async (guess) => {
      const answer = new Promise((resolve) => waiting.push(resolve));
      try {
        model.send({ guess });
      } catch {
        waiting.pop();
        throw new Error(LATE);
      }
      const late = setTimeout(() => root.prediction.say(LATE), PATIENCE);
      const why = await answer;
      clearTimeout(late);
      if (why) throw new Error(why);
    };
    model.on("msg:custom", heard);
    const [declaration, guess] = [model.get("declaration"), model.get("guess")];
    root.prediction = new Prediction(root, declaration, { form: "ask", guess, keep });
    document.getElementById(model.get("twin"))?.remove();
    watch();
    return () => {
      model.off("msg:custom", heard);
      root.prediction.remove();
    };
  },
};
