// Numbers as a page says them, with a true minus sign: the twins of words.py.

const LINKED = /\[([^\]]*)\]\((\w+)\)/g;

// The sentence as it is read, without its links.
export const plain = (sentence) => sentence.replace(LINKED, "$1");

// The sentence's parts: [text, name], where the name of plain text is null.
export function parts(sentence) {
  const found = [];
  let at = 0;
  for (const link of sentence.matchAll(LINKED)) {
    found.push([sentence.slice(at, link.index), null], [link[1], link[2]]);
    at = link.index + link[0].length;
  }
  return [...found, [sentence.slice(at), null]].filter(([text]) => text);
}

// The decimals; what rounds to zero has no sign.
export function number(value, digits) {
  return value
    .toFixed(digits)
    .replace("-", "−")
    .replace(/^−(0(\.0*)?)$/, "$1");
}

// The decimals; halves go up, also those that are a rounding error short of a half.
export function rounded(value, digits) {
  const scale = 10 ** digits;
  return number(Math.floor(value * scale + 0.500001) / scale, digits);
}
