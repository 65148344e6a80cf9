"""What was measured, as text, Markdown and a figure. A result is a dict, as it stands in the JSON.

{"title", "unit", "threads", "note", "sides": {name: {"wall": [s, …], "cpu": [s, …], "slower"}},
 "pairs": [{"ours", "peer", "wall": Summary, "cpu": Summary}], "missing": {peer: why},
 "limits": [{"ours", "limit", "wall", "cpu"}], "holds": what the limits do,
 "growth": [{"from", "to", "wall", "cpu"}]}, seconds of one unit, a number a round.
"""

import matplotlib.pyplot as plt
from matplotlib.ticker import NullLocator

from benchmarks.harness import Summary, summary

SLOWER = "†"
FOOTNOTE = f"{SLOWER} slower than with one thread"
COLUMNS = (
    "threads", "vaelib", "ms", "CPU ms", "peer or limit", "ms", "CPU ms",
    "peer / vaelib", "CPU", "vaelib / limit", "CPU",
)  # fmt: skip
COLOURS = {1: "#0072B2", 2: "#E69F00"}
HATCHES = {1: None, 2: "////"}
LIMIT = {"color": "0.15", "linewidth": 1.5, "linestyle": ":"}
TICKS = [a * 10**b for b in (-2, -1, 0, 1, 2, 3) for a in (1, 2, 5)]


def table(results):
    """[(title, rows of cells, notes)], a comparison's thread counts together."""
    blocks = {}
    for result in results:
        title = f"{result['title']}: one {result['unit']}"
        _, rows, notes = blocks.setdefault(title, (title, [], []))
        threads, sides = str(result["threads"]), result["sides"]
        for pair in result["pairs"]:
            rows.append([threads, *_two(sides, pair["ours"], pair["peer"]), *_ratio(pair), "", ""])
        for limit in result["limits"]:
            two = _two(sides, limit["ours"], limit["limit"])
            rows.append([threads, *two, "", "", *_ratio(limit)])
        for peer, why in result["missing"].items():
            rows.append([threads, "", "", "", peer, why, *[""] * 5])
        holds = f"limit: {result['holds']}" * bool(result["holds"])
        said = [result["note"], holds, *map(_growth, result["growth"])]
        notes += [note for note in said if note and note not in notes]
    return list(blocks.values())


def text(results):
    """The table for a terminal."""
    blocks = table(results)
    every = [COLUMNS, *(row for _, rows, _ in blocks for row in rows)]
    widths = [max(map(len, column)) for column in zip(*every, strict=True)]
    left = {1, 4}  # names
    lines = []

    def add(cells):
        padded = [
            c.ljust(w) if i in left else c.rjust(w)
            for i, (c, w) in enumerate(zip(cells, widths, strict=True))
        ]
        lines.append("  ".join(padded).rstrip())

    for title, rows, notes in blocks:
        lines.append(f"\n{title}")
        add(COLUMNS)
        for row in rows:
            add(row)
        lines += [f"  {note}" for note in notes]
    return "\n".join([*lines, *_footnote(lines)])


def markdown(results, heading):
    """The same as one Markdown table a comparison, under a line that says where it was measured."""
    lines = [heading]
    for title, rows, notes in table(results):
        lines += ["", f"**{title}**", "", _cells(COLUMNS), _cells(["---"] * len(COLUMNS))]
        lines += [_cells(row) for row in rows]
        lines += ["", *(f"* {note}" for note in notes)]
    return "\n".join([*lines, *_footnote(lines)]) + "\n"


def draw_ratios(ax, results):
    """A bar for each pair and thread count: how many times as long the peer takes."""
    ticks, place = [], 0.0
    for title in dict.fromkeys(result["title"] for result in results):
        group = [result for result in results if result["title"] == title]
        ax.text(
            -0.01, place, title, transform=ax.get_yaxis_transform(), ha="left", va="center",
            fontsize=10.5, fontweight="bold", backgroundcolor="white",
        )  # fmt: skip
        place += 1.0
        for index in range(len(group[0]["pairs"])):
            for result in group:
                pair, n = result["pairs"][index], result["threads"]
                value, low, high = pair["wall"]
                ax.barh(
                    place, value - 1, left=1, height=0.82, color=COLOURS.get(n, "0.5"),
                    hatch=HATCHES.get(n), edgecolor="white", linewidth=0,
                )  # fmt: skip
                ax.plot([low, high], [place, place], color="0.15", linewidth=1.2, linestyle="-")
                mark = SLOWER if result["sides"][pair["ours"]]["slower"] else ""
                end = max(value, high, 1)
                if limit := _at_limit(result, pair):
                    ax.plot([limit] * 2, [place - 0.41, place + 0.41], **LIMIT)
                    end = max(end, limit)
                ax.text(end * 1.04, place, f"{value:.3g}{mark}", va="center", fontsize=10)
                if result is group[0]:
                    middle = place + (len(group) - 1) / 2
                    ticks.append((middle, f"{pair['ours']} : {pair['peer']}"))
                place += 1.0
        place += 0.5
    ax.axvline(1, color="0.15", linewidth=1, zorder=1)
    spread = [number for result in results for pair in result["pairs"] for number in pair["wall"]]
    spread += [_at_limit(result, pair) or 1 for result in results for pair in result["pairs"]]
    low, high = min(0.9, 0.9 * min(spread)), 1.6 * max(spread)
    shown = [t for t in TICKS if low <= t <= high]
    ax.set(xscale="log", xlim=(low, high), ylim=(place - 0.3, -0.8))
    ax.set_xticks(shown, [f"{t:g}" for t in shown], fontsize=10)
    ax.xaxis.set_minor_locator(NullLocator())
    ax.set_xlabel("time of the peer / time of vaelib   (right of 1: vaelib is faster)", fontsize=11)
    ax.set_yticks(*zip(*ticks, strict=True), fontsize=10)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="y", visible=False)


def figure(results, heading):
    """All ratios in one figure."""
    shown = [result for result in results if result["pairs"]]
    bars = sum(len(result["pairs"]) for result in shown)
    titles = {result["title"] for result in shown}
    with plt.style.context("vaelib.teaching.course"):
        fig, ax = plt.subplots(figsize=(9.5, 1.6 + 0.26 * (bars + 1.5 * len(titles))))
        draw_ratios(ax, shown)
        for n in sorted({result["threads"] for result in shown}):
            label = f"{n} thread{'s' * (n > 1)}"
            ax.bar(1, 0, color=COLOURS.get(n, "0.5"), hatch=HATCHES.get(n), label=label)
        ax.plot([], [], color="0.15", linewidth=1.2, linestyle="-", label="smallest to largest")
        if any(result["limits"] for result in shown):
            ax.plot([], [], label="vaelib at its limit", **LIMIT)
        if any(side["slower"] for result in shown for side in result["sides"].values()):
            ax.plot([], [], linestyle="", label=f"{SLOWER} vaelib slower than with one")
        fig.legend(loc="outside lower center", ncols=4, fontsize=10)
        fig.suptitle(heading, fontsize=9, color="0.35")
    return fig


def _two(sides, ours, other):
    return [ours, *_times(sides[ours]), other, *_times(sides[other])]


def _ratio(pair):
    return [_spread(pair["wall"]), f"{pair['cpu'][0]:.3g}"]


def _growth(pair):
    ratio = f"{_spread(pair['wall'])} times the time of {pair['from']}, CPU {pair['cpu'][0]:.3g}"
    return f"{pair['to']}: {ratio}"


def _at_limit(result, pair):
    """peer / vaelib where vaelib took no more than its first limit; None without one."""
    found = [limit["wall"][0] for limit in result["limits"] if limit["ours"] == pair["ours"]]
    return pair["wall"][0] * found[0] if found else None


def _times(side):
    """ "median (low–high)" of the wall milliseconds, and the median of the CPU's."""
    wall, cpu = ([1e3 * s for s in side[clock]] for clock in ("wall", "cpu"))
    mark = SLOWER if side["slower"] else ""
    return f"{_spread(summary(wall))}{mark}", _number(summary(cpu).median)


def _spread(numbers):
    median, low, high = Summary(*numbers)
    return f"{_number(median)} ({_number(low)}–{_number(high)})"


def _number(value):
    """Three digits, no exponent."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _cells(row):
    return f"| {' | '.join(row)} |"


def _footnote(lines):
    return ["", FOOTNOTE] if any(SLOWER in line for line in lines) else []
