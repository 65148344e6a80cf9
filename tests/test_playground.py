"""The playground's page in Chromium, and what of it needs no browser: address, challenges, size."""

import json
import random
import re

import numpy as np
import pytest

from tests.helpers import browser
from tests.helpers.node import JS, node
from tools import explorers
from vaelib.teaching import explore
from vaelib.teaching.explore import playground
from vaelib.teaching.explore.squeeze import squeeze, squeeze_styles

FOLDER = str(playground.HERE)
PARTS = "tools stamps settings strips track time sentence challenges share".split()


def javascript(body, *arguments):
    """What the body of an async function in node returns; it has `folder` and `given`."""
    program = f"""
      const folder = {json.dumps(FOLDER)}, given = {json.dumps(arguments)};
      const answer = await (async () => {{ {body} }})();
      console.log(JSON.stringify(answer));
    """
    return json.loads(node("--input-type=module", "-e", program))


# ---- without a browser


def test_the_page_is_one_module_of_at_most_120_kilobytes():
    text = playground.module()
    assert len(text.encode()) + len(playground.styles().encode()) < 120_000
    assert "import " not in text.split("\n", 1)[0] and "\nexport " not in text
    assert "</script" not in text


def test_squeezing_takes_spaces_and_comments_and_no_more():
    text = "a = 'x , y // z'; // it's said\nb = `p = ${f({ q: \" , \" })} s` + c - -d; // 'no'\ne"
    assert squeeze(text) == "a='x , y // z';b=`p = ${f({ q: \" , \" })} s`+c - -d;e"
    assert squeeze("const a = 'const b'; // one\nfor (const c of d) e;") == (
        "let a='const b';for(let c of d)e;"
    )
    lines = "f(\n[a / 2,\nb++ + c,\n],\n{ d }\n);\nif (a) {\nb\n}\nc = d\ne = `\n,\n`"
    assert squeeze(lines) == "f([a/2,b++ + c],{d});if(a){b}c=d\ne=`\n,\n`"
    assert squeeze("f = () =>\n{ a = ! b\n? c\n.d\n: `;}`;\n}") == "f=()=>{a=!b?c.d:`;}`}"


def test_squeezing_leaves_the_rules_of_a_style_sheet():
    text = "/* a,\n b */\n.a :hover, #b:not(*) {\n  margin: 0 .5em;\n& .c {\n width: 1em }}"
    wanted = " .a :hover,#b:not(*){margin:0 .5em;& .c{width:1em}}"
    assert squeeze_styles(text) == wanted


def test_what_an_address_writes_it_reads():
    state = {"points": [[0, 4095], [2048, 77]], "K": 7, "beta": 0.5, "prior": "two humps",
             "noise": False, "x": [0.5, -1.25], "hide": ["track", "time"]}  # fmt: skip
    read = javascript(
        "const a = await import(`${folder}/page/address.js`);"
        "return a.read(a.write(given[0]), ['ring']);",
        state,
    )
    assert read == {"state": state, "faults": []}


def test_a_wrong_address_is_named_and_left_out():
    text = "K=99&beta=x&prior=flat&points=abc&sigma=&noise=2&x=1&hide=all&stamp=cat&__proto__=1&d=2"
    body = "return (await import(`${folder}/page/address.js`)).read(given[0], []);"
    read = javascript(body, text)
    assert read["state"] == {"d": 2}
    assert len(read["faults"]) == 10
    assert all("wanted" in fault for fault in read["faults"])


def test_any_text_is_read():
    """2,000 random addresses: what comes back is within the limits, and nothing is thrown."""
    draw = random.Random(0)
    words = "K d beta prior points x hide lock seed stamp constructor".split()
    letters = "0123456789.,-%&=eE+ABCxyz \u221e\u0000"
    texts = [
        "&".join(
            f"{draw.choice(words)}={''.join(draw.choices(letters, k=draw.randrange(9)))}"
            for _ in range(draw.randrange(5))
        )
        for _ in range(2000)
    ]
    body = "const { read } = await import(`${folder}/page/address.js`);"
    states = javascript(body + "return given[0].map((text) => read(text, ['ring']).state);", texts)
    assert all(1 <= state.get("K", 1) <= 12 and state.get("d", 1) in (1, 2) for state in states)
    assert sum(bool(state) for state in states) > 100


def way(stamp, rounds=600, n=80, seed=1, phases=None, **more):
    """How one challenge is met; with narrow networks, which train faster."""
    phases = phases or [{"settings": {}, "rounds": rounds}]
    phases[0]["settings"] = {"width": 16} | phases[0]["settings"]
    return {"stamp": stamp, "n": n, "seed": seed, "phases": phases} | more


WAYS = {
    "curve-wins": way("ring", seed=2, phases=[{"settings": {"K": 3}, "rounds": 600}]),
    "ellipses-win": way("cross", seed=1),
    "asleep": way("disc"),
    "copies": way("cross", 0, 160, 3, [{"settings": {"width": 32}, "rounds": 1000}]),
    "ten-points": way("crescent", n=10, rounds=1000),
    "early": way("crescent", n=10, rounds=800, back=True),
    "seam": way("ring", seed=2),
    "wake": way(
        "crescent",
        phases=[{"settings": {"beta": 8}, "rounds": 150}, {"settings": {"beta": 1}, "rounds": 600}],
    ),
    "no-kl": way("crescent", phases=[{"settings": {"kl": False}, "rounds": 300}]),
    "one-is-enough": way("disc"),
    "two-owners": way("ring", rounds=300, x=[0.0, 0.0]),
    "one-nat": way("crescent", rounds=300, x=[2.0, 0.0], bend=True),
}


@pytest.mark.parametrize("name", WAYS)
def test_a_challenge_is_open_at_the_start_and_met_in_the_end(name):
    content = {"folder": FOLDER, "ways": [WAYS[name]]}
    [(start, end, _)] = json.loads(node(JS / "challenges.mjs", content=content))
    assert name not in start
    assert name in end


def test_every_challenge_has_a_way_and_a_guess_that_can_be_right():
    body = "return (await import(`${folder}/page/challenges.js`)).CHALLENGES;"
    challenges = javascript(body)
    assert {each["id"] for each in challenges} == set(WAYS) and len(challenges) >= 12
    for each in challenges:
        _, answers, right = each["guess"]
        assert right in answers and len(answers) > 1
        assert each["why"].endswith(".")


def ends(stamp, n, rounds, **settings):
    """The numbers after so many rounds, for three seeds."""
    phases = [{"settings": settings, "rounds": rounds}]
    plan = {"stamp": stamp, "n": n, "phases": phases, "plain": True}
    ways = [plan | {"seed": seed} for seed in (1, 2, 3)]
    found = json.loads(node(JS / "challenges.mjs", content={"folder": FOLDER, "ways": ways}))
    return [numbers for _, _, numbers in found]


@pytest.mark.slow
def test_lesson_05_on_the_spiral_the_bound_costs_more_than_a_nat():
    """One decoder, trained on log p(x) or on L: the VAE stays at one Gaussian."""
    for numbers in ends("spiral", 160, 1000):
        held = numbers["held"]
        assert held["infinite"] - held["vae"] > 1
        assert abs(held["vae"] - held["one"]) < 0.1 and numbers["kl"] < 0.4


@pytest.mark.slow
def test_lesson_08_without_the_kl_log_p_falls_below_one_gaussians_and_the_copies_stay():
    with_kl, without = ends("crescent", 240, 600), ends("crescent", 240, 600, kl=False)
    for a, b in zip(with_kl, without, strict=True):
        assert a["held"]["vae"] > a["held"]["one"] + 1
        assert b["held"]["vae"] < b["held"]["one"] - 1
        assert b["sigma"][1] < a["sigma"][1]  # the decoder's own measure of its miss


def test_the_sentence_names_who_sleeps_and_who_copies():
    held = {"one": -3, "mixture": -2, "infinite": -1, "vae": -3.01, "bound": -3.02, "lent": -3.5}
    awake = {"held": held | {"vae": -2, "bound": -2.3}, "kl": 1.2, "miss": 0.2}
    body = "return given[0].map((n) => say.sentence(n, false, false));"
    body = "const say = await import(`${folder}/page/say.js`);" + body
    guest = {"held": dict.fromkeys(held, -3) | {"lent": -2}, "kl": 1, "miss": 0.2}
    rows = [{"held": held, "kl": 0.02, "miss": 0.01}, awake, awake | {"kl": 0.1}, guest]
    asleep, bound, odd, beaten = javascript(body, rows)
    assert "no better than one Gaussian" in asleep and "no density" in asleep
    assert "0.30 nats below" in bound and "density" not in bound
    assert "sleeps" not in bound + odd
    assert "No model beats" in beaten and "The guest, an autoencoder" in beaten
    assert "guest" not in asleep + bound + odd


def test_the_sentence_names_what_is_stuck_or_learned_by_heart():
    held = dict.fromkeys("one mixture infinite vae bound lent".split(), -3)
    learned = {"held": held | {"infinite": -9}, "train": {"infinite": 0}, "kl": 1, "miss": 1}
    body = "const say = await import(`${folder}/page/say.js`); const [n] = given;"
    said = javascript(body + "return [0, 1].map((s) => say.sentence(n, true, false, s));", learned)
    assert "by heart" in said[0] and "stuck" in said[1]


def test_of_x_the_sentence_says_who_could_have_made_it():
    """No top inside the line is a top at its end."""
    body = "const { ofX } = await import(`${folder}/page/say.js`); return given[0].map(ofX);"
    q = {"logp": -2, "bound": -2.5, "peaks": 2}
    rows = [{"mixture": {"shares": r}, "infinite": {"peaks": n}, "vae": q}
            for r, n in (([0.1, 0.9], 0), ([0.5, 0.5], 1), ([1, 0], 2), ([0, 1], 3))]  # fmt: skip
    one, unsure, two, more = javascript(body, rows)
    assert one.startswith("Gaussian 2 made this x with probability 0.90. One part")
    assert unsure.startswith("No Gaussian") and "One part" in unsure
    assert "Gaussian 1" in two and "over 0.99. Two parts" in two and "Several parts" in more
    assert all("loses 0.50 nats, as one Gaussian cannot" in said for said in (one, two))


@pytest.mark.browser
def test_models_begin_anew_after_a_drawing_from_empty_and_not_after_a_few_points(visit):
    page = visit(STILL)
    rounds = []
    for i, (left, right) in enumerate([(-2, 2), (-2, 2), (-0.2, 0.2)]):
        page.mouse.move(*at(page, "mixture", (left, i - 1)))
        page.mouse.down()
        page.mouse.move(*at(page, "mixture", (right, i - 1)), steps=2)
        page.mouse.up()
        rounds.append(js(page, "return [face.begun, face.cloud.points.length]"))
    (first, n), (second, two), (third, three) = rounds
    assert (first, second, third) == (n, two, two) and two < three < 1.5 * two
    assert n > 25  # however fast the hand is


def test_it_shows_in_a_notebook(capsys):
    explore.play("K=2")
    html = playground.alone("K=2")
    assert 'data-vp-state="K=2"' in html and html.count("<script") == 1


# ---- in Chromium


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    path = explorers.gallery([], tmp_path_factory.mktemp("playground"))
    text = path.read_text(encoding="utf-8")
    alone = re.sub('<section id="digit".*?</section>', "", text, flags=re.DOTALL)
    path.write_text(alone, encoding="utf-8")
    return path


@pytest.fixture
def visit(chrome, page_file, tmp_path):
    """visit(address, **options) → the page; `before` is JavaScript that runs first."""
    with browser.visits(chrome) as go:

        def visit(address="", before="", **options):
            path = tmp_path / "index.html"
            text = page_file.read_text(encoding="utf-8")
            state = f'data-vp-state="{address}"'
            text = text.replace('data-vp-state=""', state)
            path.write_text(text.replace("<main>", f"<script>{before}</script><main>"), "utf-8")
            return go(path, **options)

        yield visit


def js(page, body):
    return page.evaluate(
        f"(() => {{ const face = document.querySelector('.vp').explorer; {body} }})()"
    )


def rests(page, rounds):
    """Wait until it has trained so far and rests, with all numbers counted."""
    page.wait_for_function(
        "(rounds) => { const face = document.querySelector('.vp').explorer;"
        " return face.round >= rounds && !face.running && face.numbers?.round === face.round; }",
        arg=rounds,
        timeout=120_000,
    )


def at(page, panel, x):
    """Where a place of the plane is in the window."""
    canvas = page.locator(f"[data-panel={panel}] .vp-plane > canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    return (
        box["x"] + (x[0] + 3.2) / 6.4 * box["width"],
        box["y"] + (3.2 - x[1]) / 6.4 * box["height"],
    )


SMALL = "stamp=crescent&amp;n=40&amp;width=8&amp;rounds=40"
STILL = "points=&amp;width=8&amp;rounds=20"


@pytest.mark.browser
@pytest.mark.parametrize("worker", [True, False, "late"])
def test_it_trains_with_and_without_a_worker(visit, worker):
    before = {
        True: "",
        False: "window.Worker = class { constructor() { throw new Error('no worker'); } };",
        "late": "window.Worker = class { postMessage() { if (!this.said) setTimeout(() =>"
        " this.onerror({ preventDefault() {} })); this.said = true; } terminate() {} };",
    }[worker]
    page = visit(SMALL, before)
    rests(page, 40)
    assert js(page, "return Boolean(face.bench.worker)") == (worker is True)
    held = js(page, "return face.numbers.held")
    assert set(held) == {"one", "mixture", "infinite", "vae", "lent", "bound"}
    assert np.isfinite(list(held.values())).all() and held["bound"] <= held["vae"] + 1e-6
    said = page.locator(".vp [role=status].vx-sentence").inner_text()
    assert "held-out point" in said and "nats" in said


@pytest.mark.browser
def test_every_way_of_training_gives_the_same_numbers(visit):
    numbers = []
    alone = "window.Worker = undefined;"
    for before in ("", alone, alone + "window.WebAssembly = undefined;"):
        page = visit(SMALL, before)
        rests(page, 40)
        numbers.append(js(page, "return face.numbers.held"))
    assert numbers[0] == pytest.approx(numbers[1], abs=1e-12)
    assert numbers[0] == pytest.approx(numbers[2], abs=1e-6)


@pytest.mark.browser
def test_mouse_draws_moves_and_erases_in_any_picture(visit):
    page = visit(STILL)
    for i, panel in enumerate(["mixture", "infinite", "vae", "autoencoder"]):
        page.mouse.move(*at(page, panel, (-2, 1 - i)))
        page.mouse.down()
        page.mouse.move(*at(page, panel, (2, 1 - i)), steps=25)
        page.mouse.up()
        assert js(page, "return face.cloud.points.length") > 8 * (i + 1)
    held = js(page, "return face.cloud.points.map((point) => point.held)")
    assert held == [i % 4 == 3 for i in range(len(held))]
    page.get_by_text("Move", exact=True).click()
    bead = js(page, "return face.look.place('vae', face.zeta)")
    far = [
        np.hypot(*np.subtract(x, bead))
        for x in js(page, "return face.cloud.points.map((p) => p.x)")
    ]
    i = int(np.argmax(far))  # no grip lies over it
    page.mouse.move(*at(page, "vae", js(page, f"return face.cloud.points[{i}].x")))
    page.mouse.down()
    page.mouse.move(*at(page, "vae", (0, 2.5)), steps=5)
    page.mouse.up()
    assert js(page, f"return face.cloud.points[{i}].x") == pytest.approx([0, 2.5], abs=0.05)
    page.get_by_text("Erase", exact=True).click()
    page.mouse.click(*at(page, "mixture", (0, 2.5)))
    assert len(held) - 1 == js(page, "return face.cloud.points.length")


@pytest.mark.browser
def test_strokes_and_taps_add_to_the_points_that_are_there_until_one_clears(visit):
    page = visit("stamp=ring&amp;n=80&amp;rounds=20&amp;width=8")
    page.wait_for_function("document.querySelector('.vp').explorer.trained")
    page.mouse.click(*at(page, "mixture", (2.9, -2.9)))
    assert js(page, "return face.cloud.points.length") == 81
    points = 81
    for count in (1, 2):
        page.mouse.move(*at(page, "vae", (-3, 3 - 0.5 * count)))
        page.mouse.down()
        page.mouse.move(*at(page, "vae", (3, 3 - 0.5 * count)), steps=30)
        page.mouse.up()
        before, points = points, js(page, "return face.cloud.points.length")
        assert points > before + 8
    page.get_by_role("button", name="Clear").click()
    assert js(page, "return face.cloud.points.length") == 0


@pytest.mark.browser
def test_clear_leaves_no_word_and_no_bar(visit):
    page = visit(SMALL + "&amp;x=2,0")
    rests(page, 40)
    told = page.locator(".vp-row .vp-about")
    assert all("log p(x)" in text for text in told.all_inner_texts()[:3])
    page.get_by_role("button", name="Clear").click()
    page.wait_for_function("!document.querySelector('.vp').explorer.trained")
    page.wait_for_timeout(200)
    assert told.all_inner_texts() == [""] * 4
    colors = page.evaluate(
        "[...document.querySelectorAll('.vp-strip canvas')].map((c) => new Set(new Uint32Array("
        "c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer)).size)"
    )
    assert colors == [1] * 4


@pytest.mark.browser
def test_a_finger_draws_up_and_down_in_a_picture_and_scrolls_the_page_beside_it(visit):
    page = visit(STILL, has_touch=True, viewport={"width": 375, "height": 500})
    page.touchscreen.tap(*at(page, "infinite", (1, 1)))
    assert js(page, "return face.cloud.points.length") == 1
    x, y = at(page, "vae", (0, 0))
    before = page.evaluate("scrollY")
    browser.swipe(page, [(x, y - 5 * i) for i in range(12)])
    assert page.evaluate("scrollY") == before
    drawn = js(page, "return face.cloud.points.length")
    assert drawn > 5
    box = page.locator(".vp-track canvas").bounding_box()
    x, y = box["x"] + 100, box["y"] + 100
    browser.swipe(page, [(x, y - 10 * i) for i in range(12)])
    assert page.evaluate("scrollY") > before
    assert js(page, "return face.cloud.points.length") == drawn


@pytest.mark.browser
def test_x_follows_the_mouse_and_stays_only_where_one_looks(visit):
    page = visit(SMALL)
    rests(page, 40)
    x = "return face.x"
    place = at(page, "infinite", (-2, 2.5))
    page.mouse.move(*place)
    assert js(page, x) == pytest.approx([-2, 2.5], abs=0.05)
    page.mouse.down()
    page.mouse.up()
    assert js(page, x) is None  # a point lies there now
    page.mouse.move(place[0] + 9, place[1])
    assert js(page, x) is not None
    page.mouse.move(*at(page, "infinite", (0, 4)))
    assert js(page, x) is None
    page.get_by_text("Look", exact=True).click()
    page.mouse.click(*at(page, "infinite", (1, 2.5)))
    page.mouse.move(*at(page, "infinite", (0, 4)))
    assert js(page, x) == pytest.approx([1, 2.5], abs=0.05)
    page.get_by_text("Draw", exact=True).click()
    assert js(page, x) is None


@pytest.mark.browser
def test_each_word_says_what_it_means_and_is_quiet_again(visit):
    page = visit(SMALL)
    words = page.locator(".vp-word")
    said = page.locator(".vp-words [role=status]")
    texts = set()
    for word in words.all():
        word.click()
        texts.add(said.inner_text())
        assert page.locator(".vp-word[aria-expanded=true]").all_inner_texts() == [word.inner_text()]
    assert len(texts) == words.count() >= 5 and "" not in texts
    words.last.click()
    assert said.inner_text() == ""


@pytest.mark.browser
def test_keys_draw_and_move_every_grip(visit):
    page = visit(SMALL)
    rests(page, 40)
    cross = page.locator("[data-panel=mixture] [data-grip=x]")
    cross.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert js(page, "return face.cloud.points.at(-1).x") == pytest.approx([0.3, 0], abs=0.01)
    page.keyboard.press("Delete")
    assert js(page, "return face.cloud.points.length") == 40
    rests(page, 40)
    moves = {
        "[data-panel=infinite] .vp-plane:first-of-type [data-grip=z]": "face.zeta[0]",
        "[data-panel=vae] .vp-strip [data-grip=z]": "face.zeta[0]",
        "[data-panel=vae] [data-grip=q-mean]": "face.found.vae.q.m[0]",
        "[data-panel=vae] [data-grip=q-width]": "face.found.vae.q.logv[0]",
        "[data-panel=mixture] [data-grip=mean1]": "face.look.mixture.means[1][0]",
        "[data-panel=mixture] [data-grip=axis0]": "face.look.mixture.covariances[1][0]",
    }
    for grip, value in moves.items():
        old = js(page, f"return {value}")
        page.locator(grip).first.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function(
            f"(old) => {{ const face = document.querySelector('.vp').explorer;"
            f" return {value} !== old; }}",
            arg=old,
        )
        label = page.locator(grip).first.get_attribute("aria-label")
        assert ":" in label and "NaN" not in label


@pytest.mark.browser
def test_bending_q_moves_the_bound_and_not_log_p(visit):
    page = visit(SMALL + "&amp;x=2,0")
    rests(page, 40)
    seen = []
    for _ in range(4):
        seen.append(js(page, "return [face.found.vae.logp, face.found.vae.bound]"))
        page.locator("[data-grip=q-width]").focus()
        for _ in range(4):
            page.keyboard.press("ArrowUp")
        page.wait_for_timeout(60)
    logp, bound = np.array(seen).T
    assert np.ptp(logp) < 1e-12
    assert (bound <= logp + 1e-9).all() and len(set(bound)) == 4


@pytest.mark.browser
def test_one_can_go_back_over_the_rounds_and_on_from_there(visit):
    page = visit(SMALL + "&amp;noise=0")
    rests(page, 40)
    last = js(page, "return face.numbers.held.infinite")
    scrub = page.locator(".vp-time input")
    scrub.focus()
    scrub.press("Home")
    page.wait_for_function("document.querySelector('.vp').explorer.round === 5")
    page.wait_for_function("document.querySelector('.vp').explorer.numbers.round === 5")
    assert js(page, "return face.numbers.held.infinite") < last
    js(page, "face.send({ until: 40, run: true })")
    rests(page, 40)
    assert js(page, "return face.numbers.held.infinite") == pytest.approx(last, abs=1e-12)


@pytest.mark.browser
def test_an_address_brings_the_same_state_back(visit):
    page = visit("stamp=ring&amp;n=24&amp;width=8&amp;K=3&amp;beta=2&amp;rounds=10")
    rests(page, 10)
    page.mouse.click(*at(page, "vae", (0.5, 0.25)))
    points, text = js(page, "return [face.cloud.points, face.text()]")
    again = visit(text.replace("&", "&amp;") + "&amp;rounds=10")
    assert js(again, "return face.cloud.points") == points
    assert js(again, "return [face.settings.K, face.settings.beta]") == [3, 2]
    assert again.locator(".vp [role=alert]").is_hidden()
    wrong = visit("K=99&amp;stamp=cat&amp;width=8&amp;rounds=5")
    assert "K: got" in wrong.locator(".vp [role=alert]").inner_text()
    rests(wrong, 5)


@pytest.mark.browser
def test_a_teacher_hides_parts_and_locks_points(visit):
    hidden = ",".join(PARTS)
    page = visit(SMALL + f"&amp;hide={hidden}&amp;lock=points,settings")
    rests(page, 40)
    for part in PARTS:
        assert not any(seen.is_visible() for seen in page.locator(f"[data-part={part}]").all())
    page.mouse.click(*at(page, "mixture", (0, 2)))
    assert js(page, "return face.cloud.points.length") == 40
    page = visit(SMALL + "&amp;lock=settings")
    assert page.locator("input[name=K]").is_disabled()


@pytest.mark.browser
def test_every_setting_can_be_moved(visit):
    page = visit(SMALL)
    page.locator(".vp-settings summary").click()
    for select in page.locator(".vp-settings select").all():
        select.focus()
        old = select.input_value()
        page.keyboard.press("ArrowDown" if old == "0" else "ArrowUp")
        assert select.input_value() != old
    for switch in page.locator(".vp-settings input[type=checkbox]").all():
        switch.press(" ")
    page.locator("input[name=K]").press("ArrowRight")
    page.locator("input[name=beta]").press("ArrowLeft")
    page.wait_for_timeout(300)
    found = js(page, "return face.settings")
    assert (found["K"], found["noise"], found["kl"], found["d"]) == (6, False, False, 2)


@pytest.mark.browser
def test_the_gap_is_split_in_two(visit):
    page = visit(SMALL)
    rests(page, 40)
    page.locator(".vp-settings summary").click()
    page.get_by_text("Split the gap").click()
    page.wait_for_function("document.querySelector('.vp-settings [role=status]').textContent"
                           ".includes('no Gaussian q could close')", timeout=120_000)  # fmt: skip


@pytest.mark.browser
def test_numbers_can_be_taken_away(visit):
    page = visit(SMALL)
    rests(page, 40)
    page.locator(".vp-share summary").click()
    assert "#playground?stamp=crescent" in page.locator(".vp-share textarea").first.input_value()
    with page.expect_download() as download:
        page.get_by_text("Numbers (CSV)").click()
    lines = download.value.path().read_text().splitlines()
    assert lines[0].startswith("x1,x2,held_out,log_p_mixture") and len(lines) == 41


@pytest.mark.browser
def test_a_ghost_draws_first_and_goes_when_one_draws(visit):
    page = visit("", reduced_motion="no-preference")
    page.wait_for_function("document.querySelector('.vp').explorer.cloud.n === 160")
    assert not js(page, "return face.history.some(({ round }) => round < 1)")
    page.get_by_text("draw here").wait_for()
    page.mouse.click(*at(page, "mixture", (-1, 0)))
    assert not page.get_by_text("draw here").is_visible()


@pytest.mark.browser
def test_with_reduced_motion_all_points_are_there_at_once(visit):
    page = visit("width=8", reduced_motion="reduce")
    assert js(page, "return face.cloud.points.length") == 160


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(visit, scheme):
    page = visit(SMALL + "&amp;x=2,0", color_scheme=scheme)
    rests(page, 40)
    for summary in page.locator(".vp summary").all():
        summary.click()
    assert browser.violations(page, "document.querySelector('.vp')") == []


@pytest.mark.browser
@pytest.mark.parametrize(
    "viewport", [(375, 667), (640, 450), (1280, 900)], ids=["phone", "zoomed", "desk"]
)
def test_nothing_overflows(visit, viewport):
    width, height = viewport
    page = visit(SMALL, viewport={"width": width, "height": height})
    rests(page, 40)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width == 375:  # pictures and track on one screen
        top = page.locator(".vp-head").bounding_box()["y"]
        track = page.locator(".vp-track").bounding_box()
        assert track["y"] + track["height"] - top <= height
    browser.SCREENS.mkdir(parents=True, exist_ok=True)
    page.locator(".vp").screenshot(path=browser.SCREENS / f"playground-{width}.png")
