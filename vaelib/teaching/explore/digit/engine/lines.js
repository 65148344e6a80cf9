// What is drawn in one line, as places in pixels from the upper left corner: a 3, and what is no
// digit, a star.

const RADIUS = 11; // pixels
const TURN = (4 / 5) * Math.PI; // from point to point

// `turned`: from its upright place.
export const star = (turned) =>
  Array.from({ length: 6 }, (_, i) => {
    const angle = turned + i * TURN;
    return [14 + RADIUS * Math.sin(angle), 14.5 - RADIUS * Math.cos(angle)];
  });

// Two bows, one below the other.
export const three = [
  ...bow([14, 10], [4.2, 3.8], -1.2, 2.8),
  ...bow([14, 18], [4.8, 4.2], 0.3, 4.2),
];

// Part of an ellipse, clockwise; angles from its top.
function bow([x, y], [wide, high], from, to) {
  return Array.from({ length: 9 }, (_, i) => {
    const angle = from + (i / 8) * (to - from);
    return [x + wide * Math.sin(angle), y - high * Math.cos(angle)];
  });
}
