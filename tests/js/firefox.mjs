// {firefox, puppeteer, url} on standard input: opens the gallery's file in Firefox and prints what
// it finds as JSON: errors, explorers that were drawn, and whether a key and a click moved them.

import { readFileSync } from "node:fs";

const { firefox, puppeteer: module, url } = JSON.parse(readFileSync(0, "utf8"));
const { default: puppeteer } = await import(module);
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: firefox,
  defaultViewport: null, // not every Firefox knows how to set one
  args: ["--width=1280", "--height=900"],
});
try {
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (said) => said.type() === "error" && errors.push(said.text()));
  await page.goto(url);
  await page.waitForFunction(
    "[...document.querySelectorAll('.vx')].every((root) => root.explorer?.shown)",
    { timeout: 120_000 },
  );
  await page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))");
  const moved = {};
  for (const slider of await page.$$(".vx:not(.vp) input[type=range]")) {
    const name = await slider.evaluate((input) => input.closest("section").id);
    if (name in moved) continue;
    const state = () =>
      slider.evaluate((input) => JSON.stringify(input.closest(".vx").explorer.parameters));
    const before = await state();
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    if ((await state()) === before) await page.keyboard.press("ArrowLeft");
    moved[name] = (await state()) !== before;
  }
  await page.waitForFunction("document.querySelector('.vp').explorer.round >= 20", {
    timeout: 120_000,
  });
  const points = () => page.evaluate("document.querySelector('.vp').explorer.cloud.n");
  const before = await points();
  const canvas = await page.$("[data-panel=infinite] .vp-plane > canvas");
  await canvas.scrollIntoView();
  await canvas.click({ offset: { x: 20, y: 20 } });
  const played = {
    drew: (await points()) - before,
    worker: await page.evaluate("Boolean(document.querySelector('.vp').explorer.bench.worker)"),
  };
  console.log(JSON.stringify({ errors, moved, played }));
} finally {
  await browser.close();
}
