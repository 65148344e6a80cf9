// What is no digit: a star, drawn in one line.

const RADIUS = 11; // pixels
const TURN = (4 / 5) * Math.PI; // from point to point

// The places that it joins, in pixels from the upper left corner; `turned` from its upright place.
export const star = (turned) =>
  Array.from({ length: 6 }, (_, i) => {
    const angle = turned + i * TURN;
    return [14 + RADIUS * Math.sin(angle), 14.5 - RADIUS * Math.cos(angle)];
  });
