// The guesses that this browser keeps, where it lets a page keep anything; who asks hears of them.

const KEY = "vaelib-predictions";
const NEWS = "vq-guess";

export function recall(number) {
  try {
    return JSON.parse(localStorage.getItem(KEY))?.[number] ?? null;
  } catch {
    return null;
  }
}

export function keep(number, guess) {
  try {
    const all = JSON.parse(localStorage.getItem(KEY)) ?? {};
    localStorage.setItem(KEY, JSON.stringify({ ...all, [number]: guess }));
  } catch {
    // The page's other faces hear of it all the same.
  }
  globalThis.dispatchEvent(new CustomEvent(NEWS, { detail: { number, guess } }));
}

export function onGuess(number, heard, signal) {
  const listen = ({ detail }) => detail.number === number && heard(detail.guess);
  globalThis.addEventListener(NEWS, listen, { signal });
}
