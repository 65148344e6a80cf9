"""Pages of others around explorers: zoomed, right to left, styled, hidden at first, …

A host is HTML with `{}` where the explorers stand.
"""

from vaelib.teaching.explore import faces

STYLES = """<style>
* { box-sizing: content-box; margin: 3px; letter-spacing: 1px; }
canvas { border: 3px solid red; padding: 9px; max-width: 200px; height: 90px; display: inline; }
label { display: block; float: left; width: 7em; font-weight: bold; text-transform: uppercase; }
input, select, button, output { display: block; width: 60px; position: relative; left: 20px; }
input[type=radio] { appearance: none; opacity: 0.1; }
p, figure, fieldset, legend { margin: 2em; text-indent: 3em; line-height: 3; columns: 2; }
div, span { display: inline; color: pink; } svg, canvas { transform: rotate(3deg); }
article.host p { font: italic 30px serif; } .host div > figure { float: right; width: 99px; }
</style><article class="host">{}</article>"""
HUGE = """<style>
html { font-size: 44px; }
body { font: bold 3rem/2.5 serif; text-align: center; text-transform: uppercase; color: #eee;
  letter-spacing: .3em; word-spacing: 1em; white-space: pre; text-shadow: 2px 2px red; }
</style>{}"""
SLIDES = """<style>
.slides { position: absolute; left: 50%; top: 50%; width: 960px; text-align: center;
  font-size: 42px; transform: translate(-50%, -50%) scale(0.8); }
.slides section { visibility: hidden; } .slides .present { visibility: visible; }
</style><div style="height: 100vh"><div class="slides">
<section class="shown-later">{}</section></div></div>"""
MAGNIFIED = {
    "zoomed": '<div style="zoom: 1.5">{}</div>',
    "zoomed out": '<div style="zoom: 0.7">{}</div>',
    "zoomed twice": '<div style="zoom: 1.5"><div style="zoom: 1.2; padding: 13px">{}</div></div>',
    "scaled": '<div style="transform: scale(1.3); transform-origin: 0 0; width: 700px">{}</div>',
    "scaled in zoom": '<div style="zoom: 1.4"><div style="transform: scale(0.8)">{}</div></div>',
}
STYLED = {
    "right to left": '<html dir="rtl" lang="ar"><body>{}</body></html>',
    "right to left by style": "<style>* { direction: rtl; unicode-bidi: bidi-override; }</style>{}",
    "styled": STYLES,
    "huge letters": HUGE,
}
HIDDEN = {
    "details": "<details><summary>More</summary>{}</details>",
    "hidden": "<div hidden>{}</div>",
    "no display": '<div style="display: none">{}</div>',
    "no width": '<div style="width: 0; overflow: hidden">{}</div>',
    "slides": SLIDES,
}
OTHER = {
    "plain": "{}",
    "narrow": '<div style="width: 250px">{}</div>',
    "table": "<table><tr><td>{}</td><td>beside</td></tr></table>",
    "float": '<div style="float: right">{}</div>',
    "columns": '<div style="columns: 2">{}</div>',
    "dark": '<html data-theme="dark"><body>{}</body></html>',
    "form": '<form><input type="radio" name="k" id="k" checked><p id="steps"></p>{}</form>',
}
HOSTS = MAGNIFIED | STYLED | HIDDEN | OTHER

# Show what was hidden at first.
SHOW = """() => {
  for (const node of document.querySelectorAll("details")) node.open = true;
  for (const node of document.querySelectorAll("div[hidden]")) node.hidden = false;
  for (const node of document.querySelectorAll("body div")) {
    if (node.style.display === "none") node.style.display = "block";
    if (node.style.width === "0px") node.style.width = "";
  }
  for (const node of document.querySelectorAll(".shown-later")) node.className = "present";
}"""


def document(body):
    """A page of that HTML."""
    return f'<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">{body}'


def around(host, *explorers):
    """The host's page around faces of (explorer, parameters), each with its own module."""
    outputs = [faces.alone(e, given, twin=f"t{i}") for i, (e, given) in enumerate(explorers)]
    return document(host.replace("{}", "".join(outputs)))
