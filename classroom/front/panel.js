// What lies over a slide that asks: the way to join, how many answered, and what comes next.

const NEXT = {
  open: "Close and show the guesses",
  closed: "Show what was measured",
};

export class Panel {
  // acts: what the buttons do, { next, again }
  constructor(acts) {
    this.host = document.createElement("div");
    this.host.className = "room-panel";
    const shadow = this.host.attachShadow({ mode: "open" });
    shadow.innerHTML = `<link rel="stylesheet" href="/front/panel.css">
<aside aria-label="The room" hidden>
  <div class="qr"></div>
  <div class="words">
    <p class="way">Join at <strong class="address"></strong></p>
    <p class="count" role="status"></p>
    <p class="buttons">
      <button class="next"></button>
      <button class="again">Ask again</button>
      <button class="large" aria-keyshortcuts="q">Large code</button>
    </p>
  </div>
</aside>`;
    this.find = (selector) => shadow.querySelector(selector);
    this.aside = this.find("aside");
    this.find(".next").addEventListener("click", acts.next);
    this.find(".again").addEventListener("click", acts.again);
    this.find(".large").addEventListener("click", () => this.enlarge());
    document.body.append(this.host);
  }

  join({ address, qr }) {
    const [, host, path] = address.match(/^https?:\/\/([^/]*)(.*)$/);
    this.find(".address").replaceChildren(host, document.createElement("wbr"), path);
    this.find(".qr").innerHTML = qr;
    this.find(".qr svg").setAttribute("role", "img");
    this.find(".qr svg").setAttribute("aria-label", `QR code of ${address}`);
  }

  enlarge(on = !this.aside.classList.contains("all")) {
    this.aside.classList.toggle("all", on);
    this.find(".large").textContent = on ? "Small code" : "Large code";
  }

  hide() {
    this.aside.hidden = true;
    this.enlarge(false);
  }

  show(phase, measured) {
    this.aside.hidden = false;
    this.aside.dataset.phase = phase;
    if (phase !== "open") this.enlarge(false);
    const next = this.find(".next");
    next.hidden = !(phase in NEXT) || (phase === "closed" && !measured);
    if (phase in NEXT) next.textContent = NEXT[phase];
    this.find(".again").hidden = phase === "open";
  }

  count({ answered, phones }) {
    this.say(`${answered} of ${Math.max(phones, answered)} answered`);
  }

  say(text) {
    const place = this.find(".count");
    if (place.textContent !== text) place.textContent = text;
  }
}
