// What explorers bring of their own, by their names; faces.py adds it when it joins the modules.
//   scenes  modules with scene(parameters, fixed) → {arrays, sentence, more}, where the browser
//           computes; `fixed` are the pack's fixed arrays
//   hands   what the hand can do: grips, tap, buttons, ghost, challenges, remember (hand.js)

export const scenes = {};
export const hands = {};
