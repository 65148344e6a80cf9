// The guesses that this browser keeps, where it lets a page keep anything; who asks hears of them.

const KEY = "vaelib-predictions";
const NEWS = "vq-guess";

// The guess, or null; also where an older page kept one that no longer fits.
export function recall({ number, kind, options, axes, at }) {
  try {
    const guess = JSON.parse(localStorage.getItem(KEY))?.[number] ?? null;
    if (kind === "choice") return Object.hasOwn(options, guess) ? guess : null;
    const wanted = (kind === "curve" ? at : axes).length;
    return guess.length === wanted && guess.every(Number.isFinite) ? guess : null;
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
