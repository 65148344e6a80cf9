// Fill the places of the page that ask to draw a digit; an address after `#digit?` wins.

import { gunzip } from "../../front/packed.js";
import { make } from "../../front/page.js";
import { readFile } from "../engine/file.js";
import { Digit } from "./digit.js";

export async function draw(selector) {
  for (const root of document.querySelectorAll(selector)) {
    const { vdPack: pack, vdState: own = "" } = root.dataset;
    if (!pack) continue;
    root.removeAttribute("data-vd-pack");
    const [, said] = globalThis.location.hash.match(/^#digit\?(.*)$/) ?? [];
    try {
      const bytes = Uint8Array.from(atob(pack), (letter) => letter.charCodeAt(0));
      root.explorer = new Digit(root, readFile(await gunzip(bytes)), said ?? own);
    } catch (error) {
      root.classList.add("vx");
      root.replaceChildren(
        make("p", { class: "vx-notice", role: "alert" }, `The page cannot start: ${error.message}`),
      );
    }
  }
}
