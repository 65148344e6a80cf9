// Fill the places of the page that ask for a playground; an address after `#playground?` wins.

import { make } from "../../front/page.js";
import { Playground } from "./playground.js";

export function play(selector) {
  for (const root of document.querySelectorAll(selector)) {
    const own = root.dataset.vpState;
    if (own === undefined) continue;
    root.removeAttribute("data-vp-state");
    const [, said] = globalThis.location.hash.match(/^#playground\?(.*)$/) ?? [];
    try {
      root.explorer = new Playground(root, said ?? own);
    } catch (error) {
      root.classList.add("vx");
      root.replaceChildren(
        make(
          "p",
          { class: "vx-notice", role: "alert" },
          `The playground cannot start: ${error.message}`,
        ),
      );
    }
  }
}
