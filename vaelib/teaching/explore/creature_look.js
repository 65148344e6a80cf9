// What the eye sees of a creature's picture: creature_look.py, line by line.

const PAPER = 60; // levels from the corner's colour up to which a pixel is paper
const COLOUR = 0.2; // the strength from which a mean colour has a hue

// Which of the 576 pixels are the creature's.
const outline = (image) =>
  Array.from({ length: 576 }, (_, k) =>
    [0, 1, 2].some((c) => Math.abs(image[3 * k + c] - image[c]) > PAPER),
  );

// The hue of the mean colour of those pixels in degrees, and its strength, 0 (grey) to 1.
function colour(image, inside) {
  const total = [0, 0, 0];
  inside.forEach((own, k) => own && total.forEach((_, c) => (total[c] += image[3 * k + c])));
  const [low, high] = [Math.min(...total), Math.max(...total)];
  const [r, g, b] = total.map((value) => (value - low) / (high - low || 1));
  const hue = Math.atan2(Math.sqrt(3) * (g - b), 2 * r - g - b) * (180 / Math.PI);
  return [hue, (high - low) / (high || 1)];
}

// The turn of the colour in degrees, the outline kept in per cent, and whether it has a hue.
export function changed(before, after) {
  const [a, b] = [outline(before), outline(after)];
  const [[hue], [other, strength]] = [colour(before, a), colour(after, b)];
  const turn = Math.abs(((other - hue + 540) % 360) - 180);
  const both = a.filter((own, k) => own && b[k]).length;
  const either = a.filter((own, k) => own || b[k]).length;
  return [turn, (100 * both) / either, strength >= COLOUR];
}
