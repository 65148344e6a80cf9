// A student's page: it shows what the class is asked, and sends guesses until they are kept.

import { Refused, post } from "./ask.js";
import { Prediction } from "./predict.js";

const SILENT = 40_000; // ms without a word from the server, which speaks every 15 s
const { code } = JSON.parse(document.body.dataset.room);
const [title, said, place, link] = ["title", "said", "face", "link"].map((id) =>
  document.getElementById(id),
);
const WORDS = {
  open: [
    "A question",
    "Make your guess, then keep it. You may change it until the question closes.",
  ],
  closed: ["Closed", "Look at the slide: what does the room think?"],
  measured: ["Measured", "Your guess beside what the experiment gave."],
  wait: ["Wait for the next question", "It appears here by itself. Leave this page open."],
};
let prediction = null;
let shown = "";

function show(state) {
  const { number, phase = "wait" } = state;
  const key = `${number} ${phase}`;
  if (key === shown) return; // also after a new connection: a guess half made stays
  shown = key;
  document.body.dataset.phase = phase;
  [title.textContent, said.textContent] = WORDS[phase];
  prediction?.remove();
  prediction = null;
  place.hidden = number === null;
  if (number !== null) fill(state);
}

function fill({ phase, question, guess, measured = null }) {
  const root = document.createElement("div");
  place.replaceChildren(root);
  const form = { open: "ask", closed: "screen", measured: "reveal" }[phase];
  prediction = new Prediction(root, question, { form, guess, measured, keep });
  // A guess that this browser kept at home is only proposed here.
  const own = prediction.state.guess;
  if (guess === null && own !== null)
    phase === "open" ? prediction.take(own) : prediction.show({ guess });
  if (phase === "open") root.addEventListener("vq-kept", confirm);
  if (phase === "closed" && guess === null) said.textContent += " You made no guess this time.";
}

function confirm() {
  if (!prediction.pending) prediction.say("Kept. You may change it until the question closes.");
}

// The server says yes once the guess is on its disk. Until then it is sent again, for 15 seconds.
async function keep(guess) {
  const { number } = prediction.declaration;
  for (let wait = 250; wait < 9000; wait *= 2) {
    try {
      return await post(`/c/${code}/answer`, { number, guess });
    } catch (error) {
      if (error instanceof Refused) throw error;
      prediction?.say("Sending …");
    }
    await new Promise((resolve) => setTimeout(resolve, wait * (0.75 + Math.random() / 2)));
  }
  throw new Error("The room does not answer. Keep your guess again in a moment.");
}

let stream = null;
let heard = 0;

function listen() {
  stream?.close();
  stream = new EventSource(`/c/${code}/events`);
  heard = Date.now();
  const alive = () => {
    heard = Date.now();
    say("Connected", "yes");
  };
  stream.addEventListener("state", ({ data }) => {
    alive();
    show(JSON.parse(data));
  });
  stream.addEventListener("beat", alive);
  stream.addEventListener("error", () => {
    say(navigator.cookieEnabled ? "Connecting again …" : "Allow cookies for this page", "no");
    if (stream.readyState === EventSource.CLOSED) setTimeout(renew, 2000);
  });
}

function say(text, up) {
  if (link.textContent !== text) link.textContent = text;
  document.body.dataset.up = up;
}

// Where the browser gave up: the class may be gone, the cookie too, or the server not yet back.
async function renew() {
  try {
    const { status } = await fetch(location.href, { cache: "no-store" });
    if (status === 404) return gone();
  } catch {
    // Not back yet.
  }
  return listen();
}

function gone() {
  show({ number: null });
  [title.textContent, said.textContent] = ["This class has ended", "Its answers were deleted."];
  say("", "no");
}

function look() {
  if (stream.readyState !== EventSource.CLOSED && Date.now() - heard > SILENT) listen();
}

listen();
setInterval(look, 5000);
document.addEventListener("visibilitychange", look);
