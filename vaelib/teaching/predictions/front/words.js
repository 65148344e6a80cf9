// A guess and a measurement in words, and what the guess was worth.

import { number } from "../../explore/words.js";

// Three digits, as many decimals as they need.
export function figure(value) {
  if (!value) return "0";
  const size = Math.floor(Math.log10(Math.abs(value)));
  const text = number(value, Math.min(6, Math.max(0, 2 - size)));
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

const unit = ({ unit: text = "" }) => (text ? ` ${text}` : "");

export function inWords(declaration, value) {
  if (declaration.kind === "choice") return `“${declaration.options[value]}”`;
  if (declaration.kind === "number") return `${figure(value[0])}${unit(declaration)}`;
  const numbers = value.map(figure).join(", ");
  return value.length > 1 ? `(${numbers})` : numbers;
}

// How far: a factor on a logarithmic scale, a difference, a distance, a mean difference.
export function off({ kind, axes }, guess, measured) {
  const apart = guess.map((value, i) => Math.abs(value - measured[i]));
  if (kind === "curve") return apart.reduce((a, b) => a + b, 0) / apart.length;
  if (kind === "number" && axes[0].log) return Math.exp(Math.abs(Math.log(guess[0] / measured[0])));
  return Math.hypot(...apart);
}

export function hit(declaration, guess, measured) {
  if (declaration.kind === "choice") return guess === measured;
  return off(declaration, guess, measured) <= declaration.within;
}

// Why a wrong guess tempts, or "".
export function why(declaration, guess) {
  const { kind, tempting, within } = declaration;
  if (kind === "choice") return tempting.find(([other]) => other === guess)?.[1] ?? "";
  if (kind === "number") {
    return tempting.find(([[low, high]]) => low <= guess[0] && guess[0] <= high)?.[1] ?? "";
  }
  const near = tempting.map(([other, text]) => [off(declaration, guess, other), text]);
  near.sort(([a], [b]) => a - b);
  return near.length && near[0][0] <= within ? near[0][1] : "";
}

function distance(declaration, guess, measured) {
  const { kind, axes } = declaration;
  const far = off(declaration, guess, measured);
  if (kind === "curve") return `On average ${figure(far)} away.`;
  if (kind === "place") return `${figure(far)} away.`;
  if (axes[0].log)
    return `A factor of ${figure(far)} too ${guess[0] > measured[0] ? "large" : "small"}.`;
  return `${figure(far)}${unit(declaration)} too ${guess[0] > measured[0] ? "large" : "small"}.`;
}

// How the picture shows them, where no name stands in it.
const SIGNS = { place: ["○ ", "× "], curve: ["— ", "- - "] };

// [what was measured, what was guessed, whether that is a hit, why it tempts]
export function verdict(declaration, guess, measured) {
  const curve = declaration.kind === "curve";
  const named = !curve && !(declaration.kind === "place" && declaration.axes[1]);
  const [measuredAs, guessedAs] = named ? ["", ""] : SIGNS[declaration.kind];
  const value = curve ? "" : `: ${inWords(declaration, measured)}`;
  const said = `${measuredAs}Measured, ${declaration.measures}${value}.`;
  if (guess === null) return [said, "", null, ""];
  const right = hit(declaration, guess, measured);
  const guessed = `${guessedAs}You guessed${curve ? "" : ` ${inWords(declaration, guess)}`}.`;
  const far = right || declaration.kind === "choice" ? "" : distance(declaration, guess, measured);
  return [said, `${guessed} ${far}`.trim(), right, right ? "" : why(declaration, guess)];
}
