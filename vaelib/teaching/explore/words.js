// Numbers as a page says them, with a true minus sign: the twins of words.py.

// The decimals; what rounds to zero has no sign.
export function number(value, digits) {
  return value.toFixed(digits).replace("-", "−").replace(/^−(0(\.0*)?)$/, "$1");
}

// The decimals; halves go up, also those that are a rounding error short of a half.
export function rounded(value, digits) {
  const scale = 10 ** digits;
  return number(Math.floor(value * scale + 0.500001) / scale, digits);
}
