"""A lecture: a lecturer and three students in Chromium play a deck's predictions to the end."""

import re

import pytest
from playwright.sync_api import expect

from tests.helpers import browser
from tests.helpers import room as helper
from tests.helpers.programs import missing
from vaelib.teaching import predictions

pytestmark = [pytest.mark.browser, pytest.mark.slow]
KINDS = list({each.kind: each for each in helper.everything()}.values())
LESSON = predictions.all_of(predictions.LESSONS[0])
PHONE = {"viewport": {"width": 375, "height": 740}, "device_scale_factor": 2, "has_touch": True}
# What the console says of a server that was killed, and of a code that no class has.
GONE = re.compile("ERR_(CONNECTION|INCOMPLETE)|status of 404")
PROJECTOR = {"viewport": {"width": 1280, "height": 720}}


@pytest.fixture
def open_page(chrome):
    """open_page(address, **context options) → a page in a browser profile of its own.

    No page may ask another server, nor report an error but that of a server that is gone.
    """
    contexts, asked, errors = [], [], []

    def opened(address, **options):
        context = chrome.new_context(reduced_motion="reduce", **options)
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: said.type == "error" and errors.append(said.text))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [url for url in asked if not re.match(r"http://127\.0\.0\.1:|data:|blob:", url)] == []
    assert [text for text in errors if not GONE.search(text)] == []


def lecture(folder, asked):
    return helper.serving(helper.build(folder / "build", asked))


def guess(phone, asked, n):
    """Make a guess by the face's own inputs, and keep it."""
    if asked.kind == "choice":
        options = phone.get_by_role("radio")
        options.first.wait_for()
        options.nth(n % options.count()).check()
    elif asked.kind == "number":
        phone.get_by_role("slider").focus()
        for _ in range(3 + n):
            phone.keyboard.press("ArrowRight")
    else:
        picture = phone.locator("#face canvas")
        picture.scroll_into_view_if_needed()
        box = picture.bounding_box()
        phone.mouse.click(box["x"] + box["width"] * (0.4 + 0.1 * n), box["y"] + box["height"] / 2)
    phone.get_by_role("button", name="Keep this guess").click()
    expect(phone.locator(".vq-said")).to_contain_text("Kept.")


def shot(page, name):
    browser.SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=browser.SCREENS / f"room-{name}.png")


def play(asked, slide, phones):
    """One question, from its slide to the measurement over the guesses."""
    count = slide.locator(".room-panel .count")
    slide.keyboard.press("ArrowRight")
    expect(count).to_have_text("0 of 3 answered")
    for n, phone in enumerate(phones):
        expect(phone.locator(".vq-question")).to_contain_text(asked.question)
        guess(phone, asked, n)
    expect(count).to_have_text("3 of 3 answered")
    guess(phones[0], asked, 2)  # a change is no second answer
    slide.wait_for_timeout(400)
    expect(count).to_have_text("3 of 3 answered")
    shot(slide, f"{asked.kind}-open")
    shot(phones[1], f"{asked.kind}-phone")
    slide.keyboard.press("ArrowRight")
    face = slide.locator("section:not([hidden]) .vq-said")
    expect(face).to_contain_text("3 guesses.")
    expect(face).not_to_contain_text("Measured")
    for phone in phones:
        expect(phone.get_by_role("heading", name="Closed")).to_be_visible()
    shot(slide, f"{asked.kind}-closed")
    slide.keyboard.press("ArrowRight")
    expect(face).to_contain_text("easured")
    for phone in phones:
        expect(phone.locator(".vq-said")).to_contain_text("You guessed")
    shot(slide, f"{asked.kind}-measured")
    shot(phones[1], f"{asked.kind}-phone-measured")


@pytest.mark.parametrize("asked", [KINDS, LESSON], ids=["every kind", "a whole lesson"])
def test_a_lecturer_and_three_students_play_a_deck(open_page, tmp_path, asked):
    with lecture(tmp_path, asked) as room:
        slide = open_page(f"{room.address}/deck/00.html?token={room.token}", **PROJECTOR)
        assert "token" not in slide.url
        phones = [open_page(f"{room.address}/", **PHONE) for _ in range(3)]
        for phone in phones:
            expect(phone.get_by_role("heading")).to_have_text("Wait for the next question")
            expect(phone.locator("#link")).to_have_text("Connected")
        slide.wait_for_timeout(500)
        for each in asked:
            play(each, slide, phones)
        slide.keyboard.press("ArrowRight")
        expect(slide.locator("h1", has_text="End")).to_be_visible()
        for phone in phones:
            expect(phone.get_by_role("heading")).to_have_text("Wait for the next question")
        # Back: what was answered is shown, not asked again.
        slide.keyboard.press("ArrowLeft")
        expect(slide.locator("section:not([hidden]) .vq-said")).to_contain_text("3 guesses.")
        slide.get_by_role("button", name="Ask again").click()
        expect(phones[0].get_by_role("heading", level=1)).to_have_text("A question")
        results = slide.context.new_page()
        results.goto(f"{room.address}/teach")
        results.get_by_role("link", name="Results").click()
        expect(results.locator(".vq-said", has_text="3 guesses.")).to_have_count(len(asked))
        shot(results, "results")


def test_phones_come_back_by_themselves_and_a_guess_half_made_stays(open_page, tmp_path):
    asked = next(each for each in KINDS if each.kind == "choice")
    folder = helper.build(tmp_path / "build", [asked])
    port = helper.free_port()
    room = helper.start(folder, port)
    try:
        slide = open_page(f"{room.address}/deck/00.html?token={room.token}", **PROJECTOR)
        phone, other = (open_page(f"{room.address}/", **PHONE) for _ in range(2))
        slide.keyboard.press("ArrowRight")
        guess(other, asked, 0)
        phone.get_by_role("radio").nth(1).check()
        room.kill()
        expect(phone.locator("#link")).to_have_text("Connecting again …")
        phone.get_by_role("button", name="Keep this guess").click()
        expect(phone.locator(".vq-said")).to_have_text("Sending …")
        shot(phone, "sending")
        room.process.stdout.close()
        room = helper.start(folder, port)
        expect(phone.locator(".vq-said")).to_contain_text("Kept.")
        expect(phone.locator("#link")).to_have_text("Connected")
        expect(phone.get_by_role("radio").nth(1)).to_be_checked()
        expect(slide.locator(".room-panel .count")).to_have_text("2 of 2 answered")
        slide.keyboard.press("ArrowRight")
        expect(slide.locator("section:not([hidden]) .vq-said")).to_contain_text("2 guesses.")
        expect(other.get_by_role("heading", name="Closed")).to_be_visible()
    finally:
        room.kill()
        room.process.stdout.close()


def test_in_a_rehearsal_next_turns_the_slide_at_once(open_page, tmp_path):
    with lecture(tmp_path, KINDS[:1]) as room:
        slide = open_page(f"{room.address}/deck/00.html?token={room.token}", **PROJECTOR)
        slide.keyboard.press("ArrowRight")
        expect(slide.locator(".room-panel .count")).to_have_text("0 of 0 answered")
        slide.keyboard.press("q")
        shot(slide, "code")
        slide.keyboard.press("q")
        slide.keyboard.press("ArrowRight")
        expect(slide.locator("h1", has_text="End")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_and_nothing_overflows(open_page, tmp_path, scheme):
    if not browser.AXE.exists():
        missing("axe-core", "`make axe` installs it")
    with lecture(tmp_path, KINDS) as room:
        options = {"color_scheme": scheme}
        slide = open_page(f"{room.address}/deck/00.html?token={room.token}", **PROJECTOR | options)
        phone = open_page(f"{room.address}/", **PHONE | options)
        pages = [("wait", phone)]
        pages += [("join", open_page(f"{room.address}/?code=wrong", **PHONE | options))]
        pages += [
            ("teach", open_page(f"{room.address}/teach?token={room.token}", **PHONE | options))
        ]
        for name, page in pages:
            fine(page, f"{scheme}-{name}")
        for asked in KINDS:
            slide.keyboard.press("ArrowRight")
            phone.get_by_text(asked.question).wait_for()
            slide.locator("aside[data-phase=open]").wait_for()
            fine(phone, f"{scheme}-{asked.kind}-phone")
            fine(slide, f"{scheme}-{asked.kind}-slide")
            guess(phone, asked, 1)
            for phase in ("closed", "measured"):
                slide.keyboard.press("ArrowRight")
                slide.locator(f"aside[data-phase={phase}]").wait_for()
            expect(phone.get_by_role("heading", level=1)).to_have_text("Measured")
            fine(phone, f"{scheme}-{asked.kind}-phone-measured")
            fine(slide, f"{scheme}-{asked.kind}-slide-measured")


def fine(page, name):
    """Look at it, let axe look at it, and see that nothing is wider than the window."""
    shot(page, name)
    # Evaluated and not added as a script, which the page's own policy would refuse.
    page.evaluate(browser.AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")
    said = [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]]
    assert said == [], name
    wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1], name
