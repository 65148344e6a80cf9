// Everything the class was asked: its guesses, and what was measured over them.

import { get } from "./ask.js";
import { Prediction } from "./predict.js";

const { code } = JSON.parse(document.body.dataset.room);

for (const section of document.querySelectorAll("[data-number]")) {
  const found = await get(`/teach/${code}/questions/${section.dataset.number}`);
  const { guesses, measured } = found;
  new Prediction(section.querySelector(".face"), found.question, {
    form: "screen",
    guesses,
    measured,
  });
}
